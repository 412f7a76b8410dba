package dev.berth.controlplane.tenant;

/// What an administrator may do in an organization or a project. Each may do what the ones below
/// may, too.
public enum Role {
  /// Everything in an organization and all of its projects.
  ORGANIZATION_OWNER("ORG_OWNER"),
  /// Everything in a project: also making and deleting apps.
  PROJECT_OWNER("GROUP_OWNER"),
  /// Changes to the apps that a project has.
  APP_EDITOR("GROUP_APP_EDITOR"),
  /// Looking, and nothing else.
  READ_ONLY("GROUP_READ_ONLY");

  private final String wireName;

  Role(String wireName) {
    this.wireName = wireName;
  }

  /// As a profile spells it.
  public String wireName() {
    return wireName;
  }

  /// Whether this one may do what the other one may.
  public boolean includes(Role other) {
    return compareTo(other) <= 0;
  }
}
