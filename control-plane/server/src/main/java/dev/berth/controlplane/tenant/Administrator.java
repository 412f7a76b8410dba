package dev.berth.controlplane.tenant;

import dev.berth.controlplane.LocalTenant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Somebody who may administer something: a person with a password, or a program with a key.
///
/// @param id 24 hex digits
/// @param name the user name, or the public part of the key
public record Administrator(String id, Kind kind, String name, List<Grant> grants) {

  static final String LOCAL_ID = "62657274686c6f63616c6d65";

  public Administrator {
    grants = List.copyOf(grants);
  }

  /// How an administrator signs in.
  public enum Kind {
    PASSWORD("local-userpass"),
    KEY("mongodb-cloud");

    private final String provider;

    Kind(String provider) {
      this.provider = provider;
    }

    /// The name of the provider, as URLs have it.
    public String provider() {
      return provider;
    }
  }

  /// The best role that this administrator has in a project; empty when it is none of theirs.
  public Optional<Role> roleIn(Project project) {
    return grants.stream()
        .filter(grant -> grant.scopeId().equals(scopeOf(grant, project)))
        .map(Grant::role)
        .min(Comparator.naturalOrder());
  }

  /// Whether this is the owner of an organization.
  public boolean owns(String organizationId) {
    return grants.contains(Grant.ownerOfOrganization(organizationId));
  }

  /// Whether this one runs the installation: owns its first organization, and so decides which
  /// other ones there are, how much they may use and who administers them. Without making
  /// itself an owner it has no say in their projects.
  public boolean isOperator() {
    return owns(LocalTenant.ORGANIZATION);
  }

  /// Whether this one decides on the projects and administrators of an organization.
  public boolean mayManage(String organizationId) {
    return owns(organizationId) || isOperator();
  }

  /// Whether programs on this machine act as this one, which nobody else can be.
  public boolean isLocal() {
    return id.equals(LOCAL_ID);
  }

  private static String scopeOf(Grant grant, Project project) {
    return grant.role() == Role.ORGANIZATION_OWNER ? project.organizationId() : project.id();
  }
}
