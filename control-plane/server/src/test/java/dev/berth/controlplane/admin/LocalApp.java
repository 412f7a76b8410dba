package dev.berth.controlplane.admin;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An app of the project of this machine, as an administrator has it at hand in tests.
record LocalApp(RunningControlPlane plane, Client client, AppId appId, String path) {

  static final String APPS = "/groups/" + LocalTenant.PROJECT + "/apps";

  static LocalApp make(RunningControlPlane plane, String name) {
    return make(plane, new JsonObject().put("name", name));
  }

  static LocalApp make(RunningControlPlane plane, JsonObject wanted) {
    Client client = plane.nobody();
    JsonObject made = client.post(APPS, wanted).object(201);
    AppId appId = new AppId(made.getString("client_app_id"));
    return new LocalApp(plane, client, appId, APPS + "/" + made.getString("_id"));
  }

  /// Imports an app whose only function answers with a text.
  Reply push(String text) {
    return push(document(text));
  }

  Reply push(JsonObject document) {
    return client.post(path + "/import?strategy=replace-by-name", document);
  }

  String draft() {
    return client.post(path + "/drafts").object(201).getString("_id");
  }

  Reply deploy(String draft) {
    return client.post(path + "/drafts/" + draft + "/deployment");
  }

  /// What is served of it; `null` when nothing is.
  @Nullable DeployedApp served() {
    return plane.catalog.find(appId);
  }

  AppDefinition live() {
    return Objects.requireNonNull(served(), "a live app").definition();
  }

  String source() {
    return Objects.requireNonNull(live().functions().get("hello")).source();
  }

  static JsonObject document(String text) {
    JsonObject function =
        new JsonObject().put("name", "hello").put("private", false).put("run_as_system", true);
    return new JsonObject()
        .put("config_version", 20210101)
        .put("auth", new JsonObject())
        .put(
            "functions",
            new JsonObject()
                .put("config", new JsonArray().add(function))
                .put(
                    "sources",
                    new JsonObject().put("hello.js", "exports = () => '" + text + "';")));
  }

  /// The same with a third-party service whose secret comes along.
  static JsonObject withSecret(String text, String secret) {
    JsonObject service =
        new JsonObject()
            .put("name", "sms")
            .put("type", "twilio")
            .put("config", new JsonObject().put("sid", "x"));
    return document(text)
        .put("services", new JsonArray().add(new JsonObject().put("config", service)))
        .put(
            "secrets",
            new JsonObject()
                .put(
                    "services",
                    new JsonObject().put("sms", new JsonObject().put("auth_token", secret))));
  }
}
