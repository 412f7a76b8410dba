package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What functions see of values keeps its type, wherever they have it from.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypesInFunctionsTest {

  @RegisterExtension private static final DataServer DATA = new DataServer();

  private static final String LIST = "[" + String.join(",", TypesTest.VALUES) + "]";

  private final BerthProcess berth;
  private JsonObject session = new JsonObject();

  TypesInFunctionsTest(@TempDir Path folder) {
    AppFolder app =
        AppFolder.in(folder, "types", DATA)
            .write(
                "auth/providers.json",
                """
                {"anon-user": {"name": "anon-user", "type": "anon-user", "disabled": false}}""")
            .write(
                "auth/custom_user_data.json",
                """
                {"enabled": true, "mongo_service_name": "mongodb-atlas", "database_name": "DATABASE",
                 "collection_name": "users", "user_id_field": "user"}""")
            .write(
                "values/typed.json",
                "{\"name\": \"typed\", \"from_secret\": false, \"value\": {\"v\": " + LIST + "}}")
            .write(
                "data_sources/mongodb-atlas/DATABASE/values/rules.json",
                """
                {"database": "DATABASE", "collection": "values", "roles": [
                  {"name": "own", "apply_when": {"owner": "%%user.id"}, "write": true},
                  {"name": "part", "apply_when": {}, "fields": {"v": {"read": true}}}]}""")
            .write(
                "functions/config.json",
                """
                [{"name": "introduce", "run_as_system": true}, {"name": "watched", "run_as_system": true},
                 {"name": "own"}, {"name": "others", "run_as_system": true}, {"name": "part"},
                 {"name": "value"}, {"name": "custom"}]""")
            .write(
                "functions/introduce.js",
                """
                exports = (v) => context.services.get('mongodb-atlas').db('DATABASE').collection('users')
                  .insertOne({ user: context.user.id, v });""")
            .write(
                "https_endpoints/config.json",
                """
                [{"route": "/value", "http_method": "GET", "function_name": "value", "respond_result": true,
                  "return_type": "EJSON", "validation_method": "NO_VALIDATION"}]""")
            .write("functions/custom.js", "exports = () => context.user.custom_data.v;")
            .write("functions/value.js", "exports = () => context.values.get('typed').v;")
            .write(
                "functions/watched.js",
                """
                exports = async (v) => {
                  const watched = context.services.get('mongodb-atlas').db('DATABASE').collection('watched');
                  const changes = watched.watch();
                  await changes.tryNext();
                  await watched.insertOne({ v });
                  return (await changes.next()).fullDocument.v;
                };""")
            .write(
                "functions/own.js",
                """
                exports = async (v) => {
                  const values = context.services.get('mongodb-atlas').db('DATABASE').collection('values');
                  await values.insertOne({ _id: 'own', owner: context.user.id });
                  await values.updateOne({ _id: 'own' }, { $set: { v } });
                  const found = await values.aggregate([{ $match: { _id: 'own' } }, { $limit: 1 }]).toArray();
                  return found[0].v;
                };""")
            .write(
                "functions/others.js",
                """
                exports = (v) => context.services.get('mongodb-atlas').db('DATABASE').collection('values')
                  .insertOne({ _id: 'other', owner: 'bob', v });""")
            .write(
                "functions/part.js",
                """
                exports = () => context.services.get('mongodb-atlas').db('DATABASE').collection('values')
                  .findOne({ _id: 'other' }).then((found) => found.v);""");
    berth = BerthProcess.dev(folder, DATA, app.path().toString());
    session = new JsonObject(post("/auth/providers/anon-user/login", "{}", ""));
  }

  @AfterAll
  void stop() {
    berth.close();
  }

  @Test
  void throughRulesThatDecideByDocumentOrByField() {
    assertTypes("own", call("own", LIST));

    call("others", LIST);
    assertTypes("part", call("part", null));
  }

  @Test
  void inEventsOfAWatchedCollection() {
    assertTypes("watched", call("watched", LIST));
  }

  @Test
  void inValuesOfTheApp() {
    assertTypes("value", call("value", null));
  }

  @Test
  void inTheCustomDataOfAToken() {
    call("introduce", LIST);
    String refreshed = post("/auth/session", "", session.getString("refresh_token"));
    session.put("access_token", new JsonObject(refreshed).getString("access_token"));

    assertTypes("custom", call("custom", null));
  }

  private static void assertTypes(String path, String answer) {
    JsonArray found = new JsonArray(answer);
    JsonArray expected = new JsonArray(LIST);
    assertThat(found.size()).as(answer).isEqualTo(expected.size());
    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < expected.size(); i++) {
      all.assertThat(found.getValue(i))
          .as("%s: %s", path, TypesTest.VALUES.get(i))
          .isEqualTo(TypesTest.inJavaScript(expected.getValue(i)));
    }
    all.assertAll();
  }

  private String call(String function, @Nullable String argument) {
    String arguments = argument == null ? "" : argument;
    return post(
        "/functions/call",
        "{\"name\": \"" + function + "\", \"arguments\": [" + arguments + "]}",
        session.getString("access_token"));
  }

  private String post(String path, String body, String token) {
    String url = berth.baseUrl() + "/api/client/v2.0/app/" + berth.appIds().getFirst() + path;
    var response =
        BerthProcess.send(
            HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)),
            token.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + token});
    assertThat(response.statusCode()).as(path + ": " + response.body()).isBetween(200, 201);
    return response.body();
  }
}
