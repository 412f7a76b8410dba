package dev.berth.launcher.local;

import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// One process of a local cluster. What it says is shown with its name before it.
final class LocalProcess {

  private static final String READY = "Ready as ";

  /// Workers wait for JVMs of their own.
  private static final Duration START = Duration.ofMinutes(4);

  private final String name;
  private final Process process;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private volatile boolean stopping;

  private LocalProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /// Starts a process with a role. It ends with this one, however that ends.
  ///
  /// @param settings as variables of its environment
  static LocalProcess start(String name, String role, Map<String, String> settings, Console console)
      throws StartFailure {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-agentlib"))
        .filter(option -> !option.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.berth.launcher.Main",
            "start",
            "--ends-with-starter",
            "--role",
            role));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(settings);
    try {
      LocalProcess started = new LocalProcess(name, builder.start());
      Thread.ofPlatform().daemon().name("berth-" + name).start(() -> started.follow(console));
      return started;
    } catch (IOException e) {
      throw new StartFailure("cannot start %s: %s".formatted(name, e.getMessage()));
    }
  }

  private void follow(Console console) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          console.say("[" + name + "] " + line);
        }
        if (line.startsWith(READY)) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      // A process that is killed closes its streams at any moment.
    }
    if (!ready.completeExceptionally(new StartFailure(name + " ended before it was ready"))
        && !stopping) {
      console.complain(name + " has ended");
    }
  }

  /// Blocks until it does what it is for.
  ///
  /// @throws StartFailure when it has ended, or takes too long
  void awaitReady() throws StartFailure {
    try {
      var _ = ready.orTimeout(START.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StartFailure ended
          ? ended
          : new StartFailure(name + " was not ready within " + START.toMinutes() + " minutes");
    }
  }

  /// Asks it to end.
  void end() {
    stopping = true;
    // Unlike that of the process, it leaves the streams open: what it says at its end is shown.
    var _ = process.toHandle().destroy();
  }

  /// Blocks until it has ended, and ends it when that takes too long.
  void awaitEnd(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      var _ = process.destroyForcibly().waitFor();
    }
  }
}
