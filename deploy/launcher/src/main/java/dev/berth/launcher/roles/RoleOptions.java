package dev.berth.launcher.roles;

import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.dev.DevOptions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operator asked of a process of a cluster.
///
/// @param roles at least one
/// @param server what any Berth can be told
/// @param membership how it joins the others
/// @param adminPort where a control plane listens that is no gateway
/// @param mongodbPort where an embedded database listens
/// @param workersPerApp on how many workers an app runs
/// @param region where the process is; `null` for no region
/// @param leaveAfter how long a gateway that is told to stop serves before it refuses
/// @param drain how long the end of calls in flight is waited for
public record RoleOptions(
    Set<Role> roles,
    DevOptions server,
    Membership membership,
    int adminPort,
    int mongodbPort,
    int workersPerApp,
    @Nullable String region,
    Duration leaveAfter,
    Duration drain) {

  public RoleOptions {
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a process has a role");
    }
    if (workersPerApp < 1) {
      throw new IllegalArgumentException("an app runs on one worker at least");
    }
  }

  boolean has(Role role) {
    return roles.contains(role);
  }

  /// Whether it keeps data and does nothing else, so that it need not know the others.
  boolean isDatabaseAlone() {
    return roles.equals(Set.of(Role.EMBEDDED_MONGODB));
  }
}
