package dev.berth.controlplane.admin.http;

import dev.berth.controlplane.tenant.Role;
import org.jspecify.annotations.Nullable;

/// What a route asks of whoever calls it.
public enum Access {
  /// Nothing.
  ANYBODY(null),
  /// A refresh token.
  REFRESH(null),
  /// A session, and no role anywhere.
  SIGNED_IN(null),
  /// HTTP digest authentication.
  DIGEST(null),
  /// Looking at a project and its apps.
  READ(Role.READ_ONLY),
  /// Changing the apps of a project.
  EDIT(Role.APP_EDITOR),
  /// Making and deleting apps.
  OWN(Role.PROJECT_OWNER),

  /// Deciding on the projects and administrators of an organization.
  OWN_ORGANIZATION(Role.ORGANIZATION_OWNER),

  /// Deciding on organizations, as whoever runs the installation.
  OPERATE(Role.ORGANIZATION_OWNER);

  private final @Nullable Role role;

  Access(@Nullable Role role) {
    this.role = role;
  }

  /// The least role in the project or organization of the URL; `null` when the route is about
  /// none.
  public @Nullable Role role() {
    return role;
  }
}
