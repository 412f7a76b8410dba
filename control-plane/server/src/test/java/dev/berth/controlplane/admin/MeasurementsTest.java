package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an app did, in numbers.
class MeasurementsTest {

  private static final String APPS = "/groups/" + LocalTenant.PROJECT + "/apps";

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private Client client;
  private JsonObject app;
  private String path;

  @BeforeEach
  void start() {
    plane = RunningControlPlane.in(folder, ControlPlaneSettings::withLocalAccess);
    client = plane.nobody();
    app = client.post(APPS, new JsonObject().put("name", "shop")).object(201);
    path = APPS + "/" + app.getString("_id");
    client.post(path + "/import", AppDocuments.withFunction("exports = () => 1;")).require(204);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private void run(String function) {
    client
        .post(
            path + "/debug/execute_function?run_as_system=true",
            new JsonObject().put("name", function).put("arguments", new JsonArray()))
        .status();
  }

  /// A day around now, in hours.
  private String span() {
    Instant hour = plane.now.get().truncatedTo(ChronoUnit.HOURS);
    return "?start=%s&end=%s&granularity=PT1H"
        .formatted(hour.minus(Duration.ofHours(12)), hour.plus(Duration.ofHours(12)));
  }

  private double sum(String route, String name) {
    JsonArray measurements = client.get(path + route).object(200).getJsonArray("measurements");
    return measurements.stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("name").equals(name))
        .flatMap(each -> each.getJsonArray("data_points").stream())
        .mapToDouble(point -> ((JsonObject) point).getDouble("value"))
        .sum();
  }

  private void awaitRequests(double wanted) {
    for (int i = 0; i < 3_000 && sum("/measurements", "request_count") < wanted; i++) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void callsAreCountedByHowTheyEnded() {
    run("hello");
    run("hello");
    run("throws");
    awaitRequests(3);

    assertThat(sum("/measurements", "request_count")).isEqualTo(3);
    assertThat(sum("/metrics" + span(), "SDK_SUCCESSFUL_REQUESTS")).isEqualTo(2);
    assertThat(sum("/metrics" + span(), "OVERALL_FAILED_REQUESTS")).isEqualTo(1);
    assertThat(sum("/metrics" + span(), "SDK_FNS_RESPONSE_MS")).isPositive();
    assertThat(sum("/metrics" + span(), "ENDPOINTS_SUCCESSFUL_REQUESTS")).isZero();
  }

  @Test
  void anAnswerHasThePointsThatWereAskedFor() {
    JsonObject answer =
        client.get(path + "/metrics" + span() + "&metrics=SDK_COMPUTE_MS").object(200);

    JsonArray measurements = answer.getJsonArray("measurements");
    assertThat(measurements).hasSize(1);
    assertThat(measurements.getJsonObject(0).getString("units")).isEqualTo("MILLISECONDS");
    assertThat(measurements.getJsonObject(0).getJsonArray("data_points")).hasSize(24);
    assertThat(answer.getString("app_id")).isEqualTo(app.getString("_id"));
    assertThat(answer.getString("granularity")).isEqualTo("PT1H");
  }

  @Test
  void theNumbersOfAProjectAreThoseOfItsAppsAndLastAsLongAsThey() {
    run("hello");
    awaitRequests(1);
    String all = "/groups/" + LocalTenant.PROJECT + "/measurements";

    assertThat(client.get(all).object(200).encode()).contains("\"value\":1.0");
    client.delete(path).require(204);
    assertThat(client.get(all).object(200).encode()).doesNotContain("\"value\":1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?start=yesterday",
        "?start=2026-01-01T00:00:00Z&end=2025-01-01T00:00:00Z&granularity=PT1H",
        "?start=1026-01-01T00:00:00Z&end=2025-01-01T00:00:00Z&granularity=PT5M",
        "?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z&granularity=PT1S",
        "?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z&granularity=P1M",
        "?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z&granularity=PT1H&metrics=SYNC_MINUTES"
      })
  void whatMakesNoSenseIsRefused(String query) {
    assertThat(client.get(path + "/metrics" + query).object(400).getString("error")).isNotBlank();
  }
}
