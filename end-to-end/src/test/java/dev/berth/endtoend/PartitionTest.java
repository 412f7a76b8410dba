package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.endtoend.Administrator.MadeApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two machines of a cluster that lose sight of each other, and both see the database: each is a
/// network namespace with a gateway, a control plane and a worker.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PartitionTest {

  private static final String MASTER_KEY = "c29tZSBrZXkgdGhhdCBpcyBmb3IgdGhpcyB0ZXN0IG8=";

  /// For silence to be noticed, and for two halves to come together again, which they look for
  /// every half minute.
  private static final Duration LONG = Duration.ofMinutes(3);

  private static final int DATABASE = 27017;
  private static final int HTTP = 8080;

  @TempDir private Path folder;
  private final List<BerthProcess> started = new ArrayList<>();
  private final List<BerthProcess> machines = new ArrayList<>();
  private final List<URI> roots = new ArrayList<>();
  private Namespaces network;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Namespaces.mayBeMade(),
        "this user may make no network namespaces here (ip netns add), so no partition is tried");
    network = Namespaces.make();
    int databasePort = ClusterProcesses.freePort();
    Map<String, String> settings =
        Map.of(
            "BERTH_DATA", folder.resolve("database").toString(),
            "BERTH_MONGODB_PORT", Integer.toString(databasePort));
    started.add(BerthProcess.run(folder, settings, "start", "--role", "embedded-mongodb"));
    started.getFirst().awaitLine(line -> line.startsWith("Ready as "), ClusterProcesses.START);
    Forwarder.start(socket("database"), Integer.toString(databasePort));
    makeCertificates();
    for (int i = 0; i < 2; i++) {
      startMachine(i);
    }
  }

  private String socket(String name) {
    return folder.resolve(name + ".socket").toString();
  }

  private void makeCertificates() throws Exception {
    Path make = Repository.root().resolve("deploy/certificates/make");
    Process making =
        new ProcessBuilder("sh", make.toString(), folder.resolve("keys").toString(), "cluster")
            .start();
    assertThat(making.waitFor()).isZero();
  }

  private void startMachine(int index) throws Exception {
    started.add(
        BerthProcess.java(
            network.inside(index),
            folder,
            Map.of(),
            Forwarder.class.getName(),
            List.of(
                Integer.toString(DATABASE),
                socket("database"),
                socket("http" + index),
                Integer.toString(HTTP))));
    BerthProcess machine =
        BerthProcess.java(
            network.inside(index),
            folder,
            settings(index),
            "dev.berth.launcher.Main",
            List.of("start", "--role", "gateway,control-plane,worker"));
    started.addFirst(machine);
    machines.add(machine);
    machine.awaitLine(line -> line.startsWith("Ready as "), ClusterProcesses.START);
    int port = ClusterProcesses.freePort();
    Forwarder.start(Integer.toString(port), socket("http" + index));
    roots.add(URI.create("http://127.0.0.1:" + port + "/"));
  }

  private Map<String, String> settings(int index) throws Exception {
    Path keys = folder.resolve("keys");
    Map<String, String> own = new HashMap<>(ClusterProcesses.QUICK);
    own.put("BERTH_MASTER_KEY", MASTER_KEY);
    own.put("BERTH_DATA", folder.resolve("data" + index).toString());
    own.put("MONGODB_URI", "mongodb://127.0.0.1:" + DATABASE);
    own.put("BERTH_DATA_SOURCES", "*.mongodb-atlas=own");
    own.put("BERTH_PORT", Integer.toString(HTTP));
    own.put("BERTH_WORKERS", "1");
    own.put("BERTH_WORKER_HEAP", "256m");
    own.put("BERTH_CLUSTER_HOST", Namespaces.HOSTS.get(index));
    own.put("BERTH_CLUSTER_MEMBERS", String.join(",", Namespaces.HOSTS));
    own.put("BERTH_CLUSTER_SECRET", Files.readString(keys.resolve("cluster-secret")).strip());
    own.put("BERTH_CLUSTER_CERTIFICATE", keys.resolve("cluster.pem").toString());
    own.put("BERTH_CLUSTER_KEY", keys.resolve("cluster.key").toString());
    own.put("BERTH_CLUSTER_AUTHORITY", keys.resolve("authority.pem").toString());
    return own;
  }

  @AfterEach
  void stop() {
    started.forEach(BerthProcess::close);
    if (network != null) {
      network.close();
    }
  }

  @Test
  void bothHalvesServeOnAgreeOnWhatIsDeployedAndBecomeOneAgain() {
    String firstKey = machines.getFirst().output();
    Administrator one = Administrator.signedIn(roots.get(0), firstKey);
    Administrator other = Administrator.signedIn(roots.get(1), firstKey);
    MadeApp app = one.create("shop");
    one.deploy(app, version("first"));
    await(() -> answers(0, app, "first") && answers(1, app, "first"));
    List<MadeApp> apps = new ArrayList<>();
    // So many that each machine is the first choice of one.
    for (int i = 0; i < 20; i++) {
      apps.add(one.create("share" + i));
    }
    deploy(one, apps, "it ran");
    await(() -> runOn(0, 1, apps, "it ran"));

    network.cut();

    await(() -> answers(0, app, "first") && answers(1, app, "first"));
    one.deploy(app, version("of one half"));
    await(() -> answers(0, app, "of one half") && answers(1, app, "of one half"));
    other.deploy(app, version("of the other half"));
    await(() -> answers(0, app, "of the other half") && answers(1, app, "of the other half"));
    deploy(one, apps, "it ran here");
    await(() -> runOn(0, 0, apps, "it ran here"));
    assertThat(runOn(0, 1, apps, "it ran here")).isFalse();

    network.mend();

    deploy(one, apps, "it ran again");
    await(() -> runOn(0, 1, apps, "it ran again"));
    await(() -> runOn(1, 0, apps, "it ran again"));
    assertThat(answers(0, app, "of the other half")).isTrue();
    assertThat(answers(1, app, "of the other half")).isTrue();
  }

  private static Map<String, String> version(String text) {
    return Map.of("version", "exports = () => '" + text + "';");
  }

  private static void deploy(Administrator administrator, List<MadeApp> apps, String said) {
    String source = "exports = () => { console.log('" + said + "'); };";
    apps.forEach(app -> administrator.deploy(app, Map.of("say", source)));
  }

  private boolean answers(int machine, MadeApp app, String version) {
    return call(machine, app, "version").body().equals("\"" + version + "\"");
  }

  /// Whether calls at one machine run at the other.
  private boolean runOn(int called, int running, List<MadeApp> apps, String said) {
    apps.forEach(app -> call(called, app, "say"));
    return machines.get(running).output().contains(said);
  }

  private HttpResponse<String> call(int machine, MadeApp app, String route) {
    URI url = roots.get(machine).resolve("/app/" + app.appId() + "/endpoint/" + route);
    return BerthProcess.send(HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()));
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        throw new AssertionError(
            "it did not come about\n"
                + machines.get(0).output()
                + "\n--- the other\n"
                + machines.get(1).output());
      }
      LockSupport.parkNanos(BerthProcess.POLL_NANOS * 100);
    }
  }
}
