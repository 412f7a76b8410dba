package dev.berth.controlplane.admin.organizations;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.AppTerms;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.app.TermChanges;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.tenant.Quota;
import dev.berth.controlplane.tenant.Tenants;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What organizations and apps may use: their owners read it, and whoever runs the installation
/// says it. A change counts for the requests that come after the answer.
public final class QuotaRoutes {

  private static final String OF_ORGANIZATION = OrganizationRoutes.ORGANIZATION + "/quota";
  private static final String OF_APP = OrganizationRoutes.ORGANIZATION + "/apps/{appId}/quota";

  private final Tenants tenants;
  private final AppRegistry apps;
  private final AppTerms terms;
  private final TermChanges termChanges;

  public QuotaRoutes(Tenants tenants, AppRegistry apps, AppTerms terms, TermChanges termChanges) {
    this.tenants = tenants;
    this.apps = apps;
    this.terms = terms;
    this.termChanges = termChanges;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, "/quota", Access.READ, call -> json(call.ownApp())),
        new Route(HttpMethod.GET, OF_ORGANIZATION, Access.OWN_ORGANIZATION, this::ofOrganization),
        new Route(HttpMethod.PUT, OF_ORGANIZATION, Access.OPERATE, this::setOrganization)
            .answering(200)
            .slow(),
        new Route(HttpMethod.GET, OF_APP, Access.OWN_ORGANIZATION, this::ofApp),
        new Route(HttpMethod.PUT, OF_APP, Access.OPERATE, this::setApp).answering(200));
  }

  private AdminAnswer ofOrganization(AdminCall call) {
    String id = call.parameter("org");
    return json(tenants.quota(id), terms.quota(id));
  }

  private AdminAnswer setOrganization(AdminCall call) {
    String id = call.parameter("org");
    Quota quota = Quota.read(call.json());
    termChanges.makeOfAll(tenants.projectsOf(id), () -> tenants.setQuota(id, quota));
    return ofOrganization(call);
  }

  private AdminAnswer ofApp(AdminCall call) {
    return json(app(call));
  }

  private AdminAnswer setApp(AdminCall call) {
    RegisteredApp app = app(call);
    Quota quota = Quota.read(call.json());
    if (quota.apps() != null) {
      throw Refusal.invalid("how many apps there may be is said of an organization");
    }
    termChanges.make(app, () -> apps.setQuota(app.appId(), quota));
    return ofApp(call);
  }

  private RegisteredApp app(AdminCall call) {
    String id = call.parameter("appId");
    return Optional.of(id)
        .filter(AppId::isValid)
        .flatMap(valid -> apps.find(new AppId(valid)))
        .filter(found -> tenants.projectsOf(call.parameter("org")).contains(found.projectId()))
        .orElseThrow(() -> Refusal.notFound("AppNotFound", "app not found: '" + id + "'"));
  }

  private AdminAnswer json(RegisteredApp app) {
    return json(app.quota(), terms.quota(app));
  }

  /// @param own what is said of it alone
  /// @param effective what counts
  private static AdminAnswer json(Quota own, Quota effective) {
    return AdminAnswer.json(
        200, new JsonObject().put("quota", own.json()).put("effective", effective.json()));
  }
}
