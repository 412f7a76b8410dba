package dev.berth.benchmarks.manyapps;

import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.ClientLoad;
import dev.berth.benchmarks.Hello;
import dev.berth.benchmarks.JvmOptions;
import dev.berth.benchmarks.Latencies;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How much memory many apps take in one JVM, each with one warm context.
public final class Density implements Benchmark {

  private static final int APPS = 1_000;
  private static final String HEAP = "1536m";

  /// Calls of another app before, so that what a first call loads is loaded.
  private static final int CALLS_BEFORE = 200;

  @Override
  public String name() {
    return "density";
  }

  @Override
  public String usage() {
    return """
      density: many apps in one JVM with one warm context each; the JVM ends when they do not fit
          --apps N           (%d)
          --heap SIZE        the most the heap may take (%s)
      """
        .formatted(APPS, HEAP);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException {
    int apps = arguments.number("--apps", APPS);
    String chosen = arguments.text("--heap");
    String heap = chosen == null ? HEAP : chosen;
    arguments.end();
    List<String> options = JvmOptions.withHeap(heap);
    // The app that was there first has contexts too.
    try (ManyApps server = ManyApps.start(run, options, 2 * apps)) {
      run.publish(name(), measure(run, server, apps, heap) + facts(run, server, options));
    }
  }

  private static String measure(Run run, ManyApps server, int apps, String heap)
      throws IOException {
    Table table = new Table(apps + " apps", "heap, MB", "per app, KB", "memory of the process, MB");
    int idleBefore = callTheFirst(server);
    Memory before = Memory.of(server);
    table.row(before.cells("before"));

    long begin = System.nanoTime();
    server.deploy(0, apps);
    server.awaitIdle(idleBefore + apps);
    double seconds = (System.nanoTime() - begin) / 1e9;
    table.row(Memory.of(server).cells("all warm", before, apps));

    Latencies first = callEach(server, apps);
    Latencies second = callEach(server, apps);
    table.row(Memory.of(server).cells("each called twice", before, apps));
    server.awaitIdle(apps);

    return run.title("density")
        + "\n\n"
        + table
        + String.format(
            Locale.ROOT,
            "%nAll were warm after %.1f s, %.1f ms for each. ",
            seconds,
            seconds * 1000 / apps)
        + calls("first", first)
        + calls("second", second)
        + verdict(apps, heap)
        + "\n";
  }

  /// A JVM that gets here has not run out of memory.
  private static String verdict(int apps, String heap) {
    return apps == APPS && heap.equals(HEAP)
        ? "%n%nTarget: %,d apps in a heap of %s, met.%n".formatted(apps, heap)
        : "\n";
  }

  private static int callTheFirst(ManyApps server) throws IOException {
    try (ClientLoad client = new ClientLoad(1, null)) {
      for (int i = 0; i < CALLS_BEFORE; i++) {
        client.call(server.firstUrl(), Hello.ANSWER);
      }
    }
    return server.idle();
  }

  private static Latencies callEach(ManyApps server, int apps) {
    Latencies latencies = new Latencies();
    for (int number = 0; number < apps; number++) {
      latencies.add(TimeUnit.MICROSECONDS.toNanos(server.call(number)));
    }
    return latencies;
  }

  private static String calls(String which, Latencies latencies) {
    return String.format(
        Locale.ROOT,
        "The %s call of each took %.2f ms at p50, %.2f at p95, %.2f at most. ",
        which,
        latencies.percentile(0.5) / 1000.0,
        latencies.percentile(0.95) / 1000.0,
        latencies.percentile(1) / 1000.0);
  }

  private static String facts(Run run, ManyApps server, List<String> options) {
    return run.facts()
        .with("server", "gateway, bus and worker in one JVM; " + server.about())
        .with("options of the server", "`" + String.join(" ", options) + "`")
        .with("heap", "what survives a full collection")
        .with("per app", "what it has more than before, by the number of apps")
        .toString();
  }

  /// @param residentKilobytes negative where the system does not tell
  private record Memory(long heapBytes, long residentKilobytes) {

    static Memory of(ManyApps server) throws IOException {
      return new Memory(server.liveHeap(), resident(server.pid()));
    }

    private static long resident(long pid) throws IOException {
      Path status = Path.of("/proc", String.valueOf(pid), "status");
      if (!Files.exists(status)) {
        return -1;
      }
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(-1L);
    }

    String[] cells(String when) {
      String resident =
          residentKilobytes < 0 ? "not known" : "%,d".formatted(residentKilobytes / 1024);
      return new String[] {when, "%,d".formatted(heapBytes >> 20), "", resident};
    }

    String[] cells(String when, Memory before, int apps) {
      String[] cells = cells(when);
      cells[2] = "%,d".formatted((heapBytes - before.heapBytes) / apps / 1024);
      return cells;
    }
  }
}
