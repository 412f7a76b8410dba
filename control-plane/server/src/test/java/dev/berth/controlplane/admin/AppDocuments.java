package dev.berth.controlplane.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// What command lines send to deploy an app.
final class AppDocuments {

  private AppDocuments() {}

  /// An app with one function.
  static JsonObject withFunction(String source) {
    JsonObject function =
        new JsonObject().put("name", "hello").put("private", false).put("run_as_system", true);
    return new JsonObject()
        .put("config_version", 20210101)
        .put("app_id", "elsewhere-abcde")
        .put("name", "elsewhere")
        .put("location", "US-VA")
        .put("deployment_model", "GLOBAL")
        .put(
            "functions",
            new JsonObject()
                .put("config", new JsonArray().add(function))
                .put("sources", new JsonObject().put("hello.js", source)));
  }
}
