package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an administrator was answered is there after the process was killed, whenever that was.
/// Five times unless `BERTH_KILLS` says how often; 200 take half an hour
// (`-Dsurefire.timeout=7200`).
class ProvisioningTest {

  private static final String APPS = "/api/admin/v3.0/groups/626572746870726f6a656374/apps";
  private static final int MOST_STEPS = 40;

  @TempDir private Path folder;
  private final Random random = new Random();

  /// What was answered, and what was asked for last and perhaps done.
  private static final class Acknowledged {

    /// The App IDs of apps by their ids.
    final Map<String, String> apps = new HashMap<>();

    /// The last version of each app that was live when it was answered.
    final Map<String, Integer> versions = new HashMap<>();

    /// The names of secrets, with the id of their app before them.
    final Set<String> secrets = new HashSet<>();

    /// The App IDs of deleted apps by their ids.
    final Map<String, String> deleted = new HashMap<>();

    /// The app that the process was asked about when it was killed.
    String asked = "";

    /// The app that it was to delete then.
    String deleting = "";

    void delete(String id) {
      deleted.put(id, String.valueOf(apps.remove(id)));
      versions.remove(id);
      secrets.removeIf(secret -> secret.startsWith(id + "/"));
    }
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void everyAcknowledgedChangeIsThereAfterAKill() {
    int kills = Integer.parseInt(System.getenv().getOrDefault("BERTH_KILLS", "5"));
    Acknowledged acknowledged = new Acknowledged();
    for (int i = 0; i < kills; i++) {
      provisionUntilKilled(acknowledged);
    }
    try (BerthProcess berth = start()) {
      assertIsThere(berth, acknowledged);
    }
    assertThat(acknowledged.versions).isNotEmpty();
  }

  private BerthProcess start() {
    return BerthProcess.dev(
        folder,
        Repository.root().resolve("examples/quickstart").toString(),
        "--data",
        folder.resolve("data").toString());
  }

  private void provisionUntilKilled(Acknowledged acknowledged) {
    try (BerthProcess berth = start()) {
      assertIsThere(berth, acknowledged);
      Semaphore steps = new Semaphore(0);
      CompletableFuture<Void> script =
          CompletableFuture.runAsync(() -> provision(berth, acknowledged, steps));
      steps.acquireUninterruptibly(1 + random.nextInt(MOST_STEPS / 2));
      for (int i = random.nextInt(5_000_000); i > 0; i--) {
        Thread.onSpinWait();
      }
      berth.kill();
      script.handle((_, _) -> true).join();
    }
  }

  /// Ends with the process that it talks to.
  private void provision(BerthProcess berth, Acknowledged acknowledged, Semaphore steps) {
    try {
      for (int i = 0; i < MOST_STEPS; i++) {
        step(berth, acknowledged);
        steps.release();
      }
    } catch (UncheckedIOException killed) {
      // That is what this is about.
    } finally {
      steps.release(MOST_STEPS);
    }
  }

  private void step(BerthProcess berth, Acknowledged acknowledged) {
    acknowledged.asked = "";
    acknowledged.deleting = "";
    String id =
        acknowledged.apps.keySet().stream()
            .skip(random.nextInt(acknowledged.apps.size() + 1))
            .findFirst()
            .orElse(null);
    if (id == null) {
      JsonObject wanted = new JsonObject().put("name", "app" + random.nextInt(1 << 30));
      JsonObject made = new JsonObject(send(berth, "POST", APPS, wanted, 201));
      acknowledged.apps.put(made.getString("_id"), made.getString("client_app_id"));
    } else if (random.nextInt(12) == 0) {
      acknowledged.deleting = id;
      send(berth, "DELETE", APPS + "/" + id, null, 204);
      acknowledged.delete(id);
    } else if (random.nextInt(3) == 0) {
      String name = "s" + random.nextInt(1 << 30);
      JsonObject secret = new JsonObject().put("name", name).put("value", "v");
      send(berth, "POST", APPS + "/" + id + "/secrets", secret, 201);
      acknowledged.secrets.add(id + "/" + name);
    } else {
      acknowledged.asked = id;
      int next = acknowledged.versions.getOrDefault(id, 0) + 1;
      send(berth, "POST", APPS + "/" + id + "/import", document(next), 204);
      acknowledged.versions.put(id, next);
    }
  }

  private static void assertIsThere(BerthProcess berth, Acknowledged acknowledged) {
    String deleting = acknowledged.deleting;
    if (acknowledged.apps.containsKey(deleting) && status(berth, deleting) == 404) {
      // Done, and not answered any more.
      acknowledged.delete(deleting);
    }
    acknowledged.deleting = "";
    acknowledged.deleted.forEach(
        (id, appId) -> {
          assertThat(status(berth, id)).isEqualTo(404);
          assertThat(berth.getFrom(appId, "/version").statusCode()).isEqualTo(404);
        });
    acknowledged.apps.forEach(
        (id, appId) -> {
          send(berth, "GET", APPS + "/" + id, null, 200);
          int version = acknowledged.versions.getOrDefault(id, 0);
          String served = berth.getFrom(appId, "/version").body();
          if (id.equals(acknowledged.asked) && served.equals(Integer.toString(version + 1))) {
            // Done, and not answered any more.
            acknowledged.versions.put(id, version + 1);
          } else if (version > 0) {
            assertThat(served).as("the version of %s", appId).isEqualTo("" + version);
          }
          assertThat(send(berth, "GET", APPS + "/" + id + "/deployments", null, 200))
              .doesNotContain("\"status\":\"created\"");
        });
    acknowledged.secrets.forEach(
        secret -> {
          int slash = secret.indexOf('/');
          String path = APPS + "/" + secret.substring(0, slash) + "/secrets";
          assertThat(send(berth, "GET", path, null, 200)).contains(secret.substring(slash + 1));
        });
  }

  private static int status(BerthProcess berth, String id) {
    return BerthProcess.send(HttpRequest.newBuilder(berth.root().resolve(APPS + "/" + id)))
        .statusCode();
  }

  private static String send(
      BerthProcess berth, String method, String path, @Nullable JsonObject body, int expected) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(berth.root().resolve(path))
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    HttpResponse<String> response = BerthProcess.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return response.body();
  }

  private static JsonObject document(int version) {
    JsonObject function = new JsonObject().put("name", "version").put("run_as_system", true);
    JsonObject endpoint =
        new JsonObject()
            .put("route", "/version")
            .put("http_method", "GET")
            .put("function_name", "version")
            .put("validation_method", "NO_VALIDATION")
            .put("return_type", "JSON")
            .put("respond_result", true);
    JsonObject sources = new JsonObject().put("version.js", "exports = () => " + version + ";");
    return new JsonObject()
        .put("config_version", 20210101)
        .put(
            "functions",
            new JsonObject().put("config", new JsonArray().add(function)).put("sources", sources))
        .put("endpoints", new JsonObject().put("config", new JsonArray().add(endpoint)));
  }
}
