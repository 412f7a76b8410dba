package dev.berth.controlplane.admin.http;

import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.tenant.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The table of routes as an OpenAPI document: which there are, who may use them, and with which
/// statuses they answer.
public final class OpenApi {

  /// Where the document is.
  public static final String PATH = Route.ADMIN + "/openapi.json";

  private static final Map<Integer, String> REFUSALS =
      new TreeMap<>(
          Map.of(
              400, "What was sent makes no sense, or an app has problems",
              401, "Nobody has signed in, or the session is over",
              403, "The role in the project or organization is too small",
              404, "There is no such thing for this administrator",
              409, "It contradicts what is there",
              413, "More than there may be",
              429, "Too often",
              500, "An internal error",
              503, "Something that Berth needs does not answer, or others send too much"));

  private OpenApi() {}

  /// Routes and one more, which answers with the document about all of them.
  public static List<Route> served(List<Route> routes) {
    List<Route> all = new ArrayList<>(routes);
    JsonObject document = new JsonObject();
    all.add(
        new Route(
            HttpMethod.GET, PATH, Access.ANYBODY, _ -> AdminAnswer.json(200, document.copy())));
    document.mergeIn(of(all));
    return List.copyOf(all);
  }

  /// The document about routes.
  public static JsonObject of(List<Route> routes) {
    JsonObject paths = new JsonObject();
    for (Route route : routes) {
      JsonObject path = paths.getJsonObject(route.template());
      if (path == null) {
        path = new JsonObject().put("parameters", parameters(route));
        paths.put(route.template(), path);
      }
      path.put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
    }
    return new JsonObject()
        .put("openapi", "3.1.0")
        .put("info", new JsonObject().put("title", "Berth Admin API").put("version", "3.0"))
        .put("paths", paths)
        .put("components", components());
  }

  private static JsonArray parameters(Route route) {
    JsonArray parameters = new JsonArray();
    for (String name : route.parameters()) {
      parameters.add(
          new JsonObject()
              .put("name", name)
              .put("in", "path")
              .put("required", true)
              .put("schema", new JsonObject().put("type", "string")));
    }
    return parameters;
  }

  private static JsonObject operation(Route route) {
    JsonObject operation =
        new JsonObject()
            .put("operationId", id(route))
            .put("tags", new JsonArray().add(tag(route)))
            .put("security", security(route.access()))
            .put("responses", responses(route));
    Role role = route.access().role();
    if (role != null) {
      operation.put("x-berth-role", role.wireName());
    }
    if (route.access() == Access.OPERATE) {
      operation.put("x-berth-organization", LocalTenant.ORGANIZATION);
    }
    return operation;
  }

  /// Such as `put_groups_group_apps_app_users_user_enable`.
  private static String id(Route route) {
    String path = route.template().replaceFirst("^/api/(admin/v3.0|)", "");
    return route.method().name().toLowerCase(Locale.ROOT)
        + "_"
        + path.replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9]+", "_").replaceFirst("^_", "");
  }

  /// What the route is about: the last part of the path before the first name that is free.
  private static String tag(Route route) {
    List<String> parts = route.segments();
    int app = parts.indexOf("{app}");
    int tag = app < 0 ? Math.min(3, parts.size() - 1) : app + 1;
    return tag < parts.size() ? parts.get(tag) : "apps";
  }

  private static JsonArray security(Access access) {
    return switch (access) {
      case ANYBODY -> new JsonArray();
      case DIGEST -> schemes("digest");
      case REFRESH -> schemes("refreshToken");
      case SIGNED_IN, READ, EDIT, OWN, OWN_ORGANIZATION, OPERATE -> schemes("accessToken");
    };
  }

  private static JsonArray schemes(String name) {
    return new JsonArray().add(new JsonObject().put(name, new JsonArray()));
  }

  private static JsonObject responses(Route route) {
    JsonObject responses = new JsonObject();
    for (int status : route.successes()) {
      responses.put(
          Integer.toString(status),
          new JsonObject().put("description", status == 204 ? "Done, no content" : "Done"));
    }
    REFUSALS.forEach(
        (status, why) -> {
          if (isPossible(route, status)) {
            responses.put(
                Integer.toString(status),
                new JsonObject().put("description", why).put("content", errorContent()));
          }
        });
    return responses;
  }

  /// Whether a route may answer with a refusal of that status.
  private static boolean isPossible(Route route, int status) {
    return switch (status) {
      case 403, 409 -> route.access().role() != null;
      case 404 -> !route.parameters().isEmpty();
      default -> true;
    };
  }

  private static JsonObject errorContent() {
    return new JsonObject()
        .put(
            "application/json",
            new JsonObject()
                .put("schema", new JsonObject().put("$ref", "#/components/schemas/Error")));
  }

  private static JsonObject components() {
    JsonObject text = new JsonObject().put("type", "string");
    JsonObject error =
        new JsonObject()
            .put("type", "object")
            .put("required", new JsonArray().add("error"))
            .put("properties", new JsonObject().put("error", text).put("error_code", text.copy()));
    return new JsonObject()
        .put("schemas", new JsonObject().put("Error", error))
        .put(
            "securitySchemes",
            new JsonObject()
                .put("accessToken", scheme("bearer"))
                .put("refreshToken", scheme("bearer"))
                .put("digest", scheme("digest")));
  }

  private static JsonObject scheme(String name) {
    return new JsonObject().put("type", "http").put("scheme", name);
  }
}
