package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.LocalTenant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long the logs of apps are kept.
class LogRetentionTest {

  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  /// The clock of the test goes on by a millisecond whenever somebody looks.
  @Test
  void entriesThatAreOlderThanTheSettingAreRemoved(@TempDir Path one, @TempDir Path other) {
    assertThat(entriesAfterARestart(Duration.ofMillis(1), one)).isZero();
    assertThat(entriesAfterARestart(Duration.ofDays(10), other)).isOne();
  }

  private int entriesAfterARestart(Duration kept, Path folder) {
    try (RunningControlPlane plane =
        RunningControlPlane.in(folder, settings -> settings.withLocalAccess().keepingLogs(kept))) {
      String apps = "/groups/" + LocalTenant.PROJECT + "/apps";
      JsonObject made = plane.nobody().post(apps, new JsonObject().put("name", "shop")).object(201);
      String app = apps + "/" + made.getString("_id");
      plane.nobody().post(app + "/import", AppDocuments.withFunction("x")).require(204);
      JsonObject call = new JsonObject().put("name", "hello").put("arguments", new JsonArray());
      plane.nobody().post(app + "/debug/execute_function?run_as_system=true", call).require(200);
      while (entries(plane, app) == 0) {
        LockSupport.parkNanos(POLL_NANOS);
      }
      plane.restart();
      return entries(plane, app);
    }
  }

  private static int entries(RunningControlPlane plane, String app) {
    return plane.nobody().get(app + "/logs").object(200).getJsonArray("logs").size();
  }
}
