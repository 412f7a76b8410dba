package dev.berth.launcher;

import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.local.LocalCluster;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Starts a cluster on this machine, until the process is told to stop.
@Command(
    name = "cluster",
    description = {
      "Start a control plane, gateways and workers as processes of this machine, to try a cluster.",
      "All data is kept in an embedded database, or in the MongoDB that MONGODB_URI names."
    },
    sortOptions = false)
final class ClusterCommand implements Callable<Integer> {

  private static final int MOST = 16;

  @Spec private CommandSpec spec;

  @Option(
      names = "--gateways",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes that serve apps (default: ${DEFAULT-VALUE}).")
  private int gateways;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Processes that run app code, each with one worker process and one ahead (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description =
          "Port of the first gateway, the next ones follow; 0 takes any free ones (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--admin-port",
      defaultValue = "8090",
      description = "Port of the Admin API; 0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int adminPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".berth",
      description = "Folder of the embedded database (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  ClusterCommand() {
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws StartFailure, InterruptedException {
    check("--gateways", gateways, 1, MOST);
    check("--workers", workers, 1, MOST);
    check("--port", port, 0, 65_535 - MOST);
    check("--admin-port", adminPort, 0, 65_535);
    Console console =
        new Console(Version.current(), spec.commandLine().getOut(), spec.commandLine().getErr());
    var options =
        new LocalCluster.Options(
            gateways, workers, port, adminPort, data, System.getenv("MONGODB_URI"));
    LocalCluster cluster = LocalCluster.start(options, console);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::stop, "stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  private void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be between %d and %d, and is %d".formatted(option, least, most, value));
    }
  }
}
