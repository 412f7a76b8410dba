package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Whichever way a value comes into the database and out of it, it keeps its type.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypesTest {

  @RegisterExtension private static final DataServer DATA = new DataServer();

  /// One value of each type and subtype, in canonical Extended JSON.
  static final List<String> VALUES =
      List.of(
          "{\"$numberInt\": \"7\"}",
          "{\"$numberInt\": \"-2147483648\"}",
          "{\"$numberLong\": \"7\"}",
          "{\"$numberLong\": \"9223372036854775807\"}",
          "{\"$numberDouble\": \"7.0\"}",
          "{\"$numberDouble\": \"0.1\"}",
          "{\"$numberDouble\": \"-0.0\"}",
          "{\"$numberDouble\": \"NaN\"}",
          "{\"$numberDouble\": \"-Infinity\"}",
          "{\"$numberDecimal\": \"1.10\"}",
          "{\"$numberDecimal\": \"-9.999999999999999999999999999999999E-6143\"}",
          "{\"$date\": {\"$numberLong\": \"1654589430998\"}}",
          "{\"$date\": {\"$numberLong\": \"-62135596800000\"}}",
          "{\"$timestamp\": {\"t\": 4294967295, \"i\": 1}}",
          "{\"$oid\": \"639a521bbdec9b85ba94014b\"}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"00\"}}",
          "{\"$binary\": {\"base64\": \"c//SZESzTGmQ6OfR38A11A==\", \"subType\": \"03\"}}",
          "{\"$binary\": {\"base64\": \"c//SZESzTGmQ6OfR38A11A==\", \"subType\": \"04\"}}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"01\"}}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"02\"}}",
          "{\"$binary\": {\"base64\": \"c//SZESzTGmQ6OfR38A11A==\", \"subType\": \"05\"}}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"06\"}}",
          "{\"$binary\": {\"base64\": \"\", \"subType\": \"07\"}}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"08\"}}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"09\"}}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"80\"}}",
          "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"ff\"}}",
          "{\"$regularExpression\": {\"pattern\": \"a\\\\/b\", \"options\": \"im\"}}",
          "{\"$minKey\": 1}",
          "{\"$maxKey\": 1}",
          "null",
          "true",
          "\"\\u0000\\ud83d\\ude00 $oid\"",
          "[]",
          "{}",
          "[{\"$numberLong\": \"1\"}, {\"$numberDouble\": \"2.5\"}]",
          "[[{\"a\": {\"$numberInt\": \"1\"}}], null]");

  private static final Map<Object, Object> PLAIN =
      Map.of(
          new JsonObject().put("$numberLong", "7"),
          new JsonObject().put("$numberInt", "7"),
          new JsonObject().put("$numberDouble", "-0.0"),
          new JsonObject().put("$numberInt", "0"),
          new JsonObject().put("$numberDouble", "7.0"),
          new JsonObject().put("$numberInt", "7"),
          new JsonArray("[{\"$numberLong\": \"1\"}, {\"$numberDouble\": \"2.5\"}]"),
          new JsonArray("[{\"$numberInt\": \"1\"}, {\"$numberDouble\": \"2.5\"}]"));

  private final BerthProcess berth;
  private final String token;

  TypesTest(@TempDir Path folder) {
    AppFolder app =
        AppFolder.in(folder, "types", DATA)
            .write("auth/providers.json", provider("anon-user"))
            .write(
                "data_sources/mongodb-atlas/DATABASE/values/rules.json",
                """
                {"database": "DATABASE", "collection": "values", "roles": [
                  {"name": "all", "apply_when": {}, "read": true, "write": true}]}""")
            .write(
                "https_endpoints/data_api_config.json",
                """
                {"disabled": false, "versions": ["v1"], "return_type": "EJSON",
                 "validation_method": "NO_VALIDATION", "create_user_on_auth": false}""")
            .write(
                "functions/config.json",
                """
                [{"name": "insert", "run_as_system": true}, {"name": "find", "run_as_system": true},
                 {"name": "echo", "run_as_system": true}]""")
            .write(
                "functions/insert.js",
                """
                exports = ({ body }) => context.services.get('mongodb-atlas').db('DATABASE').collection('values')
                  .insertOne(EJSON.parse(body.text())).then(() => 'done');""")
            .write(
                "functions/find.js",
                """
                exports = ({ query }) => context.services.get('mongodb-atlas').db('DATABASE').collection('values')
                  .findOne({ _id: query.id });""")
            .write(
                "functions/echo.js",
                "exports = (value) => EJSON.parse(EJSON.stringify(value, { relaxed: false }));")
            .write(
                "https_endpoints/config.json", "[" + route("insert") + "," + route("find") + "]");
    berth = BerthProcess.dev(folder, DATA, app.path().toString());
    token =
        new JsonObject(post("/auth/providers/anon-user/login", new JsonObject()).body())
            .getString("access_token");
  }

  private static String provider(String type) {
    return new JsonObject()
        .put(type, new JsonObject().put("name", type).put("type", type).put("disabled", false))
        .encode();
  }

  private static String route(String function) {
    return """
        {"route": "/%s", "http_method": "POST", "function_name": "%s", "respond_result": true,
         "return_type": "EJSON", "validation_method": "NO_VALIDATION"}"""
        .formatted(function, function);
  }

  @AfterAll
  void stop() {
    berth.close();
  }

  private String appId() {
    return berth.appIds().getFirst();
  }

  private HttpResponse<String> post(String path, JsonObject body, String... headers) {
    String url = berth.baseUrl() + "/api/client/v2.0/app/" + appId() + path;
    return BerthProcess.send(
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body.encode())),
        headers);
  }

  @Test
  void aValueKeepsItsTypeOnEveryWay() {
    Map<String, Object> stored = new LinkedHashMap<>();
    for (int i = 0; i < VALUES.size(); i++) {
      Object value = new JsonArray("[" + VALUES.get(i) + "]").getValue(0);
      insertByFunction(document("function " + i, value));
      insertByClient(document("client " + i, value));
      insertByDataApi(document("data api " + i, value));
      stored.put("function " + i, inJavaScript(value));
      stored.put("client " + i, value);
      stored.put("data api " + i, value);
    }

    SoftAssertions all = new SoftAssertions();
    stored.forEach(
        (id, value) -> {
          all.assertThat(foundByFunction(id)).as("endpoint: %s", id).isEqualTo(inJavaScript(value));
          all.assertThat(foundByClient(id)).as("client: %s", id).isEqualTo(value);
          all.assertThat(foundByDataApi(id)).as("data API: %s", id).isEqualTo(value);
        });
    all.assertAll();
  }

  @Test
  void argumentsAndResultsOfFunctionsKeepTheirTypes() {
    SoftAssertions all = new SoftAssertions();
    for (String text : VALUES) {
      Object value = new JsonArray("[" + text + "]").getValue(0);
      JsonObject call =
          new JsonObject().put("name", "echo").put("arguments", new JsonArray().add(value));
      String answer = post("/functions/call", call, "Authorization", "Bearer " + token).body();
      all.assertThat(new JsonArray("[" + answer + "]").getValue(0))
          .as(text)
          .isEqualTo(inJavaScript(value));
    }
    all.assertAll();
  }

  /// Functions get numbers as plain ones where these are exact, so what they give back has the
  /// type of the number: that of the smallest that holds it.
  static @Nullable Object inJavaScript(@Nullable Object value) {
    return value == null ? null : PLAIN.getOrDefault(value, value);
  }

  private static JsonObject document(String id, @Nullable Object value) {
    return new JsonObject().put("_id", id).put("v", value);
  }

  private void insertByFunction(JsonObject document) {
    assertSucceeded(berth.post("/insert", document.encode()), document);
  }

  private void insertByClient(JsonObject document) {
    assertSucceeded(client("insertOne", new JsonObject().put("document", document)), document);
  }

  private void insertByDataApi(JsonObject document) {
    assertSucceeded(dataApi("insertOne", new JsonObject().put("document", document)), document);
  }

  private static void assertSucceeded(HttpResponse<String> response, JsonObject document) {
    assertThat(response.statusCode()).as("%s: %s", document, response.body()).isEqualTo(200);
  }

  private @Nullable Object foundByFunction(String id) {
    return value(berth.post("/find?id=" + id.replace(" ", "%20"), "").body(), null);
  }

  private @Nullable Object foundByClient(String id) {
    return value(client("findOne", new JsonObject().put("query", withId(id))).body(), null);
  }

  private @Nullable Object foundByDataApi(String id) {
    return value(dataApi("findOne", new JsonObject().put("filter", withId(id))).body(), "document");
  }

  private static JsonObject withId(String id) {
    return new JsonObject().put("_id", id);
  }

  private static @Nullable Object value(String body, @Nullable String key) {
    JsonObject object = new JsonObject(body);
    JsonObject document = key == null ? object : object.getJsonObject(key);
    return document.getValue("v");
  }

  private HttpResponse<String> client(String operation, JsonObject argument) {
    argument.put("database", DATA.database()).put("collection", "values");
    JsonObject call =
        new JsonObject()
            .put("service", "mongodb-atlas")
            .put("name", operation)
            .put("arguments", new JsonArray().add(argument));
    return post("/functions/call", call, "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> dataApi(String action, JsonObject body) {
    body.put("dataSource", "mongodb-atlas")
        .put("database", DATA.database())
        .put("collection", "values");
    return berth.post(
        "/data/v1/action/" + action,
        body.encode(),
        "Authorization",
        "Bearer " + token,
        "Accept",
        "application/ejson",
        "Content-Type",
        "application/ejson");
  }
}
