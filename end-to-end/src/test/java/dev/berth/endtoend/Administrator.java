package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes and deploys apps over the Admin API, as who started Berth for the first time.
final class Administrator {

  private static final String API = "/api/admin/v3.0";
  private static final String APPS = API + "/groups/626572746870726f6a656374/apps";
  private static final Pattern PUBLIC_KEY = Pattern.compile("public key +(\\S+)");
  private static final Pattern PRIVATE_KEY = Pattern.compile("private key +(\\S+)");

  private final URI root;
  private final String token;

  private Administrator(URI root, String token) {
    this.root = root;
    this.token = token;
  }

  /// An app as it was made.
  ///
  /// @param id for administrators
  /// @param appId for clients
  /// @param endpoints the URL below which they are
  record MadeApp(String id, String appId, URI endpoints) {}

  /// Signs in.
  ///
  /// @param output of the process that made the first key, which it shows
  static Administrator signedIn(URI root, String output) {
    JsonObject key =
        new JsonObject()
            .put("username", found(PUBLIC_KEY, output))
            .put("apiKey", found(PRIVATE_KEY, output));
    String answer =
        new Administrator(root, "").post(API + "/auth/providers/mongodb-cloud/login", key, 200);
    return new Administrator(root, new JsonObject(answer).getString("access_token"));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in\n" + text);
    }
    return matcher.group(1);
  }

  MadeApp create(String name) {
    JsonObject made = new JsonObject(post(APPS, new JsonObject().put("name", name), 201));
    return new MadeApp(
        made.getString("_id"),
        made.getString("client_app_id"),
        URI.create(made.getString("endpoint_base_url")));
  }

  /// Deploys functions, each with an endpoint of its name.
  void deploy(MadeApp app, Map<String, String> functions) {
    post(APPS + "/" + app.id() + "/import", document(functions), 204);
  }

  private String post(String path, JsonObject body, int expected) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path)).POST(BodyPublishers.ofString(body.encode()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = BerthProcess.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return response.body();
  }

  /// An app that is made of functions, each with an endpoint of its name for any method.
  static JsonObject document(Map<String, String> functions) {
    JsonArray configured = new JsonArray();
    JsonArray endpoints = new JsonArray();
    JsonObject sources = new JsonObject();
    functions.forEach(
        (name, source) -> {
          configured.add(new JsonObject().put("name", name).put("run_as_system", true));
          sources.put(name + ".js", source);
          endpoints.add(
              new JsonObject()
                  .put("route", "/" + name)
                  .put("http_method", "*")
                  .put("function_name", name)
                  .put("validation_method", "NO_VALIDATION")
                  .put("return_type", "JSON")
                  .put("respond_result", true));
        });
    JsonObject linked =
        new JsonObject()
            .put("name", "mongodb-atlas")
            .put("type", "mongodb-atlas")
            .put("config", new JsonObject());
    return new JsonObject()
        .put("config_version", 20210101)
        .put("functions", new JsonObject().put("config", configured).put("sources", sources))
        .put("data_sources", new JsonArray().add(new JsonObject().put("config", linked)))
        .put("endpoints", new JsonObject().put("config", endpoints));
  }
}
