package dev.berth.launcher;

import dev.berth.appmodel.Secrets;
import dev.berth.gateway.door.Door;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.dev.DevOptions;
import dev.berth.launcher.dev.DevServer;
import dev.berth.launcher.logs.LogFormat;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.launcher.settings.MailUri;
import dev.berth.launcher.settings.ServerFile.Setting;
import dev.berth.launcher.settings.ServerFile;
import dev.berth.launcher.workers.WorkerProcessSettings;
import dev.berth.worker.http.OutboundPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Serves the apps that administrators deploy, until the process is told to stop.
@Command(
    name = "start",
    description = {
      "Serve apps that are deployed through the Admin API, whose users sign in.",
      "At the first start the first administrator is made and shown once."
    },
    sortOptions = false)
final class StartCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--role",
      defaultValue = "all",
      description = "What this process does; all is the only role yet (default: ${DEFAULT-VALUE}).")
  private String role = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The settings, as key=value lines (deploy/berth.properties has all); BERTH_<KEY> in the environment overrides each.")
  private @Nullable Path config;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  StartCommand() {
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws StartFailure, InterruptedException {
    if (!role.equals("all")) {
      throw new StartFailure("there is no role " + role + " yet; there is all");
    }
    Map<String, String> environment = System.getenv();
    DevOptions options = new Reading(ServerFile.read(config, environment)).options(environment);
    Console console =
        new Console(Version.current(), spec.commandLine().getOut(), spec.commandLine().getErr());
    DevServer server = DevServer.start(options, console);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  /// Makes sense of the settings, and collects everything that makes none.
  private record Reading(ServerFile file, List<String> problems) {

    Reading(ServerFile file) {
      this(file, new ArrayList<>());
    }

    DevOptions options(Map<String, String> environment) throws StartFailure {
      Integer port = understood(() -> file.number(Setting.PORT, 65_535));
      Integer workers = understood(() -> file.number(Setting.WORKERS, WorkerProcessSettings.MOST));
      Integer metricsPort = understood(() -> file.number(Setting.METRICS_PORT, 65_535));
      WorkerProcessSettings processes =
          understood(
              () ->
                  WorkerOptions.read(
                      workers == null ? 0 : workers,
                      file.textOrNull(Setting.WORKER_HEAP),
                      environment));
      OutboundPolicy outbound = understood(() -> OutboundPolicy.parse(file.text(Setting.OUTBOUND)));
      Door door = understood(this::door);
      var mail = understood(() -> MailUri.read(environment));
      DataSourceSettings sources = understood(() -> file.dataSources());
      LogFormat format = understood(() -> LogFormat.of(file.text(Setting.LOG_FORMAT)));
      if (!problems.isEmpty()
          || outbound == null
          || door == null
          || sources == null
          || format == null) {
        throw new StartFailure(String.join("\n", problems));
      }
      format.use();
      return new DevOptions(
          List.of(),
          file.text(Setting.HOST),
          port == null ? 0 : port,
          Path.of(file.text(Setting.DATA)),
          Secrets.none(),
          file.textOrNull(Setting.MONGODB_URI),
          processes,
          LimitSettings.standard(),
          outbound,
          metricsPort,
          environment.get("BERTH_JS"),
          door,
          mail,
          true,
          sources);
    }

    private Door door() {
      return DoorOptions.read(
          path(Setting.TLS_CERTIFICATE),
          path(Setting.TLS_KEY),
          file.list(Setting.TRUSTED_PROXIES),
          file.list(Setting.ALLOW_FROM),
          file.textOrNull(Setting.PUBLIC_URL));
    }

    private @Nullable Path path(Setting key) {
      String text = file.textOrNull(key);
      return text == null ? null : Path.of(text);
    }

    private <T extends @Nullable Object> @Nullable T understood(Supplier<T> reading) {
      try {
        return reading.get();
      } catch (IllegalArgumentException mistake) {
        problems.add(String.valueOf(mistake.getMessage()));
        return null;
      }
    }
  }
}
