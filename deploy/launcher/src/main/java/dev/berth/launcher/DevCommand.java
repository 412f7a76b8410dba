package dev.berth.launcher;

import dev.berth.appmodel.Secrets;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.dev.DevOptions;
import dev.berth.launcher.dev.DevServer;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.launcher.settings.MailUri;
import dev.berth.launcher.settings.TraceSettings;
import dev.berth.worker.http.OutboundPolicy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Serves apps on the machine of their developer until the process is told to stop.
@Command(
    name = "dev",
    description = {
      "Serve the apps in these folders and follow every change of their files.",
      "All data is kept in an embedded database, or in the MongoDB that MONGODB_URI names."
    },
    sortOptions = false)
final class DevCommand implements Callable<Integer> {

  private static final Pattern SECRET =
      Pattern.compile("(?<name>[A-Za-z0-9][A-Za-z0-9_-]{0,63})=(?<value>.*)", Pattern.DOTALL);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of exported apps.")
  private List<Path> folders = List.of();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen on; 0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 lets other machines in (default: ${DEFAULT-VALUE}).")
  private String host = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".berth",
      description = "Folder of the embedded database (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--secret",
      paramLabel = "NAME=VALUE",
      description = "A secret of the apps; may be repeated.")
  private List<String> secrets = List.of();

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Run app code in that many processes of its own; 0 runs it in this one (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--limit",
      paramLabel = "NAME=VALUE",
      description = "A limit, such as time=30s or memory=256m; may be repeated (docs/limits.md).")
  private List<String> limits = List.of();

  @Option(
      names = "--outbound",
      paramLabel = "WHERE",
      defaultValue = "any",
      description =
          "Where functions may send HTTP requests: any but what a cloud tells its machines, or public for the internet alone; +RANGE and -RANGE after commas allow and refuse addresses, as in public,+10.1.0.0/16 (default: ${DEFAULT-VALUE}).")
  private String outbound = "";

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Port where Prometheus reads /metrics; 0 takes any free one (default: nowhere).")
  private @Nullable Integer metricsPort;

  @Option(
      names = "--worker-heap",
      paramLabel = "SIZE",
      description = "Heap of each worker process, at least 128m (default: 512m).")
  private @Nullable String workerHeap;

  @Mixin private DoorOptions door = new DoorOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  DevCommand() {
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws StartFailure, InterruptedException {
    checkPort("--port", port);
    if (metricsPort != null) {
      checkPort("--metrics-port", metricsPort);
    }
    DevOptions options =
        new DevOptions(
                folders,
                host,
                port,
                data,
                readSecrets(),
                System.getenv("MONGODB_URI"),
                understood("", () -> WorkerOptions.read(workers, workerHeap, System.getenv())),
                understood("--limit: ", () -> LimitSettings.parse(limits)),
                understood("--outbound: ", () -> OutboundPolicy.parse(outbound)),
                metricsPort,
                System.getenv("BERTH_JS"),
                understood("", door::read),
                understood("", () -> MailUri.read(System.getenv())))
            .with(understood("", () -> TraceSettings.ofEnvironment(System.getenv())));
    Console console =
        new Console(Version.current(), spec.commandLine().getOut(), spec.commandLine().getErr());
    DevServer server = DevServer.start(options, console);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    // Until a signal ends the process, which then exits with 128 and the number of the signal.
    new CountDownLatch(1).await();
    return 0;
  }

  private void checkPort(String option, int value) {
    if (value < 0 || value > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "%s must be between 0 and 65535, and is %d".formatted(option, value));
    }
  }

  /// Reads what the developer wrote; a mistake in it ends the command with one line.
  ///
  /// @param option what the mistake is in; empty when the message says so
  private <T extends @Nullable Object> T understood(String option, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException mistake) {
      throw new ParameterException(spec.commandLine(), option + mistake.getMessage(), mistake);
    }
  }

  private Secrets readSecrets() {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < secrets.size(); i++) {
      var parts = SECRET.matcher(secrets.get(i));
      if (!parts.matches()) {
        // Whatever it is, it may hold the secret: it is not shown.
        throw new ParameterException(
            spec.commandLine(),
            "--secret (number %d) must be NAME=VALUE, with a name of up to 64 letters, digits, _ and -, the first a letter or digit"
                .formatted(i + 1));
      }
      if (byName.put(parts.group("name"), parts.group("value")) != null) {
        throw new ParameterException(
            spec.commandLine(), "--secret " + parts.group("name") + " is given twice");
      }
    }
    return Secrets.of(byName);
  }
}
