package dev.berth.controlplane.admin.apps;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.CustomUserData;
import dev.berth.appmodel.LegacyService;
import dev.berth.appmodel.Trigger;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.RegisteredApp;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// What an app has, on one page.
public final class DescriptionRoute {

  private final AppCatalog catalog;
  private final AppJson json;

  public DescriptionRoute(AppCatalog catalog, AppJson json) {
    this.catalog = catalog;
    this.json = json;
  }

  public List<Route> routes() {
    return List.of(Route.ofApp(HttpMethod.GET, "/description", Access.READ, this::describe));
  }

  private AdminAnswer describe(AdminCall call) {
    RegisteredApp app = call.ownApp();
    String baseUrl = call.request().baseUrl();
    JsonObject description =
        new JsonObject()
            .put("client_app_id", app.appId().value())
            .put("name", app.name())
            .put(
                "realm_url",
                baseUrl + "/groups/" + app.projectId() + "/apps/" + app.internalId() + "/dashboard")
            .put("environment", app.environment())
            .put("endpoint_base_url", json.endpoints(app, baseUrl))
            .put("sync", new JsonObject().put("state", "disabled"))
            .put(
                "graphql",
                new JsonObject().put("url", "").put("custom_resolvers", new JsonArray()));
    DeployedApp deployed = catalog.find(app.appId());
    if (deployed == null) {
      none(description);
    } else {
      describe(description, deployed.definition(), json.endpoints(app, baseUrl));
    }
    return AdminAnswer.json(200, description);
  }

  private static void none(JsonObject description) {
    for (String list :
        List.of(
            "data_sources",
            "http_endpoints",
            "services",
            "auth_providers",
            "values",
            "functions",
            "event_subscription",
            "log_forwarders")) {
      description.put(list, new JsonArray());
    }
    description
        .put("custom_user_data", new JsonObject().put("enabled", false))
        .put("hosting", hosting(false));
  }

  private static void describe(JsonObject description, AppDefinition app, String endpoints) {
    description
        .put(
            "data_sources",
            list(
                app.dataSources(),
                source ->
                    named(source.name(), source.type()).put("data_source", source.clusterName())))
        .put("http_endpoints", httpEndpoints(app, endpoints))
        .put(
            "services",
            list(
                app.services().stream().filter(service -> !isHttp(service)).toList(),
                service ->
                    named(service.name(), service.type())
                        .put("webhooks", webhooks(service, endpoints))))
        .put(
            "auth_providers",
            list(
                app.authProviders().values(),
                provider ->
                    named(provider.name(), provider.type()).put("enabled", !provider.disabled())))
        .put("custom_user_data", customUserData(app.customUserData()))
        .put("values", new JsonArray(app.values().keySet().stream().sorted().toList()))
        .put("hosting", hosting(app.hosting().enabled()))
        .put(
            "functions",
            list(
                app.functions().values().stream()
                    .filter(function -> function.name().indexOf(':') < 0)
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList(),
                function ->
                    new JsonObject().put("name", function.name()).put("path", function.file())))
        .put(
            "event_subscription",
            list(
                app.triggers(),
                trigger ->
                    named(trigger.name(), type(trigger)).put("enabled", !trigger.disabled())))
        .put(
            "log_forwarders",
            list(
                app.logForwarders(),
                forwarder ->
                    new JsonObject()
                        .put("name", forwarder.name())
                        .put("enabled", !forwarder.disabled())));
  }

  /// HTTP services of old, with their webhooks, and what came after them.
  private static JsonArray httpEndpoints(AppDefinition app, String endpoints) {
    Stream<JsonObject> services =
        app.services().stream()
            .filter(DescriptionRoute::isHttp)
            .map(
                service ->
                    new JsonObject()
                        .put("name", service.name())
                        .put("webhooks", webhooks(service, endpoints)));
    Stream<JsonObject> routes =
        app.endpoints().stream()
            .filter(endpoint -> endpoint.functionName().indexOf(':') < 0)
            .map(
                endpoint ->
                    new JsonObject()
                        .put("route", endpoint.route())
                        .put("http_method", endpoint.method().name())
                        .put("url", endpoints + endpoint.route()));
    return new JsonArray(Stream.concat(services, routes).toList());
  }

  private static boolean isHttp(LegacyService service) {
    return service.type().equalsIgnoreCase("http");
  }

  private static JsonArray webhooks(LegacyService service, String endpoints) {
    return list(
        service.webhooks(),
        webhook ->
            new JsonObject().put("name", webhook.name()).put("url", endpoints + webhook.route()));
  }

  private static JsonObject customUserData(CustomUserData data) {
    return new JsonObject()
        .put("enabled", data.enabled())
        .put("data_source", data.dataSource())
        .put("database", data.database())
        .put("collection", data.collection())
        .put("user_id_field", data.userIdField());
  }

  private static JsonObject hosting(boolean enabled) {
    return new JsonObject().put("enabled", enabled).put("status", "").put("url", "");
  }

  private static String type(Trigger trigger) {
    return switch (trigger.event()) {
      case Trigger.DatabaseChange _ -> "DATABASE";
      case Trigger.UserEvent _ -> "AUTHENTICATION";
      case Trigger.Schedule _ -> "SCHEDULED";
    };
  }

  private static JsonObject named(String name, String type) {
    return new JsonObject().put("name", name).put("type", type);
  }

  private static <T> JsonArray list(Iterable<T> parts, Function<T, JsonObject> each) {
    Stream.Builder<JsonObject> described = Stream.builder();
    parts.forEach(part -> described.add(each.apply(part)));
    return new JsonArray(described.build().toList());
  }
}
