package dev.berth.controlplane.admin.organizations;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.tenant.Administrator;
import dev.berth.controlplane.tenant.Administrators;
import dev.berth.controlplane.tenant.Grant;
import dev.berth.controlplane.tenant.NewKey;
import dev.berth.controlplane.tenant.Role;
import dev.berth.controlplane.tenant.Tenants;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lists, makes and deletes those who may administer something of an organization: programs
/// with an API key, and people with a password.
public final class AdministratorRoutes {

  private static final String KEYS = OrganizationRoutes.ORGANIZATION + "/apiKeys";
  private static final String PEOPLE = OrganizationRoutes.ORGANIZATION + "/users";
  private static final int MOST_ROLES = 100;

  private final Tenants tenants;
  private final Administrators administrators;

  public AdministratorRoutes(Tenants tenants, Administrators administrators) {
    this.tenants = tenants;
    this.administrators = administrators;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(new Route(HttpMethod.POST, KEYS, Access.OWN_ORGANIZATION, this::addKey));
    routes.add(new Route(HttpMethod.POST, PEOPLE, Access.OWN_ORGANIZATION, this::addPerson));
    for (String path : List.of(KEYS, PEOPLE)) {
      Administrator.Kind kind =
          path.equals(KEYS) ? Administrator.Kind.KEY : Administrator.Kind.PASSWORD;
      routes.add(
          new Route(HttpMethod.GET, path, Access.OWN_ORGANIZATION, call -> list(call, kind)));
      routes.add(
          new Route(
              HttpMethod.DELETE,
              path + "/{administrator}",
              Access.OWN_ORGANIZATION,
              call -> remove(call, kind)));
    }
    return routes;
  }

  private AdminAnswer list(AdminCall call, Administrator.Kind kind) {
    return AdminAnswer.json(
        200, ofOrganization(call, kind).stream().map(each -> json(each, scopes(call))).toList());
  }

  private List<Administrator> ofOrganization(AdminCall call, Administrator.Kind kind) {
    return administrators.withRolesIn(scopes(call)).stream()
        .filter(each -> each.kind() == kind)
        .toList();
  }

  /// The organization and its projects.
  private List<String> scopes(AdminCall call) {
    List<String> scopes = new ArrayList<>(tenants.projectsOf(call.parameter("org")));
    scopes.add(call.parameter("org"));
    return scopes;
  }

  private AdminAnswer addKey(AdminCall call) {
    NewKey key = administrators.addKey(grants(call));
    return AdminAnswer.json(
        201, json(key.administrator(), scopes(call)).put("privateKey", key.privateKey()));
  }

  private AdminAnswer addPerson(AdminCall call) {
    JsonObject body = call.json();
    Administrator added =
        administrators.addPerson(
            AdminCall.requiredText(body, "username"),
            AdminCall.requiredText(body, "password"),
            grants(call));
    return AdminAnswer.json(201, json(added, scopes(call)));
  }

  private List<Grant> grants(AdminCall call) {
    if (!(call.json().getValue("roles") instanceof JsonArray roles)
        || roles.isEmpty()
        || roles.size() > MOST_ROLES) {
      throw Refusal.invalid(
          "\"roles\" must be a list like [{\"role_name\": \"GROUP_READ_ONLY\", \"group_id\": …}]");
    }
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < roles.size(); i++) {
      if (!(roles.getValue(i) instanceof JsonObject role)) {
        throw Refusal.invalid("a role is an object with a \"role_name\"");
      }
      grants.add(grant(call, role));
    }
    return grants;
  }

  private Grant grant(AdminCall call, JsonObject asked) {
    Role role = role(AdminCall.requiredText(asked, "role_name"));
    if (role == Role.ORGANIZATION_OWNER) {
      return Grant.ownerOfOrganization(call.parameter("org"));
    }
    String project = AdminCall.requiredText(asked, "group_id");
    if (!tenants.projectsOf(call.parameter("org")).contains(project)) {
      throw Refusal.notFound("GroupNotFound", "group not found");
    }
    return new Grant(project, role);
  }

  private static Role role(String name) {
    return Arrays.stream(Role.values())
        .filter(role -> role.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "there is no role %s; there are %s"
                        .formatted(
                            name, Arrays.stream(Role.values()).map(Role::wireName).toList())));
  }

  /// Whoever has roles elsewhere too keeps those.
  private AdminAnswer remove(AdminCall call, Administrator.Kind kind) {
    String id = call.parameter("administrator");
    Administrator found =
        ofOrganization(call, kind).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("NotFound", "there is no such administrator"));
    String organization = call.parameter("org");
    if (found.owns(organization)) {
      tenants.aloneWithOwnersOf(organization, () -> removeOwner(call, found));
    } else {
      administrators.removeFrom(found, scopes(call));
    }
    return AdminAnswer.noContent();
  }

  private void removeOwner(AdminCall call, Administrator owner) {
    if (administrators.withRolesIn(List.of(call.parameter("org"))).stream()
        .noneMatch(each -> !each.id().equals(owner.id()) && !each.isLocal())) {
      throw Refusal.conflict(
          "LastOwner", "this is the last owner of the organization: make another one first");
    }
    administrators.removeFrom(owner, scopes(call));
  }

  private static JsonObject json(Administrator administrator, List<String> scopes) {
    JsonArray roles = new JsonArray();
    for (Grant grant : administrator.grants()) {
      if (scopes.contains(grant.scopeId())) {
        roles.add(
            new JsonObject()
                .put("role_name", grant.role().wireName())
                .put(
                    grant.role() == Role.ORGANIZATION_OWNER ? "org_id" : "group_id",
                    grant.scopeId()));
      }
    }
    JsonObject json = new JsonObject().put("id", administrator.id());
    return switch (administrator.kind()) {
      case KEY -> json.put("publicKey", administrator.name()).put("roles", roles);
      case PASSWORD -> json.put("username", administrator.name()).put("roles", roles);
    };
  }
}
