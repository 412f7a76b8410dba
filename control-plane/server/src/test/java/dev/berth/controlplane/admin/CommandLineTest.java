package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import dev.berth.controlplane.tenant.NewKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the original command line sends, in the order in which its commands do, and exactly the
/// statuses that it accepts: any other ends the command.
class CommandLineTest {

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private NewKey key;
  private Client client;
  private String apps;

  @BeforeEach
  void signIn() {
    plane = RunningControlPlane.in(folder);
    key = plane.plane.firstAdministrator().orElseThrow();
    client = plane.signIn(key.publicKey(), key.privateKey());
    apps = "/groups/" + LocalTenant.PROJECT + "/apps";
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void loginAndWhoami() throws Exception {
    assertThat(plane.nobody().get("/api/private/v1.0/version").status()).isEqualTo(200);
    Reply wrong =
        plane
            .nobody()
            .post(
                "/auth/providers/mongodb-cloud/login",
                new JsonObject().put("username", key.publicKey()).put("apiKey", "wrong-key"));
    assertThat(wrong.object(401).getString("error"))
        .isEqualTo(
            "failed to authenticate with MongoDB Cloud API: You are not authorized for this resource.");

    JsonObject profile = client.get("/auth/profile").object(200);

    assertThat(profile.getJsonArray("roles").getJsonObject(0).getString("group_id"))
        .isEqualTo(LocalTenant.PROJECT);
    assertThat(groups().getJsonArray("results").getJsonObject(0).getString("id"))
        .isEqualTo(LocalTenant.PROJECT);
  }

  /// As the pinned digest library of the command line does it: a challenge before each request.
  private JsonObject groups() throws Exception {
    String path = "/api/public/v1.0/groups";
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(plane.url() + path));
    HttpResponse<byte[]> challenged = plane.send(request.build());
    assertThat(challenged.statusCode()).isEqualTo(401);
    String challenge = challenged.headers().firstValue("WWW-Authenticate").orElseThrow();
    assertThat(challenge).startsWith("Digest ");
    Map<String, String> parameters = new TreeMap<>();
    for (String part : challenge.substring("Digest ".length()).split(", ", -1)) {
      String[] pair = part.split("=", 2);
      parameters.put(pair[0], pair[1].replace("\"", ""));
    }
    assertThat(parameters.keySet())
        .isSubsetOf("realm", "domain", "nonce", "opaque", "stale", "algorithm", "qop");
    String ha1 = md5(key.publicKey() + ":" + parameters.get("realm") + ":" + key.privateKey());
    String response =
        md5(ha1 + ":" + parameters.get("nonce") + ":00000001:0a4f113b:auth:" + md5("GET:" + path));
    request.header(
        "Authorization",
        "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=MD5, cnonce=\"0a4f113b\", qop=auth, nc=00000001"
            .formatted(
                key.publicKey(), parameters.get("realm"), parameters.get("nonce"), path, response));
    HttpResponse<byte[]> answered = plane.send(request.build());
    assertThat(answered.statusCode()).isEqualTo(200);
    return new JsonObject(new String(answered.body(), StandardCharsets.UTF_8));
  }

  private static String md5(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void appsCreateImportsAtOnceWithoutADraft() {
    JsonObject app =
        client
            .post(
                apps,
                new JsonObject()
                    .put("name", "Brand New")
                    .put("location", "IE")
                    .put("deployment_model", "LOCAL"))
            .object(201);
    String one = apps + "/" + app.getString("_id");

    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);

    assertThat(app.getString("client_app_id")).matches("brand-new-[a-z]{5}");
    assertThat(list("standard")).hasSize(1);
    assertThat(list("atlas")).isEmpty();
    assertThat(list("data-api")).isEmpty();
    assertThat(list("device-sync")).isEmpty();
    assertThat(source(app)).isEqualTo("exports = () => 'x';");
    JsonObject described = client.get(one + "/description").object(200);
    assertThat(described.getJsonArray("functions").getJsonObject(0).getString("name"))
        .isEqualTo("hello");
    assertThat(described.getJsonArray("http_endpoints").getJsonObject(0).getString("url"))
        .isEqualTo(plane.url() + "/app/" + app.getString("client_app_id") + "/endpoint/hello");
  }

