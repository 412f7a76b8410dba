package dev.berth.launcher.roles;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a process of a cluster does.
public enum Role {
  /// Serves apps to their callers.
  GATEWAY,
  /// Runs app code in worker processes, which it watches and replaces.
  WORKER,
  /// Takes administrators, and changes apps.
  CONTROL_PLANE,
  /// Keeps data, on one machine and without a password: for trying things out.
  EMBEDDED_MONGODB;

  /// As people write it: `control-plane`.
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The roles in a list with commas.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  public static Set<Role> parse(String text) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String part : text.split(",", -1)) {
      roles.add(
          Arrays.stream(values())
              .filter(role -> role.spelling().equals(part.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no role %s; there is all, or any of %s with commas"
                              .formatted(part.strip(), all()))));
    }
    return roles;
  }

  private static String all() {
    return Arrays.stream(values()).map(Role::spelling).collect(Collectors.joining(", "));
  }
}
