package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletedAppsTest {

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private LocalApp shop;

  @BeforeEach
  void anAppWithEverything() {
    plane = RunningControlPlane.localIn(folder);
    shop = LocalApp.make(plane, "shop");
    shop.push(LocalApp.withSecret("x", "s3cret")).require(204);
    shop.client()
        .post(
            shop.path() + "/users",
            new JsonObject().put("email", "ann@example.com").put("password", "correct horse"))
        .require(201);
    shop.client()
        .post(shop.path() + "/api_keys", new JsonObject().put("name", "till"))
        .require(201);
    shop.draft();
    shop.push(LocalApp.withSecret("y", "other")).require(204);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void nothingIsLeftOfADeletedApp() {
    assertThat(plane.knowing(shop.appId().value()))
        .contains("access_list", "api_keys", "drafts", "revisions", "secrets", "users");

    shop.client().delete(shop.path()).require(204);

    assertThat(plane.knowing(shop.appId().value())).isEmpty();
    assertThat(shop.served()).isNull();
  }

  @Test
  void aRemovalThatWasInterruptedHidesTheAppAndEndsAtTheNextStart() {
    plane.reachingUsers.set(
        () -> {
          throw new IllegalStateException("the process ends here");
        });

    shop.client().delete(shop.path()).require(500);

    shop.client().get(shop.path()).require(404);
    assertThat(shop.served()).isNull();
    assertThat(plane.knowing(shop.appId().value())).isNotEmpty();
    plane.reachingUsers.set(() -> {});
    plane.restart();
    assertThat(plane.knowing(shop.appId().value())).isEmpty();
    assertThat(shop.served()).isNull();
  }

  @Test
  void theAppIdOfADeletedAppIsGivenToNobodyAndItsNameIsFree() {
    shop.client().delete(shop.path()).require(204);
    JsonObject wanted =
        new JsonObject().put("name", "shop").put("client_app_id", shop.appId().value());

    shop.client().post(LocalApp.APPS, wanted).require(409);

    plane.restart();
    shop.client().post(LocalApp.APPS, wanted).require(409);
    LocalApp again = LocalApp.make(plane, "shop");
    assertThat(again.appId()).isNotEqualTo(shop.appId());
    assertThat(again.client().get(again.path() + "/users").array(200)).isEmpty();
  }
}
