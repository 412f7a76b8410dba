package dev.berth.launcher;

import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.dev.DevServer;
import dev.berth.launcher.roles.RoleProcess;
import dev.berth.launcher.settings.ServerFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
      paramLabel = "ROLES",
      description =
          "What this process does: all, or any of gateway, worker, control-plane and embedded-mongodb with commas (default: ${DEFAULT-VALUE}).")
  private String role = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The settings, as key=value lines (deploy/berth.properties has all); BERTH_<KEY> in the environment overrides each.")
  private @Nullable Path config;

  @Option(
      names = "--ends-with-starter",
      hidden = true,
      description = "Stop when the standard input is closed.")
  private boolean endsWithStarter;

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
    Map<String, String> environment = System.getenv();
    ServerSettings settings = new ServerSettings(ServerFile.read(config, environment), environment);
    Console console =
        new Console(Version.current(), spec.commandLine().getOut(), spec.commandLine().getErr());
    if (endsWithStarter) {
      endWithStarter();
    }
    Runnable stop =
        role.equals("all")
            ? DevServer.start(settings.alone(), console)::stop
            : RoleProcess.start(settings.inCluster(role), console)::stop;
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  /// Stops this process when nobody holds the other end of its input any more.
  private static void endWithStarter() {
    Thread.ofPlatform()
        .daemon()
        .name("starter")
        .start(
            () -> {
              try {
                var _ = System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // What cannot be read is as good as closed.
              }
              System.exit(0);
            });
  }
}
