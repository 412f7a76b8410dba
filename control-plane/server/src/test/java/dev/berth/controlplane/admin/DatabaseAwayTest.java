package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.tenant.NewKey;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The database goes away while administrators work, and comes back.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DatabaseAwayTest {

  private static final String APPS = "/groups/" + LocalTenant.PROJECT + "/apps";

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private NewKey key;
  private Client client;
  private String app;

  @BeforeEach
  void anApp() {
    plane = RunningControlPlane.in(folder);
    key = plane.plane.firstAdministrator().orElseThrow();
    client = plane.signIn(key.publicKey(), key.privateKey());
    app =
        APPS
            + "/"
            + client.post(APPS, new JsonObject().put("name", "shop")).object(201).getString("_id");
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void eachRequestIsToldSoAndAllGoesOnWhenItIsBack() {
    plane.takeDatabaseAway();

    JsonObject value = new JsonObject().put("name", "v").put("value", 1);
    JsonObject login =
        new JsonObject().put("username", key.publicKey()).put("apiKey", key.privateKey());
    SoftAssertions all = new SoftAssertions();
    List<CompletableFuture<Reply>> requests =
        Stream.<Supplier<Reply>>of(
                () -> client.get(APPS),
                () -> client.get(app + "/logs"),
                () -> client.post(app + "/values", value),
                () -> client.delete(app),
                () -> client.post(app + "/drafts"),
                () -> plane.nobody().post("/auth/providers/mongodb-cloud/login", login))
            .map(CompletableFuture::supplyAsync)
            .toList();
    for (CompletableFuture<Reply> request : requests) {
      Reply refused = request.join();
      all.assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      all.assertThat(refused.text()).contains("the database does not answer");
      all.assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
    }
    all.assertAll();

    plane.bringDatabaseBack();

    // The driver looks for it now and then.
    Reply again = client.get(APPS);
    while (again.status() == 503) {
      again = client.get(APPS);
    }
    assertThat(again.array(200)).hasSize(1);
    client.post(app + "/values", value).require(201);
    plane.signIn(key.publicKey(), key.privateKey()).get(app).require(200);
  }

  @Test
  void aControlPlaneThatFindsNoneAtItsStartSaysSo() {
    plane.takeDatabaseAway();

    assertThatThrownBy(plane::restart)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the database does not answer");

    plane.bringDatabaseBack();
    plane.restart();
    assertThat(client.get(APPS).array(200)).hasSize(1);
  }
}
