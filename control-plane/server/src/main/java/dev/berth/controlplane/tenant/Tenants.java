package dev.berth.controlplane.tenant;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The organizations and projects of an installation. Blocks.
public final class Tenants {

  /// Until when somebody has the owners of an organization for itself.
  private static final String OWNERS_HELD = "ownersHeldUntil";
  private static final String OWNERS_HOLDER = "ownersHeldBy";

  private static final Duration HELD = Duration.ofMinutes(2);

  private final DocumentCollection organizations;
  private final DocumentCollection projects;

  private Tenants(ControlPlaneDatabase database) {
    this.organizations = database.collection("organizations");
    this.projects = database.collection("projects");
  }

  public static Tenants in(ControlPlaneDatabase database) {
    Tenants tenants = new Tenants(database);
    tenants.organizations.uniqueIndex("name");
    tenants.projects.uniqueIndex("organizationId", "name");
    tenants.organizations.insert(byId(LocalTenant.ORGANIZATION).put("name", LocalTenant.NAME));
    tenants.projects.insert(
        byId(LocalTenant.PROJECT)
            .put("organizationId", LocalTenant.ORGANIZATION)
            .put("name", LocalTenant.NAME));
    return tenants;
  }

  /// Every organization, by name.
  public List<Organization> organizations() {
    return organizations.all(new JsonObject(), "name").stream().map(Tenants::organization).toList();
  }

  public Optional<Organization> organization(String id) {
    return organizations.find(byId(id)).map(Tenants::organization);
  }

  /// What an organization may use, as far as anything is said of it.
  public Quota quota(String organizationId) {
    return organization(organizationId).map(Organization::quota).orElse(Quota.none());
  }

  /// The organization of a project.
  public Optional<Organization> organizationOf(String projectId) {
    return find(projectId).flatMap(project -> organization(project.organizationId()));
  }

  public void setQuota(String organizationId, Quota quota) {
    organizations.update(byId(organizationId), set(where("quota", quota.json())));
  }

  /// The ids of the projects of an organization.
  public List<String> projectsOf(String organizationId) {
    return projects.all(where("organizationId", organizationId), "name").stream()
        .map(project -> project.getString("_id"))
        .toList();
  }

  /// Removes an organization that has no projects.
  public void removeOrganization(String id) {
    if (projects.count(where("organizationId", id)) > 0) {
      throw Refusal.conflict("OrganizationNotEmpty", "the organization still has projects");
    }
    organizations.remove(byId(id));
  }

  /// Does something about who owns an organization while no other process or thread does: whoever
  /// looks whether an owner is left can rely on it until the end.
  ///
  /// @throws Refusal when somebody else is at it. Who died at it is waited for two minutes, which
  /// is longer than the database may take for all that is done meanwhile.
  public void aloneWithOwnersOf(String organizationId, Runnable change) {
    Instant now = Instant.now();
    String holder = Ids.next();
    JsonArray free =
        new JsonArray()
            .add(where(OWNERS_HELD, new JsonObject().put("$exists", false)))
            .add(where(OWNERS_HELD, new JsonObject().put("$lt", date(now))));
    if (!organizations.update(
        byId(organizationId).put("$or", free),
        set(where(OWNERS_HELD, date(now.plus(HELD))).put(OWNERS_HOLDER, holder)))) {
      throw Refusal.conflict(
          "OwnersChange", "somebody else is changing the owners of the organization: try again");
    }
    try {
      change.run();
    } finally {
      organizations.update(
          byId(organizationId).put(OWNERS_HOLDER, holder),
          new JsonObject().put("$unset", where(OWNERS_HELD, "").put(OWNERS_HOLDER, "")));
    }
  }

  /// Removes a project without apps.
  public void removeProject(String id) {
    projects.remove(byId(id));
  }

  /// Makes an organization and answers its id.
  public String addOrganization(String name) {
    String id = Ids.next();
    if (!organizations.insert(byId(id).put("name", name))) {
      throw Refusal.conflict("DuplicateName", "there is an organization of that name: " + name);
    }
    return id;
  }

  public Project addProject(String organizationId, String name) {
    Project project = new Project(Ids.next(), organizationId, name);
    JsonObject document =
        byId(project.id()).put("organizationId", organizationId).put("name", name);
    if (!projects.insert(document)) {
      throw Refusal.conflict("DuplicateName", "there is a project of that name: " + name);
    }
    return project;
  }

  public Optional<Project> find(String projectId) {
    return projects.find(byId(projectId)).map(Tenants::project);
  }

  /// Every project in which the administrator has a role, by name.
  public List<Project> of(Administrator administrator) {
    JsonArray scopes = new JsonArray();
    administrator.grants().forEach(grant -> scopes.add(grant.scopeId()));
    JsonObject oneOf = new JsonObject().put("$in", scopes);
    JsonArray either = new JsonArray().add(where("_id", oneOf)).add(where("organizationId", oneOf));
    return projects.all(where("$or", either), "name").stream()
        .map(Tenants::project)
        .filter(project -> administrator.roleIn(project).isPresent())
        .toList();
  }

  private static Organization organization(JsonObject document) {
    return new Organization(
        document.getString("_id"),
        document.getString("name"),
        Quota.of(document.getJsonObject("quota")));
  }

  private static Project project(JsonObject document) {
    return new Project(
        document.getString("_id"),
        document.getString("organizationId"),
        document.getString("name"));
  }
}
