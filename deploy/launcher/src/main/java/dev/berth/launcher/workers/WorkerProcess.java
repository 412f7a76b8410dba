package dev.berth.launcher.workers;

import dev.berth.launcher.logs.LogFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A worker process as the one that started it sees it. Safe from any thread.
final class WorkerProcess {

  /// Buffers of connections. What app code waits for comes to a quarter of the heap at most.
  private static final long LEAST_DIRECT_BYTES = 128L * 1024 * 1024;

  /// Small enough that all of it is copied in some 50 ms.
  private static final long YOUNG_BYTES = 24L * 1024 * 1024;

  /// The system property that names the start-up cache of workers.
  private static final String CACHE = "berth.workers.cache";

  /// Options that are about the heap of this process.
  private static final Pattern OF_THIS_HEAP =
      Pattern.compile(
          "-Xm|-XX:(\\+Use\\w+GC$|(Soft)?MaxHeapSize|InitialHeapSize|(Max)?NewSize|SurvivorRatio|PretenureSizeThreshold)");

  /// Classes, which app code cannot add to: a few times of what the JVM, the engine and its
  /// compiler need.
  private static final long METASPACE_BYTES = 512L * 1024 * 1024;

  /// What classes take in a worker that has warmed up. Each time they take more than the JVM
  /// expects, it collects the whole heap.
  private static final long EXPECTED_METASPACE_BYTES = 128L * 1024 * 1024;

  private final String name;
  private final Process process;
  private final long startedNanos = System.nanoTime();

  private WorkerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /// Starts a process. Its log goes where ours goes.
  ///
  /// @param heapBytes the most its heap may take
  /// @param jvmOptions besides those of this process
  /// @param onLine gets what it says, on a thread of its own
  /// @param onExit hears of its end after the last line
  static WorkerProcess start(
      String name,
      long heapBytes,
      List<String> jvmOptions,
      Map<String, String> environment,
      BiConsumer<WorkerProcess, WorkerLine> onLine,
      Consumer<WorkerProcess> onExit)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(shielded(command(heapBytes, jvmOptions)))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(WorkerProcess::isNotForWorkers);
    builder.environment().putAll(environment);
    builder.environment().put(LogFormat.VARIABLE, LogFormat.current().spelling());
    WorkerProcess worker = new WorkerProcess(name, builder.start());
    try {
      Thread.ofPlatform()
          .daemon()
          .name("berth-" + name)
          .start(
              () -> {
                worker.follow(onLine);
                onExit.accept(worker);
              });
    } catch (OutOfMemoryError noThread) {
      worker.kill();
      throw new IOException("no thread can be started for it", noThread);
    }
    return worker;
  }

  /// A signal from the terminal, such as Ctrl-C, goes to all processes of a group. A worker is told
  /// to end by the process that started it, which lets calls in flight end first; when that one is
  /// gone, it ends by itself. A JVM leaves signals alone that were ignored when it started.
  private static List<String> shielded(List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("/bin/sh", "-c", "trap '' HUP INT TERM; exec \"$@\"", "berth-worker"));
    all.addAll(command);
    return all;
  }

  /// Settings of this process, among them the master key and passwords: a worker is told what
  /// it has to know.
  private static boolean isNotForWorkers(String variable) {
    return variable.equals("MONGODB_URI")
        || variable.startsWith("SMTP_")
        || variable.startsWith("OTEL_")
        || variable.startsWith("BERTH_");
  }

  /// The JVM and the options of this process, but with a heap of its own and an end when that is
  /// full: a JVM that has run out of memory may be broken anywhere.
  static List<String> command(long heapBytes, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !OF_THIS_HEAP.matcher(option).lookingAt())
        .filter(option -> !option.startsWith("-XX:AOTCache"))
        .filter(option -> !option.startsWith("-D" + CACHE))
        .filter(option -> !option.startsWith("-agentlib"))
        .filter(option -> !option.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(jvmOptions);
    String cache = System.getProperty(CACHE);
    if (cache != null && jvmOptions.isEmpty()) {
      // It fits only the modules it was made with.
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(List.of("-Xmx" + heapBytes, "-XX:+ExitOnOutOfMemoryError"));
    command.add("-XX:MaxDirectMemorySize=" + Math.max(LEAST_DIRECT_BYTES, heapBytes / 2));
    command.add("-XX:MetaspaceSize=" + EXPECTED_METASPACE_BYTES);
    command.add("-XX:MaxMetaspaceSize=" + METASPACE_BYTES);
    // The watch over the heap has to collect, whatever this process was told.
    command.add("-XX:-DisableExplicitGC");
    // What the watch over the heap knows: large pieces go where it looks, and not there by way of
    // the young ones, of which there are few: to copy what an attack keeps stops all calls here.
    command.add("-XX:+UseSerialGC");
    command.add("-XX:PretenureSizeThreshold=1048576");
    command.add("-XX:MaxNewSize=" + YOUNG_BYTES);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.berth.launcher.Main", "worker"));
    return command;
  }

  private void follow(BiConsumer<WorkerProcess, WorkerLine> onLine) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        WorkerLine line = WorkerLine.read(text);
        if (line != null) {
          onLine.accept(this, line);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Its output ends when it does, and only that counts.
    }
    process.onExit().join();
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  long ageMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }

  int exitCode() {
    return process.exitValue();
  }

  /// Gives an order. When the process is dead its end is on its way anyhow.
  void tell(String order) {
    try {
      OutputStream orders = process.getOutputStream();
      orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
      orders.flush();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  /// Ends it at once.
  void kill() {
    process.destroyForcibly();
  }

  /// Waits for its end, and kills it when that takes longer. Blocks.
  void awaitEnd(long millis) throws InterruptedException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
