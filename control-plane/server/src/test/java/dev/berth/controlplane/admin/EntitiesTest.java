package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntitiesTest {

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private Client client;
  private AppId appId;
  private String app;

  @BeforeEach
  void anAppThatNobodyHasFilled() {
    plane = RunningControlPlane.localIn(folder);
    client = plane.nobody();
    String apps = "/groups/" + LocalTenant.PROJECT + "/apps";
    JsonObject made = client.post(apps, new JsonObject().put("name", "shop")).object(201);
    appId = new AppId(made.getString("client_app_id"));
    app = apps + "/" + made.getString("_id");
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void anAppIsBuiltPieceByPiece() {
    JsonObject function = client.post(app + "/functions", function("hello", "1")).object(201);
    JsonObject endpoint =
        client
            .post(
                app + "/endpoints",
                new JsonObject()
                    .put("route", "/hello")
                    .put("http_method", "GET")
                    .put("function_name", "hello")
                    .put("validation_method", "NO_VALIDATION")
                    .put("respond_result", true)
                    .put("disabled", false))
            .object(201);
    client
        .post(
            app + "/values",
            new JsonObject().put("name", "rate").put("value", 3).put("private", false))
        .object(201);
    client.post(app + "/auth_providers", new JsonObject().put("type", "anon-user")).object(201);

    AppDefinition live = live();
    assertThat(live.functions()).containsKey("hello");
    assertThat(live.endpoints()).hasSize(1);
    assertThat(live.values()).containsKey("rate");
    assertThat(live.authProviders()).containsKey("anon-user");
    client.delete(app + "/endpoints/" + endpoint.getString("_id")).require(200);
    client.delete(app + "/functions/" + function.getString("_id")).require(204);
    assertThat(live().functions()).isEmpty();
  }

  @Test
  void anIdStaysTheSameWhateverIsChanged() {
    String id =
        client
            .post(app + "/values", new JsonObject().put("name", "rate").put("value", 3))
            .object(201)
            .getString("_id");

    client
        .put(app + "/values/" + id, new JsonObject().put("name", "rate").put("value", 4))
        .require(200);

    JsonObject read = client.get(app + "/values/" + id).object(200);
    assertThat(read.getInteger("value")).isEqualTo(4);
    assertThat(client.get(app + "/values").array(200)).hasSize(1);
  }

  @Test
  void aNameThatIsTakenAndAnIdOfNothingAreRefused() {
    JsonObject value = new JsonObject().put("name", "rate").put("value", 3);
    client.post(app + "/values", value).require(201);

    assertThat(client.post(app + "/values", value).status()).isEqualTo(409);
    assertThat(client.get(app + "/values/5f0000000000000000000000").status()).isEqualTo(404);
    assertThat(client.post(app + "/values", new JsonObject()).status()).isEqualTo(400);
  }

  @Test
  void settingsAreReadAndChanged() {
    client.post(app + "/functions", function("hello", "1")).require(201);

    client
        .send(
            "POST",
            app + "/security/allowed_request_origins",
            "application/json;charset=utf-8",
            "[\"https://shop.example\"]".getBytes(StandardCharsets.UTF_8))
        .require(204);
    client
        .put(app + "/environment", new JsonObject().put("environment", "production"))
        .require(200);

    assertThat(client.get(app + "/security/allowed_request_origins").array(200))
        .containsExactly("https://shop.example");
    assertThat(live().allowedRequestOrigins()).containsExactly("https://shop.example");
    assertThat(live().environment().tag()).isEqualTo("production");
    assertThat(client.get(app).object(200).getString("environment")).isEqualTo("production");
    client.get(app + "/custom_user_data").require(200);
  }

  @Test
  void fieldsMayBeNullWhenTheAppSaysSoAndGoOnSoAfterEachDeployment() {
    String setting = app + "/validation_settings/null_type_schema_validation";
    assertThat(client.get(setting).object(200)).isEqualTo(new JsonObject().put("enabled", false));
    client.post(app + "/functions", function("hello", "1")).require(201);

    client.put(setting, new JsonObject().put("enabled", true)).require(204);

    assertThat(client.get(setting).object(200).getBoolean("enabled")).isTrue();
    assertThat(nullsAllowed()).isTrue();
    client.post(app + "/functions", function("other", "1")).require(201);
    assertThat(nullsAllowed()).isTrue();
    client.put(setting, new JsonObject().put("enabled", false)).require(204);
    assertThat(nullsAllowed()).isFalse();
    assertThat(client.put(setting, new JsonObject().put("enabled", "yes")).status()).isEqualTo(400);
  }

  private boolean nullsAllowed() {
    return Objects.requireNonNull(plane.catalog.find(appId), "a live app").nullsAllowed();
  }

  @Test
  void whatIsPulledAsOneDocumentCanBePushed() {
    client.post(app + "/functions", function("hello", "1")).require(201);
    JsonObject pulled = client.get(app + "/pull").object(200);
    pulled.getJsonArray("functions").getJsonObject(0).put("source", "exports = () => 2;");

    client.patch(app + "/push", pulled).require(204);

    assertThat(Objects.requireNonNull(live().functions().get("hello")).source())
        .isEqualTo("exports = () => 2;");
  }

  @Test
  void aChangeThatBreaksTheAppChangesNothing() {
    client.post(app + "/functions", function("hello", "1")).require(201);

    Reply refused =
        client.post(
            app + "/endpoints",
            new JsonObject()
                .put("route", "/x")
                .put("http_method", "GET")
                .put("function_name", "nowhere")
                .put("validation_method", "NO_VALIDATION")
                .put("respond_result", true));

    assertThat(refused.object(400).getString("error")).contains("nowhere");
    assertThat(client.get(app + "/endpoints").array(200)).isEmpty();
    assertThat(live().endpoints()).isEmpty();
  }

  @Test
  void inADraftNothingIsLiveBeforeTheDraftIs() {
    client.post(app + "/functions", function("hello", "1")).require(201);
    String draft = client.post(app + "/drafts").object(201).getString("_id");

    client.post(app + "/functions", function("second", "2")).require(201);
    boolean liveBefore = live().functions().containsKey("second");
    client.post(app + "/drafts/" + draft + "/deployment").require(201);

    assertThat(liveBefore).isFalse();
    assertThat(live().functions()).containsKeys("hello", "second");
  }

  @Test
  void functionsAreReadFromTheDraftThatTheyAreWrittenTo() {
    client.post(app + "/functions", function("hello", "1")).require(201);
    client.post(app + "/drafts").require(201);

    String id =
        client.post(app + "/functions", function("second", "2")).object(201).getString("_id");

    assertThat(client.get(app + "/functions").array(200)).hasSize(2);
    assertThat(client.get(app + "/functions/" + id).object(200).getString("source"))
        .isEqualTo("exports = () => 2;");
  }

  @Test
  void aNewAppHasAProviderOfApiKeysThatOnlyHasToBeEnabled() {
    JsonObject provider = client.get(app + "/auth_providers").array(200).getJsonObject(0);

    client.put(app + "/auth_providers/" + provider.getString("_id") + "/enable").require(204);

    assertThat(provider.getString("type")).isEqualTo("api-key");
    assertThat(provider.getBoolean("disabled")).isTrue();
    assertThat(Objects.requireNonNull(live().authProviders().get("api-key")).disabled()).isFalse();
  }

  @Test
  void anAddressWithAPasswordBecomesASecret() {
    String uri = "mongodb://ann:pa55word@db.example:27017/shop";
    JsonObject source =
        new JsonObject()
            .put("name", "BackingDB")
            .put("type", "mongodb")
            .put("config", new JsonObject().put("uri", uri));

    String id = client.post(app + "/services", source).object(201).getString("_id");

    JsonObject read = client.get(app + "/services/" + id).object(200);
    assertThat(read.encode()).doesNotContain("pa55word");
    assertThat(read.getJsonObject("secret_config").getString("uri")).isEqualTo("__BackingDB_uri");
    assertThat(client.get(app + "/secrets").array(200).getJsonObject(0).getString("name"))
        .isEqualTo("__BackingDB_uri");
    assertThat(client.get(app + "/pull").text()).doesNotContain("pa55word");
    assertThat(Objects.requireNonNull(plane.catalog.find(appId)).secrets().find("__BackingDB_uri"))
        .isEqualTo(uri);
  }

  @Test
  void anAddressWithoutAPasswordStays() {
    String uri = "mongodb://localhost:26000";
    JsonObject source =
        new JsonObject()
            .put("name", "BackingDB")
            .put("type", "mongodb")
            .put("config", new JsonObject().put("uri", uri));

    String id = client.post(app + "/services", source).object(201).getString("_id");

    assertThat(client.get(app + "/services/" + id).text()).contains(uri);
    assertThat(client.get(app + "/secrets").array(200)).isEmpty();
  }

  @Test
  void theConfigurationOfAServiceIsChangedAlone() {
    String plain = "mongodb://localhost:26000";
    JsonObject source =
        new JsonObject()
            .put("name", "BackingDB")
            .put("type", "mongodb")
            .put("config", new JsonObject().put("uri", plain));
    String id = client.post(app + "/services", source).object(201).getString("_id");
    String config = app + "/services/" + id + "/config";

    client.patch(config, new JsonObject().put("readPreference", "nearest")).require(204);

    assertThat(client.get(config).object(200))
        .isEqualTo(new JsonObject().put("uri", plain).put("readPreference", "nearest"));
    JsonObject secret = new JsonObject().put("uri", "mongodb://ann:pa55word@db.example/shop");
    client.patch(config, secret).require(204);
    assertThat(client.get(config).text()).contains("nearest").doesNotContain("pa55word");
    assertThat(client.get(app + "/services/" + id).text()).contains("__BackingDB_uri");
    client.get(app + "/services/000000000000000000000000/config").require(404);
  }

  @Test
  void theDescriptionHasHttpServicesAmongTheEndpoints() {
    client
        .post(app + "/services", new JsonObject().put("name", "incoming").put("type", "http"))
        .require(201);
    client
        .post(app + "/services", new JsonObject().put("name", "sms").put("type", "twilio"))
        .require(201);

    JsonObject description = client.get(app + "/description").object(200);

    assertThat(description.getJsonArray("http_endpoints").encode()).contains("incoming");
    assertThat(description.getJsonArray("services").encode())
        .contains("sms")
        .doesNotContain("incoming");
  }

  @Test
  void whatAFunctionPrintsComesWithItsResult() {
    client.post(app + "/functions", function("prints", "1")).require(201);

    JsonObject answer =
        client
            .post(
                app + "/debug/execute_function?run_as_system=true",
                new JsonObject().put("name", "prints"))
            .object(200);

    assertThat(answer.getJsonArray("logs")).containsExactly("one line");
  }

  @Test
  void changesAtOnceAreAllMadeOrRefusedAndNoneIsLost() {
    client.post(app + "/functions", function("first", "1")).require(201);

    List<CompletableFuture<Reply>> replies =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> client.post(app + "/functions", function("f" + i, "1"))))
            .toList();

    long made =
        replies.stream().map(CompletableFuture::join).filter(each -> each.status() == 201).count();
    assertThat(replies.stream().map(each -> each.join().status())).isSubsetOf(201, 409);
    assertThat(made).isPositive();
    assertThat(live().functions()).hasSize((int) made + 1);
  }

  private static JsonObject function(String name, String result) {
    return new JsonObject()
        .put("name", name)
        .put("private", false)
        .put("run_as_system", true)
        .put("source", "exports = () => " + result + ";");
  }

  private AppDefinition live() {
    return Objects.requireNonNull(plane.catalog.find(appId), "a live app").definition();
  }
}
