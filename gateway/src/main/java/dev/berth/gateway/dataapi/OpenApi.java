package dev.berth.gateway.dataapi;

import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.DeployedApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Describes the Data API of one app, for the programs that make clients. It tells nothing of the
/// app that its URL does not tell, except for the ways to sign in.
final class OpenApi {

  /// Below the version: `/app/<App ID>/endpoint/data/v1/openapi.json`.
  static final String FILE = "openapi.json";

  private static final List<String> FORMATS = List.of("application/json", "application/ejson");

  private OpenApi() {}

  /// @param base where clients reach the gateway
  static JsonObject of(DeployedApp app, String base, DataApiUrl url) {
    JsonObject paths = new JsonObject();
    for (Action action : Action.values()) {
      paths.put("/action/" + action.wireName(), JsonObject.of("post", operation(action)));
    }
    return JsonObject.of(
            "openapi",
            "3.1.0",
            "info",
            JsonObject.of("title", "Data API of " + app.id(), "version", url.version()),
            "servers",
            JsonArray.of(
                JsonObject.of(
                    "url", base + "/app/" + app.id() + "/endpoint/data/" + url.version())))
        .put("paths", paths)
        .put(
            "components",
            JsonObject.of("schemas", JsonObject.of("Error", error()), "securitySchemes", schemes()))
        .put("security", security(app));
  }

  private static JsonObject operation(Action action) {
    return JsonObject.of(
        "operationId",
        action.wireName(),
        "requestBody",
        JsonObject.of("required", true, "content", inEachFormat(body(action))),
        "responses",
        JsonObject.of("200", answered(action))
            .put("400", refused("The request is malformed, or the database refused it."))
            .put("401", refused("The credentials name no user, or the request is not allowed."))
            .put("403", refused("A rule does not permit it."))
            .put("404", refused("There is no such data source."))
            .put("413", refused("The body is too large."))
            .put("429", refused("Too many requests at once.")));
  }

  private static JsonObject body(Action action) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    Stream.concat(Stream.of(Action.DATA_SOURCE), action.parameters().stream())
        .forEach(
            parameter -> {
              properties.put(parameter.name(), schema(parameter.kind()));
              if (parameter.required()) {
                required.add(parameter.name());
              }
            });
    return JsonObject.of("type", "object", "properties", properties, "required", required);
  }

  private static JsonObject schema(Parameter.Kind kind) {
    return switch (kind) {
      case OBJECT -> JsonObject.of("type", "object");
      case OBJECTS -> JsonObject.of("type", "array", "items", JsonObject.of("type", "object"));
      case UPDATE ->
          JsonObject.of(
              "oneOf", JsonArray.of(schema(Parameter.Kind.OBJECT), schema(Parameter.Kind.OBJECTS)));
      case COUNT -> JsonObject.of("type", "integer", "minimum", 0);
      case FLAG -> JsonObject.of("type", "boolean");
      case TEXT -> JsonObject.of("type", "string");
    };
  }

  private static JsonObject answered(Action action) {
    JsonObject properties = new JsonObject();
    action.resultFields().forEach(field -> properties.put(field, new JsonObject()));
    return JsonObject.of(
        "description",
        "Done.",
        "content",
        inEachFormat(JsonObject.of("type", "object", "properties", properties)));
  }

  private static JsonObject refused(String description) {
    return JsonObject.of(
        "description",
        description,
        "content",
        JsonObject.of(
            "application/json",
            JsonObject.of("schema", JsonObject.of("$ref", "#/components/schemas/Error"))));
  }

  private static JsonObject inEachFormat(JsonObject schema) {
    JsonObject content = new JsonObject();
    FORMATS.forEach(format -> content.put(format, JsonObject.of("schema", schema)));
    return content;
  }

  private static JsonObject error() {
    JsonObject text = JsonObject.of("type", "string");
    return JsonObject.of(
        "type",
        "object",
        "properties",
        JsonObject.of("error", text, "error_code", text, "link", text),
        "required",
        JsonArray.of("error"));
  }

  private static JsonObject schemes() {
    return JsonObject.of("accessToken", JsonObject.of("type", "http", "scheme", "bearer"))
        .put("email", header("email"))
        .put("password", header("password"))
        .put("apiKey", header("apiKey"))
        .put("jwtTokenString", header("jwtTokenString"));
  }

  private static JsonObject header(String name) {
    return JsonObject.of("type", "apiKey", "in", "header", "name", name);
  }

  /// One of these is enough; an empty one among them means that nothing is needed.
  private static JsonArray security(DeployedApp app) {
    if (!(app.definition().dataApi().runAs() instanceof RunAs.Caller)) {
      return JsonArray.of(new JsonObject());
    }
    JsonArray ways = JsonArray.of(way("accessToken"));
    app.definition().authProviders().values().stream()
        .filter(provider -> !provider.disabled())
        .sorted(Comparator.comparing(AuthProvider::name))
        .forEach(
            provider -> {
              switch (provider.settings()) {
                case AuthProvider.EmailPassword _ -> ways.add(way("email", "password"));
                case AuthProvider.ApiKey() -> ways.add(way("apiKey"));
                case AuthProvider.CustomToken _ -> ways.add(way("jwtTokenString"));
                case AuthProvider.Anonymous(),
                    AuthProvider.CustomFunction _,
                    AuthProvider.OAuth _ -> {}
              }
            });
    return ways;
  }

  private static JsonObject way(String... schemes) {
    JsonObject all = new JsonObject();
    Stream.of(schemes).forEach(scheme -> all.put(scheme, new JsonArray()));
    return all;
  }
}
