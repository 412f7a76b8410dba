package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.launcher.database.EmbeddedDatabase;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Apps reach the databases that an operator has linked to them, and no others.
class DataSourcesTest {

  private static final Pattern SERVES = Pattern.compile("serves \\d+ apps at (http\\S+)");
  private static final Pattern KEY =
      Pattern.compile("public key\\s+(\\S+)\\s+private key\\s+(\\S+)");
  private static final String API = "/api/admin/v3.0";
  private static final String APPS = API + "/groups/626572746870726f6a656374/apps";

  /// Stands in the connection strings, as a password would.
  private static final String SECRET = "pa55w0rd";

  @TempDir private Path folder;
  private String root = "";
  private String token = "";

  @Test
  void eachAppHasItsOwnDatabaseAndSaysWhenItHasNone() throws Exception {
    try (EmbeddedDatabase ofShop = EmbeddedDatabase.open(folder.resolve("shop"));
        EmbeddedDatabase ofBank = EmbeddedDatabase.open(folder.resolve("bank"));
        BerthProcess berth = start(settings(ofShop, ofBank))) {
      signIn(berth);

      deploy("shop-abcde", 204);
      deploy("bank-abcde", 204);
      deploy("mine-abcde", 204);
      String refused = deploy("thief-abcde", 400);

      assertThat(call("shop-abcde", "keep", "a")).isEqualTo("[\"a\"]");
      assertThat(call("bank-abcde", "keep", "b")).isEqualTo("[\"b\"]");
      assertThat(call("mine-abcde", "keep", "c")).isEqualTo("[\"c\"]");
      assertThat(call("shop-abcde", "names", "")).isEqualTo("[\"things\"]");
      assertThat(call("mine-abcde", "names", "")).isEqualTo("[\"things\"]");
      assertThat(call("mine-abcde", "steal", ""))
          .isEqualTo(
              "[\"database 'berth' is not available to functions\","
                  + "\"database 'berth' is not available to functions\"]");
      assertThat(refused)
          .contains("not linked to a database")
          .contains("data-source.thief-abcde.mongodb-atlas=mongodb://");
      assertThat(berth.output()).doesNotContain(SECRET);
    }
  }

  private Path settings(EmbeddedDatabase ofShop, EmbeddedDatabase ofBank) throws Exception {
    return Files.writeString(
        folder.resolve("berth.properties"),
        """
        port=0
        workers=1
        data=%s
        data-source.shop-abcde.mongodb-atlas=%s
        data-source.bank-abcde.*=%s
        data-source.mine-abcde.mongodb-atlas=own
        """
            .formatted(
                folder.resolve("data"),
                ofShop.connectionString() + "/?appName=" + SECRET,
                ofBank.connectionString() + "/?appName=" + SECRET));
  }

  private BerthProcess start(Path settings) {
    BerthProcess berth =
        BerthProcess.run(
            folder, Map.of("BERTH_JS", "interpreted"), "start", "--config", settings.toString());
    berth.awaitLine(line -> SERVES.matcher(line).find());
    return berth;
  }

  private void signIn(BerthProcess berth) {
    Matcher serves = SERVES.matcher(berth.output());
    Matcher key = KEY.matcher(berth.output());
    assertThat(serves.find() && key.find()).as(berth.output()).isTrue();
    root = serves.group(1);
    JsonObject credentials =
        new JsonObject().put("username", key.group(1)).put("apiKey", key.group(2));
    String tokens = send("POST", API + "/auth/providers/mongodb-cloud/login", credentials, 200);
    token = new JsonObject(tokens).getString("access_token");
  }

  private String deploy(String appId, int expected) {
    JsonObject wanted = new JsonObject().put("name", appId).put("client_app_id", appId);
    String id = new JsonObject(send("POST", APPS, wanted, 201)).getString("_id");
    return send("POST", APPS + "/" + id + "/import", document(), expected);
  }

  private static JsonObject document() {
    return Administrator.document(
        Map.of(
            "keep",
            """
            exports = async ({ query }) => {
              const things = context.services.get('mongodb-atlas').db('data').collection('things');
              await things.insertOne({ name: query.name });
              return (await things.find()).map((thing) => thing.name);
            };
            """,
            "names",
            """
            exports = async () => {
              const client = context.services.get('mongodb-atlas');
              return client.db('data').getCollectionNames();
            };
            """,
            "steal",
            """
            exports = async () => {
              const client = context.services.get('mongodb-atlas');
              const refusal = (promise) => promise.then((found) => found, (error) => error.message);
              return [
                await refusal(client.db('berth').collection('apps').find().toArray()),
                await refusal(client.db('data').collection('things')
                  .aggregate([{ $lookup: { from: { db: 'berth', coll: 'apps' }, pipeline: [], as: 'x' } }]).toArray()),
              ];
            };
            """));
  }

  private String call(String appId, String function, String name) {
    return send("GET", "/app/" + appId + "/endpoint/" + function + "?name=" + name, null, 200);
  }

  private String send(String method, String path, @Nullable JsonObject body, int expected) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = BerthProcess.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    assertThat(response.body()).doesNotContain(SECRET);
    return response.body();
  }
}