  private JsonArray list(String product) {
    return client.get(apps + "?product=" + product).array(200);
  }

  @Test
  void pushShowsDifferencesOpensADraftAndDeploysIt() {
    JsonObject app = newApp("shop");
    String one = apps + "/" + app.getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);

    JsonArray differences =
        client.post(one + "/import?diff=true&strategy=replace-by-name", document("y")).array(200);
    String draft = client.post(one + "/drafts").object(201).getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("y")).require(204);
    String sourceBefore = source(app);
    JsonObject deployment = client.post(one + "/drafts/" + draft + "/deployment").object(201);
    JsonObject polled = client.get(one + "/deployments/" + deployment.getString("_id")).object(200);

    assertThat(differences).isNotEmpty();
    assertThat(sourceBefore).as("a draft is not live").isEqualTo("exports = () => 'x';");
    assertThat(polled.getString("status")).isEqualTo("successful");
    assertThat(source(app)).isEqualTo("exports = () => 'y';");
    assertThat(client.get(one + "/drafts").array(200)).isEmpty();
    assertThat(
            client
                .post(one + "/import?diff=true&strategy=replace-by-name", document("y"))
                .array(200))
        .isEmpty();
  }

  @Test
  void aDraftThatIsThereIsFoundDiscardedAndReplaced() {
    String one = apps + "/" + newApp("shop").getString("_id");
    client.post(one + "/drafts").require(201);

    Reply conflict = client.post(one + "/drafts");
    JsonArray found = client.get(one + "/drafts").array(200);
    String draft = found.getJsonObject(0).getString("_id");
    client.get(one + "/drafts/" + draft + "/diff").require(200);
    client.delete(one + "/drafts/" + draft).require(204);

    assertThat(conflict.object(409).getString("error_code")).isEqualTo("DraftAlreadyExists");
    assertThat(found).hasSize(1);
    client.post(one + "/drafts").require(201);
  }

  @Test
  void anExpiredSessionIsRefreshedInTheMiddleOfAnImport() {
    String one = apps + "/" + newApp("shop").getString("_id");
    plane.later(Duration.ofMinutes(31));

    Reply expired = client.post(one + "/import?strategy=replace-by-name", document("x"));
    String access =
        plane
            .withToken(Objects.requireNonNull(client.refresh))
            .post("/auth/session")
            .object(201)
            .getString("access_token");
    Reply again =
        plane.withToken(access).post(one + "/import?strategy=replace-by-name", document("x"));

    assertThat(expired.object(401).getString("error_code")).isEqualTo("InvalidSession");
    again.require(204);
  }

  @Test
  void whatIsPulledAndPushedAgainIsNoDifference() throws IOException {
    JsonObject app = newApp("shop");
    String one = apps + "/" + app.getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);

    Reply pulled = client.get(one + "/export?version=20210101&source_control=true").require(200);

    Map<String, String> files = unzip(pulled.body());
    assertThat(pulled.response().headers().firstValue("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"shop_\\d{14}\\.zip\"");
    assertThat(files.get("functions/hello.js")).isEqualTo("exports = () => 'x';");
    assertThat(new JsonObject(files.get("realm_config.json")).getString("app_id"))
        .isEqualTo(app.getString("client_app_id"));
    assertThat(new JsonObject(files.get(".mdb/app_meta.json")).getString("app_id"))
        .isEqualTo(app.getString("_id"));
    assertThat(client.get(one + "/dependencies/export").require(200).text())
        .contains("dependencies");
    assertThat(client.get(one + "/hosting/assets?recursive=true").array(200)).isEmpty();
  }

  private static Map<String, String> unzip(byte[] zipped) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  void dependenciesAreComparedUploadedAndInstalled() throws Exception {
    JsonObject app = newApp("shop");
    String one = apps + "/" + app.getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);
    byte[] archive = archiveOf("left-pad", "1.3.0");

    JsonObject difference =
        client.upload("POST", one + "/dependencies/diff", "node_modules.zip", archive).object(200);
    client.upload("PUT", one + "/dependencies", "node_modules.zip", archive).require(204);
    String status = "created";
    while (status.equals("created")) {
      status = client.get(one + "/dependencies/status").object(200).getString("status");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    assertThat(status).isEqualTo("successful");
    assertThat(difference.getJsonArray("added").getJsonObject(0).getString("name"))
        .isEqualTo("left-pad");
    assertThat(
            client
                .upload("POST", one + "/dependencies/diff", "node_modules.zip", archive)
                .object(200)
                .getJsonArray("added"))
        .isEmpty();
    assertThat(client.get(one + "/dependencies/archive").require(200).body()).isEqualTo(archive);
    client.post(one + "/import?strategy=replace-by-name", document("y")).require(204);
    assertThat(live(app).definition().packages().files())
        .as("an import leaves packages alone")
        .isEqualTo(2);
  }

  private static byte[] archiveOf(String name, String version) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
      zip.putNextEntry(new ZipEntry("node_modules/" + name + "/package.json"));
      zip.write(
          new JsonObject()
              .put("name", name)
              .put("version", version)
              .put("main", "index.js")
              .encode()
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("node_modules/" + name + "/index.js"));
      zip.write("module.exports = 1;".getBytes(StandardCharsets.UTF_8));
    }
    return zipped.toByteArray();
  }

  @Test
  void secretsAreWrittenAndNeverRead() {
    JsonObject app = newApp("shop");
    String one = apps + "/" + app.getString("_id");
    JsonObject made =
        client
            .post(
                one + "/secrets",
                new JsonObject().put("name", "token").put("value", "s3cret-value"))
            .object(201);
    String secret = one + "/secrets/" + made.getString("_id");
    JsonObject withSecret = document("x");
    withSecret.put(
        "values",
        new JsonArray()
            .add(
                new JsonObject()
                    .put("name", "tokenValue")
                    .put("value", "token")
                    .put("from_secret", true)));
    client.post(one + "/import?strategy=replace-by-name", withSecret).require(204);

    client.put(secret, new JsonObject().put("name", "token").put("value", "")).require(204);
    String kept = Objects.requireNonNull(live(app).secrets().find("token"));
    client.put(secret, new JsonObject().put("name", "token").put("value", "other")).require(204);
    Reply inUse = client.delete(secret);
    Reply unknown = client.delete(one + "/secrets/5f0000000000000000000000");

    assertThat(kept).isEqualTo("s3cret-value");
    assertThat(live(app).secrets().find("token")).isEqualTo("other");
    assertThat(inUse.object(409).getString("error")).contains("is used by the app");
    assertThat(unknown.object(404).getString("error"))
        .isEqualTo("secret not found: \"5f0000000000000000000000\"");
    assertThat(client.get(one + "/secrets").text()).doesNotContain("other").contains("token");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);
    client.delete(secret).require(204);
    assertThat(client.get(one + "/secrets").array(200)).isEmpty();
  }

  @Test
  void usersAreMadeListedDisabledAndDeleted() {
    String one = apps + "/" + newApp("shop").getString("_id");
    JsonObject user =
        client
            .post(
                one + "/users",
                new JsonObject().put("email", "ann@example.com").put("password", "correct horse"))
            .object(201);
    JsonObject key =
        client.post(one + "/api_keys", new JsonObject().put("name", "till")).object(201);
    String ann = one + "/users/" + user.getString("_id");

    client.put(ann + "/disable").require(204);
    client.get(one + "/users?status=Disabled").require(400);
    assertThat(client.get(one + "/users?status=enabled").text()).doesNotContain("ann@example.com");
    JsonArray disabled = client.get(one + "/users?status=disabled").array(200);
    client.put(ann + "/enable").require(204);
    client.put(ann + "/logout").require(204);
    JsonArray all = client.get(one + "/users").array(200);
    JsonArray servers = client.get(one + "/users?provider_types=api-key").array(200);
    client.delete(ann).require(204);

    assertThat(user.getInteger("last_authentication_date")).isZero();
    assertThat(user.getJsonArray("identities").getJsonObject(0).getString("provider_id"))
        .matches("[0-9a-f]{24}");
    assertThat(key.getString("key")).hasSize(64);
    assertThat(disabled).hasSize(1);
    assertThat(all).hasSize(2);
    assertThat(servers.getJsonObject(0).getJsonArray("identities").getJsonObject(0).getString("id"))
        .isEqualTo(key.getString("_id"));
    assertThat(client.get(one + "/user_registrations/pending_users").array(200)).isEmpty();
    client.get(ann).require(404);
  }

  @Test
  void functionRunAnswersCanonicalValuesAndSaysWhatWasThrown() {
    String one = apps + "/" + newApp("shop").getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);
    String user =
        client
            .post(
                one + "/users",
                new JsonObject().put("email", "ann@example.com").put("password", "correct horse"))
            .object(201)
            .getString("_id");
    JsonObject call =
        new JsonObject().put("name", "hello").put("arguments", new JsonArray().add(1));
    String run = one + "/debug/execute_function";

    JsonObject asSystem = client.post(run + "?run_as_system=true", call).object(200);
    JsonObject asUser = client.post(run + "?user_id=" + user, call).object(200);
    Reply threw = client.post(run + "?run_as_system=true", call.copy().put("name", "throws"));

    assertThat(asSystem.getJsonArray("result").getValue(0)).isEqualTo("system");
    assertThat(asSystem.getJsonArray("result").getJsonObject(1).getString("$numberInt"))
        .isEqualTo("1");
    assertThat(asUser.getJsonArray("result").getString(0)).isEqualTo(user);
    assertThat(threw.object(400).getString("error")).isEqualTo("it broke");
    assertThat(client.get(one + "/functions").array(200).getJsonObject(0).getString("name"))
        .isEqualTo("hello");
  }

  @Test
  void logsListShowsEveryCallAndTailOnlyWhatIsNew() {
    String one = apps + "/" + newApp("shop").getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);
    JsonObject call = new JsonObject().put("name", "hello").put("arguments", new JsonArray());
    String run = one + "/debug/execute_function?run_as_system=true";
    client.post(run, call).require(200);
    client.post(run, call.copy().put("name", "throws")).require(400);
    JsonArray all = logs(one, "", 2);

    JsonArray errors = logs(one, "?errors_only=true&type=FUNCTION%2CAUTH", 1);
    String lastWrittenAt = all.getJsonObject(0).getString("completed");

    assertThat(errors).hasSize(1);
    assertThat(errors.getJsonObject(0).getString("error")).isEqualTo("it broke");
    assertThat(errors.getJsonObject(0).getString("function_name")).isEqualTo("throws");
    assertThat(errors.getJsonObject(0).getString("started")).matches("\\d{4}-.*Z");
    assertThat(lastWrittenAt).isNotEmpty();
    assertThat(
            client
                .get(one + "/logs?start_date=2999-01-01T00:00:00.000Z")
                .object(200)
                .getJsonArray("logs"))
        .isEmpty();
    client.get(one + "/logs?start_date=yesterday").require(400);
  }

  private JsonArray logs(String app, String query, int wanted) {
    JsonArray found = new JsonArray();
    for (int i = 0; i < 500 && found.size() < wanted; i++) {
      found = client.get(app + "/logs" + query).object(200).getJsonArray("logs");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return found;
  }

  @Test
  void accessListEntriesAreMadeChangedAndDeleted() {
    String list = apps + "/" + newApp("shop").getString("_id") + "/security/access_list";
    JsonArray fresh = client.get(list).object(200).getJsonArray("allowed_ips");

    JsonObject made = client.post(list, new JsonObject().put("address", "10.1.0.0/16")).object(201);
    String entry = list + "/" + made.getString("_id");
    client.patch(entry, new JsonObject().put("address", "").put("comment", "office")).require(200);
    Reply wrong = client.post(list, new JsonObject().put("address", "10.1.0.300"));
    Reply mine = client.post(list, new JsonObject().put("address", "").put("use_current", true));
    client.delete(entry).require(204);

    assertThat(fresh.getJsonObject(0).getString("address")).isEqualTo("0.0.0.0/0");
    assertThat(mine.object(201).getString("address")).isEqualTo("127.0.0.1");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(client.delete(entry).object(404).getString("error"))
        .isEqualTo("allowed IP not found: 'ObjectID(\"" + made.getString("_id") + "\")'");
  }

  @Test
  void appsDeleteTakesTheAppAwayFromItsCallers() {
    JsonObject app = newApp("shop");
    String one = apps + "/" + app.getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);

    client.delete(one).require(204);

    assertThat(plane.catalog.find(new AppId(app.getString("client_app_id")))).isNull();
    client.get(one).require(404);
    assertThat(list("standard")).isEmpty();
  }

  @Test
  void aRollbackIsADeploymentAndADeploymentSurvivesARestart() {
    JsonObject app = newApp("shop");
    String one = apps + "/" + app.getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);
    client.post(one + "/import?strategy=replace-by-name", document("y")).require(204);
    JsonArray history = client.get(one + "/deployments").array(200);

    client
        .post(one + "/deployments/" + history.getJsonObject(1).getString("_id") + "/redeploy")
        .require(204);

    assertThat(source(app)).isEqualTo("exports = () => 'x';");
    assertThat(live(app).revision().number()).isEqualTo(3);
    assertThat(client.get(one + "/deployments").array(200)).hasSize(3);
    plane.restart();
    assertThat(source(app)).isEqualTo("exports = () => 'x';");
    assertThat(live(app).revision().number()).isEqualTo(3);
  }

  @Test
  void anAppWithProblemsIsRefusedWithAllOfThemAndWhatWasLiveStays() {
    JsonObject app = newApp("shop");
    String one = apps + "/" + app.getString("_id");
    client.post(one + "/import?strategy=replace-by-name", document("x")).require(204);
    JsonObject broken = document("y");
    broken
        .getJsonObject("endpoints")
        .getJsonArray("config")
        .getJsonObject(0)
        .put("function_name", "nowhere");

    Reply refused = client.post(one + "/import?strategy=replace-by-name", broken);

    assertThat(refused.object(400).getString("error")).contains("nowhere");
    assertThat(source(app)).isEqualTo("exports = () => 'x';");
  }

  private JsonObject newApp(String name) {
    return client.post(apps, new JsonObject().put("name", name)).object(201);
  }

  private String source(JsonObject app) {
    return Objects.requireNonNull(live(app).definition().functions().get("hello")).source();
  }

  private DeployedApp live(JsonObject app) {
    return Objects.requireNonNull(
        plane.catalog.find(new AppId(app.getString("client_app_id"))), "a live app");
  }

  /// What the command line sends for a directory with one function and one endpoint.
  private static JsonObject document(String result) {
    JsonObject function =
        new JsonObject().put("name", "hello").put("private", false).put("run_as_system", true);
    JsonObject endpoint =
        new JsonObject()
            .put("route", "/hello")
            .put("http_method", "GET")
            .put("function_name", "hello")
            .put("validation_method", "NO_VALIDATION")
            .put("respond_result", true)
            .put("disabled", false);
    return new JsonObject()
        .put("config_version", 20210101)
        .put("app_id", "elsewhere-abcde")
        .put("name", "elsewhere")
        .put("location", "US-VA")
        .put("deployment_model", "GLOBAL")
        .put("auth", new JsonObject())
        .put(
            "functions",
            new JsonObject()
                .put("config", new JsonArray().add(function))
                .put(
                    "sources",
                    new JsonObject().put("hello.js", "exports = () => '" + result + "';")))
        .put("endpoints", new JsonObject().put("config", new JsonArray().add(endpoint)))
        .put("graphql", new JsonObject())
        .put("sync", new JsonObject())
        .put("secrets", new JsonObject());
  }
}
