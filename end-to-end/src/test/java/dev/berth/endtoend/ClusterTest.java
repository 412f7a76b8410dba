package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real cluster of processes on loopback, formed once. Each test leaves it whole.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ClusterTest {

  private static final String NOTE =
      "exports = async (request) => {"
          + " const notes = context.services.get('mongodb-atlas').db('d').collection('notes');"
          + " await notes.insertOne({ call: request.query.id }); return 'noted'; };";

  /// How many notes there are, and of how many calls.
  private static final String NOTES =
      "exports = async () => {"
          + " const notes = context.services.get('mongodb-atlas').db('d').collection('notes');"
          + " const all = await notes.find({}).toArray();"
          + " return { notes: all.length, calls: new Set(all.map(each => each.call)).size }; };";

  private ClusterProcesses cluster;
  private String[] app = {};

  @BeforeAll
  void form(@TempDir Path folder) {
    cluster = new ClusterProcesses(folder);
    cluster.form();
    app = cluster.create("shop");
    cluster.deploy(app[0], functions("first"));
    await(() -> answers("gateway-1", "first") && answers("gateway-2", "first"));
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private static Map<String, String> functions(String version) {
    return Map.of("note", NOTE, "notes", NOTES, "version", "exports = () => '" + version + "';");
  }

  private boolean answers(String gateway, String version) {
    return cluster.call(gateway, app[1], "/version").body().equals("\"" + version + "\"");
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + BerthProcess.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not come about\n" + cluster.output());
      }
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
  }

  /// No call has an effect twice, and each that succeeded has one.
  private void assertEffects() {
    await(() -> cluster.call("gateway-1", app[1], "/notes").statusCode() == 200);
    JsonObject counts = new JsonObject(cluster.call("gateway-1", app[1], "/notes").body());
    assertThat(number(counts, "notes")).isEqualTo(number(counts, "calls"));
  }

  private static long number(JsonObject counts, String name) {
    return counts.getValue(name) instanceof Number plain
        ? plain.longValue()
        : Long.parseLong(counts.getJsonObject(name).iterator().next().getValue().toString());
  }

  @Test
  void aDeploymentIsLiveOnEveryGateway() {
    cluster.deploy(app[0], functions("second"));

    await(() -> answers("gateway-1", "second") && answers("gateway-2", "second"));
  }

  @Test
  void aWorkerThatDiesTakesOnlyTheCallsThatItHeld() {
    try (ClusterLoad load = ClusterLoad.on(cluster, app[1], "/note")) {
      load.awaitMore(50);

      cluster.running("worker-1").theFirstWorker().destroyForcibly();

      load.awaitMore(300);
      load.stop();
      assertThat(load.failed())
          .as(load.answers().toString())
          .isLessThanOrEqualTo(ClusterLoad.CLIENTS);
      assertThat(load.answers().keySet())
          .allMatch(
              answer ->
                  answer.equals("200")
                      || (answer.startsWith("503 ")
                          && answer.contains("the app was stopped while it ran")));
    }
    assertEffects();
  }

  @Test
  void aWholeWorkerHostThatDiesIsNotCalledAnyMore() {
    try (ClusterLoad load = ClusterLoad.on(cluster, app[1], "/note")) {
      load.awaitMore(50);

      cluster.kill("worker-2");

      load.awaitMore(300);
      load.stop();
      assertThat(load.failed())
          .as(load.answers().toString())
          .isLessThanOrEqualTo(ClusterLoad.CLIENTS);
    }
    cluster.start("worker-2");
    cluster.awaitReady("worker-2");
    assertEffects();
  }

  @Test
  void aWorkerThatComesTakesItsShareOfTheApps() {
    List<String> apps = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String[] made = cluster.create("share" + i);
      cluster.deploy(made[0], Map.of("say", "exports = () => { console.log('it ran'); };"));
      apps.add(made[1]);
    }
    cluster.start("worker-3");
    cluster.awaitReady("worker-3");

    await(
        () -> {
          apps.forEach(each -> cluster.call("gateway-1", each, "/say"));
          return cluster.running("worker-3").output().contains("it ran");
        });

    cluster.stop("worker-3");
  }

  @Test
  void aRollingRestartWithoutAControlPlaneFailsNoRequest() {
    try (ClusterLoad load = ClusterLoad.on(cluster, app[1], "/note")) {
      load.awaitMore(20);
      cluster.kill("control-plane");

      for (String name : List.of("worker-1", "gateway-1", "worker-2", "gateway-2")) {
        cluster.restart(name);
        load.awaitMore(50);
      }

      load.stop();
      assertThat(load.failed()).as(load.answers().toString()).isZero();
    }
    cluster.start("control-plane");
    cluster.awaitReady("control-plane");
    assertEffects();
    cluster.deploy(app[0], functions("after the restart"));
    await(
        () ->
            answers("gateway-1", "after the restart") && answers("gateway-2", "after the restart"));
  }

  @Test
  void withoutADatabaseWhatNeedsNoneIsServed() {
    cluster.deploy(app[0], functions("kept"));
    await(() -> answers("gateway-1", "kept") && answers("gateway-2", "kept"));

    cluster.kill("database");

    assertThat(answers("gateway-1", "kept")).isTrue();
    assertThat(answers("gateway-2", "kept")).isTrue();
    cluster.start("database");
    cluster.awaitReady("database");
    await(() -> cluster.call("gateway-1", app[1], "/note?id=-1").statusCode() == 200);
    cluster.deploy(app[0], functions("again"));
    await(() -> answers("gateway-1", "again") && answers("gateway-2", "again"));
  }

  @Test
  void aProcessOfAnotherClusterIsRefused() {
    Map<String, String> settings =
        cluster.settingsWith(
            "gateway-1",
            "BERTH_CLUSTER_NAME",
            "another",
            "BERTH_CLUSTER_PORT",
            Integer.toString(ClusterProcesses.freePort()));

    try (BerthProcess stranger =
        BerthProcess.run(cluster.folder(), settings, "start", "--role", "gateway")) {
      assertThat(stranger.awaitExit()).isEqualTo(1);
      assertThat(stranger.output())
          .contains("does not let this process into the cluster")
          .contains("cluster-name");
    }
  }
}
