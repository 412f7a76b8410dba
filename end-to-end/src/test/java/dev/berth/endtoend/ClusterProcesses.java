package dev.berth.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of a cluster on loopback, each by its name: `database`, `control-plane`,
/// `gateway-1` and so on. One that was stopped is started again on the same ports.
final class ClusterProcesses implements AutoCloseable {

  static final String MASTER_KEY = "c29tZSBrZXkgdGhhdCBpcyBmb3IgdGhpcyB0ZXN0IG8=";

  /// For a dozen JVMs that live for a minute: to compile well costs more than it brings.
  static final Map<String, String> QUICK =
      Map.of(
          "BERTH_JS", "interpreted",
          "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  /// Many JVMs start at once, and others may use the machine.
  static final Duration START = Duration.ofMinutes(3);

  /// What a process may take for each of its steps to an end, together.
  static final Duration STOP = Duration.ofMinutes(2);

  private static final Duration HEALTH = Duration.ofSeconds(2);

  private static final List<String> OTHERS =
      List.of("control-plane", "worker-1", "worker-2", "gateway-1", "gateway-2");

  /// Below those that systems give to connections that go out.
  private static final int FIRST_PORT = 15_000;

  private static final int PORTS = 15_000;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path folder;
  private final Map<String, BerthProcess> running = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> settings = new HashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final int databasePort = freePort();
  private final Map<String, Integer> clusterPorts =
      Stream.concat(OTHERS.stream(), Stream.of("worker-3", "stranger"))
          .collect(Collectors.toMap(name -> name, _ -> freePort()));

  ClusterProcesses(Path folder) {
    this.folder = folder;
  }

  /// Starts two gateways and two workers, and what they need.
  ///
  /// @return who deploys there
  Administrator form() {
    heal();
    return Administrator.signedIn(url("control-plane", "/"), running("control-plane").output());
  }

  /// Starts what does not run, and waits until all are ready.
  void heal() {
    startIfAway("database");
    awaitReady("database");
    startIfAway("control-plane");
    awaitReady("control-plane");
    OTHERS.forEach(this::startIfAway);
    OTHERS.forEach(this::awaitReady);
  }

  private void startIfAway(String name) {
    BerthProcess process = running.get(name);
    if (process == null || !process.isAlive()) {
      start(name);
    }
  }

  /// Starts a process and does not wait for it.
  void start(String name) {
    String role = name.equals("database") ? "embedded-mongodb" : name.replaceFirst("-\\d+$", "");
    Map<String, String> own = settings.computeIfAbsent(name, this::newSettings);
    running.put(name, BerthProcess.run(folder, own, "start", "--role", role));
  }

  void awaitReady(String name) {
    running(name).awaitLine(line -> line.startsWith("Ready as "), START);
  }

  BerthProcess running(String name) {
    BerthProcess process = running.get(name);
    if (process == null) {
      throw new AssertionError(name + " does not run");
    }
    return process;
  }

  private Map<String, String> newSettings(String name) {
    int port = freePort();
    ports.put(name, port);
    Map<String, String> own = new HashMap<>();
    own.putAll(QUICK);
    own.put("BERTH_MASTER_KEY", MASTER_KEY);
    own.put("BERTH_DATA", folder.resolve("data").toString());
    own.put("BERTH_MONGODB_PORT", Integer.toString(databasePort));
    if (!name.equals("database")) {
      own.put("MONGODB_URI", "mongodb://127.0.0.1:" + databasePort);
    }
    own.put("BERTH_DATA_SOURCES", "*.mongodb-atlas=own");
    own.put("BERTH_CLUSTER_NAME", "tested");
    own.put("BERTH_CLUSTER_PORT", Integer.toString(clusterPorts.getOrDefault(name, 1)));
    own.put(
        "BERTH_CLUSTER_MEMBERS",
        clusterPorts.values().stream()
            .map(each -> "127.0.0.1:" + each)
            .collect(Collectors.joining(",")));
    own.put("BERTH_PORT", Integer.toString(port));
    own.put("BERTH_ADMIN_PORT", Integer.toString(port));
    own.put("BERTH_WORKERS", "1");
    own.put("BERTH_WORKER_HEAP", "256m");
    return own;
  }

  /// A gateway that looks for the others under another name of the cluster.
  BerthProcess stranger() {
    Map<String, String> own = newSettings("stranger");
    own.put("BERTH_CLUSTER_NAME", "another");
    return BerthProcess.run(folder, own, "start", "--role", "gateway");
  }

  /// One that stays free for a process that ends and comes again.
  static int freePort() {
    while (true) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException taken) {
        // The next one may do.
      }
    }
  }

  /// Ends a process without any warning.
  void kill(String name) {
    running(name).kill();
    running.remove(name);
  }

  /// Asks a process to stop, and waits until it has.
  void stop(String name) {
    running(name).terminate(STOP);
    running.remove(name);
  }

  void restart(String name) {
    stop(name);
    start(name);
    awaitReady(name);
  }

  URI url(String name, String path) {
    return URI.create("http://127.0.0.1:" + ports.get(name) + path);
  }

  /// Calls an endpoint through a gateway.
  HttpResponse<String> call(String gateway, String appId, String route) {
    URI url = url(gateway, "/app/" + appId + "/endpoint" + route);
    return BerthProcess.send(HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()));
  }

  /// Whether a gateway says that it wants requests, as a load balancer asks.
  boolean isReady(String gateway) {
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(url(gateway, "/health")).timeout(HEALTH).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException away) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// What all processes have printed, for a test that fails.
  String output() {
    StringBuilder all = new StringBuilder();
    running.forEach(
        (name, process) ->
            all.append("--- ").append(name).append('\n').append(process.output()).append('\n'));
    return all.toString();
  }

  @Override
  public void close() {
    running.values().forEach(BerthProcess::close);
  }
}
