package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.endtoend.Administrator.MadeApp;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real cluster of processes on loopback, formed once. Each test leaves it whole.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ClusterTest {

  private static final String NOTE =
      "exports = async (request) => {"
          + " const d = context.services.get('mongodb-atlas').db('d');"
          + " await d.collection(request.query.in).insertOne({ call: request.query.id });"
          + " return 'noted'; };";

  /// The ids of the calls that left a note, as often as they did.
  private static final String NOTES =
      "exports = async (request) => {"
          + " const d = context.services.get('mongodb-atlas').db('d');"
          + " const all = await d.collection(request.query.in).find({}).toArray();"
          + " return all.map(each => each.call); };";

  private ClusterProcesses cluster;
  private Administrator administrator;
  private MadeApp app;
  private String notes = "";

  @BeforeAll
  void form(@TempDir Path folder) {
    cluster = new ClusterProcesses(folder);
    administrator = cluster.form();
    app = administrator.create("shop");
    deploy("first");
  }

  @BeforeEach
  void choose(TestInfo test) {
    notes = "?in=" + test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void heal() {
    cluster.heal();
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  /// Returns when it is live on both gateways.
  private void deploy(String version) {
    administrator.deploy(
        app, Map.of("note", NOTE, "notes", NOTES, "version", "exports = () => '" + version + "';"));
    await(() -> answers("gateway-1", version) && answers("gateway-2", version));
  }

  private boolean answers(String gateway, String version) {
    return cluster.call(gateway, app.appId(), "/version").body().equals("\"" + version + "\"");
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + BerthProcess.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("it did not come about\n" + cluster.output());
      }
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
  }

  /// No call has an effect twice, and each that succeeded has one.
  private void assertEffects(ClusterLoad load) {
    await(() -> cluster.call("gateway-1", app.appId(), "/notes" + notes).statusCode() == 200);
    JsonArray calls =
        new JsonArray(cluster.call("gateway-1", app.appId(), "/notes" + notes).body());
    assertThat(calls.stream().map(String::valueOf))
        .doesNotHaveDuplicates()
        .containsAll(load.succeeded());
  }

  private void assertOnlyCallsThatWereHeldAreLost(ClusterLoad load) {
    assertThat(load.failed())
        .as(() -> load.answers() + "\n" + cluster.output())
        .isLessThanOrEqualTo(ClusterLoad.CLIENTS);
    assertThat(load.answers().keySet())
        .allMatch(
            answer ->
                answer.equals("200")
                    || (answer.startsWith("503 ")
                        && answer.contains("the app was stopped while it ran")));
  }

  @Test
  void aDeploymentIsLiveOnEveryGateway() {
    deploy("second");

    assertThat(answers("gateway-1", "second")).isTrue();
    assertThat(answers("gateway-2", "second")).isTrue();
  }

  @Test
  void aWorkerThatDiesTakesOnlyTheCallsThatItHeld() {
    try (ClusterLoad load = ClusterLoad.on(cluster, app.appId(), "/note" + notes)) {
      load.awaitMore(50);

      cluster.running("worker-1").theFirstWorker().destroyForcibly();

      load.awaitMore(300);
      load.stop();
      assertOnlyCallsThatWereHeldAreLost(load);
      assertEffects(load);
    }
  }

  @Test
  void aWholeWorkerThatDiesTakesOnlyTheCallsThatItHeld() {
    try (ClusterLoad load = ClusterLoad.on(cluster, app.appId(), "/note" + notes)) {
      load.awaitMore(50);

      cluster.kill("worker-2");

      load.awaitMore(300);
      load.stop();
      assertOnlyCallsThatWereHeldAreLost(load);
      assertEffects(load);
    }
  }

  @Test
  void aWorkerThatComesTakesItsShareOfTheApps() {
    cluster.start("worker-3");
    cluster.awaitReady("worker-3");

    // Each app is its own with a chance of one in three, so some are needed and never many.
    for (int apps = 0; !cluster.running("worker-3").output().contains("it ran"); apps++) {
      assertThat(apps).as(cluster::output).isLessThan(40);
      MadeApp made = administrator.create("share" + apps);
      administrator.deploy(made, Map.of("say", "exports = () => { console.log('it ran'); };"));
      await(() -> cluster.call("gateway-1", made.appId(), "/say").statusCode() == 200);
    }
    cluster.stop("worker-3");
  }

  @Test
  void aRollingRestartWithoutAControlPlaneFailsNoRequest() {
    try (ClusterLoad load = ClusterLoad.on(cluster, app.appId(), "/note" + notes)) {
      load.awaitMore(20);
      cluster.kill("control-plane");

      for (String name : List.of("worker-1", "gateway-1", "worker-2", "gateway-2")) {
        cluster.restart(name);
        load.awaitMore(50);
      }

      load.stop();
      assertThat(load.failed()).as(() -> load.answers() + "\n" + cluster.output()).isZero();
      assertEffects(load);
    }
    cluster.heal();
    deploy("after the restart");
  }

  @Test
  void withoutADatabaseWhatNeedsNoneIsServed() {
    deploy("kept");
    try (ClusterLoad load = ClusterLoad.on(cluster, app.appId(), "/version")) {
      load.awaitMore(20);

      cluster.kill("database");

      load.awaitMore(300);
      cluster.start("database");
      cluster.awaitReady("database");
      await(() -> cluster.call("gateway-1", app.appId(), "/note?in=it&id=1").statusCode() == 200);
      load.stop();
      assertThat(load.failed()).as(() -> load.answers() + "\n" + cluster.output()).isZero();
    }
    deploy("again");
  }

  @Test
  void aProcessOfAnotherClusterIsRefused() {
    try (BerthProcess stranger = cluster.stranger()) {
      assertThat(stranger.awaitExit(ClusterProcesses.START)).isEqualTo(1);
      assertThat(stranger.output())
          .contains("does not let this process into the cluster")
          .contains("cluster-name");
    }
  }
}
