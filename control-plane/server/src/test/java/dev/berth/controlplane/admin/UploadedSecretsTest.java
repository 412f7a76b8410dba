package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import dev.berth.catalog.DeployedApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadedSecretsTest {

  private static final String SECRET = "__sms_auth_token";

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private LocalApp shop;

  @BeforeEach
  void anAppWithASecret() {
    plane = RunningControlPlane.localIn(folder);
    shop = LocalApp.make(plane, "shop");
    shop.push(LocalApp.withSecret("x", "first")).require(204);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void whatComesWithAnImportCountsWithIt() {
    shop.push(LocalApp.withSecret("y", "second")).require(204);

    assertThat(secret()).isEqualTo("second");
    assertThat(shop.source()).contains("y");
    plane.restart();
    assertThat(secret()).isEqualTo("second");
  }

  @Test
  void aRefusedImportLeavesSecretsAsTheyAre() {
    JsonObject broken = LocalApp.withSecret("y", "second");
    broken.put("triggers", new JsonArray().add(new JsonObject().put("name", "no such type")));

    shop.push(broken).require(400);

    assertThat(secret()).isEqualTo("first");
    assertThat(storedAfterARestart()).isEqualTo("first");
  }

  @Test
  void anImportThatOnlyShowsDifferencesBringsNoSecrets() {
    shop.client()
        .post(shop.path() + "/import?diff=true", LocalApp.withSecret("y", "second"))
        .require(200);

    assertThat(storedAfterARestart()).isEqualTo("first");
  }

  @Test
  void whatComesIntoADraftWaitsForItsDeployment() {
    String draft = shop.draft();
    shop.push(LocalApp.withSecret("y", "second")).require(204);
    String before = storedAfterARestart();

    shop.deploy(draft).require(201);

    assertThat(before).isEqualTo("first");
    assertThat(secret()).isEqualTo("second");
  }

  @Test
  void whatCameIntoADraftGoesWithIt() {
    String draft = shop.draft();
    shop.push(LocalApp.withSecret("y", "second")).require(204);

    shop.client().delete(shop.path() + "/drafts/" + draft).require(204);

    assertThat(storedAfterARestart()).isEqualTo("first");
    assertThat(plane.knowing(shop.appId().value())).doesNotContain("waiting_secrets");
  }

  @Test
  void aSecretWithWhichTheAppCannotBeServedStaysAsItWas() {
    plane.checks.add(
        (_, secrets) ->
            "bad".equals(secrets.find(SECRET))
                ? List.of(Problem.error("services", "", 0, "a bad token"))
                : List.of());
    String id =
        shop.client().get(shop.path() + "/secrets").array(200).getJsonObject(0).getString("_id");

    String error =
        shop.client()
            .put(
                shop.path() + "/secrets/" + id,
                new JsonObject().put("name", SECRET).put("value", "bad"))
            .object(400)
            .getString("error");

    assertThat(error).contains("the secrets are as they were").contains("a bad token");
    assertThat(secret()).isEqualTo("first");
    assertThat(storedAfterARestart()).isEqualTo("first");
  }

  private String storedAfterARestart() {
    plane.restart();
    return String.valueOf(secret());
  }

  private @Nullable String secret() {
    DeployedApp served = Objects.requireNonNull(shop.served(), "a live app");
    return served.secrets().find(SECRET);
  }
}
