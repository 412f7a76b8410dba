package dev.berth.launcher.local;

import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.database.EmbeddedDatabase;
import dev.berth.launcher.database.ExternalDatabase;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.MasterKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A control plane, gateways and workers, each a process of this machine, with the database in
/// this one. Starting and stopping block.
public final class LocalCluster {

  private static final Duration STOP = Duration.ofSeconds(45);

  private final Console console;
  private final Options options;
  private final Database database;

  /// Of the membership, of all processes that will be there: each is to find any other.
  private final List<Integer> clusterPorts;

  /// Other users of this machine can reach its ports; they are not to join.
  private final String secret = UUID.randomUUID().toString();

  private int begun;

  /// In the order in which they stop.
  private final List<LocalProcess> processes = new ArrayList<>();

  /// What a developer asked for.
  ///
  /// @param gateways processes that serve apps
  /// @param workers processes that run app code, each with one worker process
  /// @param port of the first gateway, the next ones follow; 0 takes any free ones
  /// @param adminPort of the control plane; 0 takes any free one
  /// @param data folder of the database, the packages and the master key
  /// @param mongodbUri the database to use instead of the embedded one; may hold a password
  public record Options(
      int gateways, int workers, int port, int adminPort, Path data, @Nullable String mongodbUri) {

    @Override
    public String toString() {
      return "Options[gateways=%d, workers=%d, data=%s]".formatted(gateways, workers, data);
    }
  }

  private LocalCluster(Options options, Console console) throws StartFailure {
    this.options = options;
    this.console = console;
    this.clusterPorts = freePorts(1 + options.gateways() + options.workers());
    String uri = options.mongodbUri();
    this.database = uri == null ? EmbeddedDatabase.open(options.data()) : ExternalDatabase.at(uri);
    try {
      var _ = MasterKeyFile.in(options.data(), System.getenv(), console);
      startAll();
    } catch (StartFailure | RuntimeException | Error failure) {
      stop();
      throw failure;
    }
  }

  /// Starts everything and returns when requests are served.
  ///
  /// @throws StartFailure when one of the processes cannot start; the others are stopped again
  public static LocalCluster start(Options options, Console console) throws StartFailure {
    return new LocalCluster(options, console);
  }

  private void startAll() throws StartFailure {
    List<Integer> gatewayPorts = gatewayPorts();
    Map<String, String> plane = settings();
    // It says where the endpoints of an app are, and serves none itself.
    plane.put("BERTH_PUBLIC_URL", "http://localhost:" + gatewayPorts.getFirst());
    plane.put("BERTH_ADMIN_PORT", Integer.toString(chosen(options.adminPort())));
    // It makes what the others expect in the database.
    LocalProcess controlPlane =
        LocalProcess.start("control-plane", "control-plane", plane, console);
    processes.add(controlPlane);
    controlPlane.awaitReady();
    for (int i = 1; i <= options.workers(); i++) {
      Map<String, String> worker = settings();
      worker.put("BERTH_WORKERS", "1");
      processes.addFirst(LocalProcess.start("worker-" + i, "worker", worker, console));
    }
    List<LocalProcess> gateways = new ArrayList<>();
    for (int i = 1; i <= options.gateways(); i++) {
      Map<String, String> gateway = settings();
      gateway.put("BERTH_PORT", Integer.toString(gatewayPorts.get(i - 1)));
      gateways.add(LocalProcess.start("gateway-" + i, "gateway", gateway, console));
    }
    processes.addAll(0, gateways);
    for (LocalProcess process : processes) {
      process.awaitReady();
    }
    console.say("All processes are ready. Press Ctrl-C to stop them.");
  }

  /// Of the next process.
  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("BERTH_HOST", "127.0.0.1");
    settings.put("BERTH_DATA", options.data().toString());
    settings.put("MONGODB_URI", database.connectionString());
    settings.put("BERTH_CLUSTER_NAME", "local-" + clusterPorts.getFirst());
    settings.put("BERTH_CLUSTER_SECRET", secret);
    settings.put("BERTH_CLUSTER_HOST", "127.0.0.1");
    settings.put("BERTH_CLUSTER_PORT", Integer.toString(clusterPorts.get(begun++)));
    settings.put(
        "BERTH_CLUSTER_MEMBERS",
        clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
    // They end together: there is nowhere else to go meanwhile.
    settings.put("BERTH_LEAVE_AFTER", "0s");
    settings.put("BERTH_DRAIN", "10s");
    // As with `berth dev`: data sources of that usual name are in the database above.
    settings.put(
        DataSourceSettings.VARIABLE,
        System.getenv().getOrDefault(DataSourceSettings.VARIABLE, "*.mongodb-atlas=own"));
    return settings;
  }

  private List<Integer> gatewayPorts() {
    return options.port() == 0
        ? freePorts(options.gateways())
        : IntStream.range(0, options.gateways()).map(i -> options.port() + i).boxed().toList();
  }

  private static int chosen(int port) {
    return port == 0 ? freePort() : port;
  }

  /// Different ones, because all are held until the last is found.
  private static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ports.add(socket.getLocalPort());
      if (count > 1) {
        ports.addAll(freePorts(count - 1));
      }
      return ports;
    } catch (IOException e) {
      throw new IllegalStateException("no port of this machine is free", e);
    }
  }

  private static int freePort() {
    return freePorts(1).getFirst();
  }

  /// Stops everything: first those who take requests, last the database. Blocks until it is done.
  public void stop() {
    List<LocalProcess> all = List.copyOf(processes);
    all.forEach(LocalProcess::end);
    try {
      for (LocalProcess process : all) {
        process.awaitEnd(STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    database.close();
  }
}
