package dev.berth.controlplane.admin.organizations;

import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.tenant.Administrators;
import dev.berth.controlplane.tenant.Organization;
import dev.berth.controlplane.tenant.Project;
import dev.berth.controlplane.tenant.Tenants;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// Lists, makes and deletes organizations and their projects.
public final class OrganizationRoutes {

  static final String ORGANIZATIONS = Route.ADMIN + "/orgs";
  static final String ORGANIZATION = ORGANIZATIONS + "/{org}";
  private static final String PROJECTS = ORGANIZATION + "/groups";
  private static final int LONGEST_NAME = 64;

  private final Tenants tenants;
  private final Administrators administrators;
  private final AppRegistry apps;

  public OrganizationRoutes(Tenants tenants, Administrators administrators, AppRegistry apps) {
    this.tenants = tenants;
    this.administrators = administrators;
    this.apps = apps;
  }

  public List<Route> routes() {
    return List.of(
        new Route(HttpMethod.GET, ORGANIZATIONS, Access.SIGNED_IN, this::list),
        new Route(HttpMethod.POST, ORGANIZATIONS, Access.OPERATE, this::add),
        new Route(HttpMethod.DELETE, ORGANIZATION, Access.OPERATE, this::remove),
        new Route(HttpMethod.GET, PROJECTS, Access.OWN_ORGANIZATION, this::projects),
        new Route(HttpMethod.POST, PROJECTS, Access.OWN_ORGANIZATION, this::addProject),
        new Route(
            HttpMethod.DELETE,
            PROJECTS + "/{project}",
            Access.OWN_ORGANIZATION,
            this::removeProject));
  }

  private AdminAnswer list(AdminCall call) {
    return AdminAnswer.json(
        200,
        tenants.organizations().stream()
            .filter(each -> call.administrator().mayManage(each.id()))
            .map(OrganizationRoutes::json)
            .toList());
  }

  private AdminAnswer add(AdminCall call) {
    String name = name(call);
    return AdminAnswer.json(
        201, new JsonObject().put("id", tenants.addOrganization(name)).put("name", name));
  }

  private static String name(AdminCall call) {
    String name = AdminCall.requiredText(call.json(), "name").strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw Refusal.invalid("a name has 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private AdminAnswer remove(AdminCall call) {
    String id = call.parameter("org");
    if (id.equals(LocalTenant.ORGANIZATION)) {
      throw Refusal.conflict("OrganizationInUse", "the first organization cannot be deleted");
    }
    tenants.removeOrganization(id);
    administrators.forget(id);
    return AdminAnswer.noContent();
  }

  private AdminAnswer projects(AdminCall call) {
    return AdminAnswer.json(
        200,
        tenants.projectsOf(call.parameter("org")).stream()
            .flatMap(id -> tenants.find(id).stream())
            .map(OrganizationRoutes::json)
            .toList());
  }

  private AdminAnswer addProject(AdminCall call) {
    return AdminAnswer.json(201, json(tenants.addProject(call.parameter("org"), name(call))));
  }

  private AdminAnswer removeProject(AdminCall call) {
    Project project =
        tenants
            .find(call.parameter("project"))
            .filter(found -> found.organizationId().equals(call.parameter("org")))
            .orElseThrow(() -> Refusal.notFound("GroupNotFound", "group not found"));
    if (project.id().equals(LocalTenant.PROJECT)) {
      throw Refusal.conflict("GroupInUse", "the first project cannot be deleted");
    }
    if (!apps.list(project.id()).isEmpty()) {
      throw Refusal.conflict("GroupNotEmpty", "the project still has apps");
    }
    tenants.removeProject(project.id());
    administrators.forget(project.id());
    return AdminAnswer.noContent();
  }

  private static JsonObject json(Organization organization) {
    return new JsonObject().put("id", organization.id()).put("name", organization.name());
  }

  private static JsonObject json(Project project) {
    return new JsonObject()
        .put("id", project.id())
        .put("name", project.name())
        .put("orgId", project.organizationId());
  }
}
