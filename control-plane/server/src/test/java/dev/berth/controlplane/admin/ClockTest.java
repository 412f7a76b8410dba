package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.app.DeploymentHistory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds although somebody sets the clock of the machine back.
class ClockTest {

  @TempDir private Path folder;

  @Test
  void theLastDeploymentIsTheFirstOfTheListAndIsNotTheOneThatIsForgotten() {
    try (RunningControlPlane plane = RunningControlPlane.localIn(folder)) {
      LocalApp shop = LocalApp.make(plane, "shop");
      for (int i = 0; i < DeploymentHistory.MOST; i++) {
        shop.push("text " + i).require(204);
      }
      String before = newest(shop).getString("_id");

      plane.later(Duration.ofDays(-2));
      shop.push("the last one").require(204);

      assertThat(newest(shop).getString("_id")).isNotEqualTo(before);
      assertThat(newest(shop).getString("status")).isEqualTo("successful");
      assertThat(deployments(shop)).hasSize(DeploymentHistory.MOST);
      assertThat(deployments(shop).getJsonObject(1).getString("_id")).isEqualTo(before);
    }
  }

  private static JsonObject newest(LocalApp app) {
    return deployments(app).getJsonObject(0);
  }

  private static JsonArray deployments(LocalApp app) {
    return app.client().get(app.path() + "/deployments").array(200);
  }
}
