package dev.berth.benchmarks.neighbours;

import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.DevProcess;
import dev.berth.benchmarks.Facts;
import dev.berth.benchmarks.Meters;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Table;
import dev.berth.benchmarks.neighbours.Attacks.Attack;
import dev.berth.benchmarks.neighbours.Victim.Felt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Two apps on two worker processes: one attacks in a loop, with everything the tests of the
/// runtime know, and the other, called a hundred times a second, should not feel it.
public final class Neighbours implements Benchmark {

  private static final double TARGET_MILLIS = 50;
  private static final double TARGET_FACTOR = 3;
  private static final double TARGET_LOST = 0.001;

  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final int REHEARSED_EVERY = 5;
  private static final Duration REHEARSAL = Duration.ofSeconds(2);
  private static final Duration ALONE = Duration.ofSeconds(20);

  /// Of what all worker processes hold: a worker that has met many functions knows more than one
  /// that has met none.
  private static final long MORE_HEAP_MEGABYTES = 64;

  /// The pools of Vert.x in each process fill up to their size, however little there is to do.
  private static final long POOL_THREADS = 20;

  private static final long MORE_THREADS = 16;
  private static final long MORE_FILES = 32;

  /// How long a replaced worker may take to be gone.
  private static final Duration LEAVING = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(100);

  @Override
  public String name() {
    return "neighbours";
  }

  @Override
  public String usage() {
    return """
      neighbours: what an app feels while another attacks, with two worker processes
          --seconds N        of each attack (default: 4)
          --attack TEXT,...  only attacks with one of these texts in their name
      """;
  }

  /// @param replaced workers that died or were replaced meanwhile
  /// @param left what the worker processes held when it was over
  private record Row(
      Attack attack, long calls, String end, Felt felt, int replaced, Meters.Held left) {}

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    Duration length = Duration.ofSeconds(arguments.number("--seconds", 4));
    String wanted = arguments.text("--attack");
    arguments.end();
    Path root = run.folder().resolveSibling("");
    List<Attack> attacks =
        Attacks.read(root).stream()
            .filter(attack -> wanted == null || isNamed(attack, wanted.split(",", -1)))
            .toList();
    Path attacker = Files.createTempDirectory("berth-attacker");
    Attacks.write(attacks, attacker);
    // A client of its own for the attacker: what its answers cost it is not the server's doing.
    try (HttpClient http = HttpClient.newHttpClient();
        HttpClient attackers = HttpClient.newHttpClient();
        DevProcess berth =
            DevProcess.start(
                List.of(
                    "--workers=2",
                    "--metrics-port=0",
                    "--limit=cpu-time=1s",
                    "--limit=time=5s",
                    run.app("hello").toString(),
                    attacker.toString()))) {
      Victim victim = new Victim(http, URI.create(berth.url()));
      Meters meters = new Meters(http, URI.create(berth.metricsUrl()));
      URI attackerUrl = URI.create(berth.url()).resolve("/app/attacker-abcde/endpoint");
      victim.feel(WARM_UP);
      Felt alone = victim.feel(ALONE);
      rehearse(attacks, attackerUrl, attackers, victim);
      Meters.Held before = calm(berth, meters, meters.workers().processes());
      List<Row> rows = new ArrayList<>();
      for (Attack attack : attacks) {
        System.err.println(attack.name());
        rows.add(attack(attack, attackerUrl, attackers, victim, berth, meters, before, length));
      }
      Felt after = victim.feel(ALONE);
      Meters.Held left = calm(berth, meters, before.processes());
      run.publish(name(), report(run, berth.about(), alone, after, rows, before, left, meters));
    }
  }

  private static boolean isNamed(Attack attack, String... wanted) {
    return Arrays.stream(wanted).anyMatch(attack.name()::contains);
  }

  /// Lets the processes compile, load and start what attacks of any kind make them need: what is
  /// looked for is what grows with each attack, and not what the first of them takes once.
  private static void rehearse(List<Attack> attacks, URI url, HttpClient http, Victim victim)
      throws InterruptedException {
    for (int i = 0; i < attacks.size(); i += REHEARSED_EVERY) {
      Attacker attacker = Attacker.begin(http, URI.create(url + attacks.get(i).route()));
      victim.feel(REHEARSAL);
      attacker.stop();
    }
  }

  private static Row attack(
      Attack attack,
      URI url,
      HttpClient http,
      Victim victim,
      DevProcess berth,
      Meters meters,
      Meters.Held before,
      Duration length)
      throws IOException, InterruptedException {
    double replaced = meters.main("berth_workers_replaced_total");
    Attacker attacker = Attacker.begin(http, URI.create(url + attack.route()));
    Felt felt = victim.feel(length);
    // What was begun ends within its limits; the next attack is not to be blamed for it.
    attacker.stop();
    int more = (int) (meters.main("berth_workers_replaced_total") - replaced);
    return new Row(
        attack,
        attacker.calls(),
        attacker.mostFrequentEnd(),
        felt,
        more,
        calm(berth, meters, before.processes()));
  }

  /// What the worker processes hold when they have nothing to do and are as many as at first.
  private static Meters.Held calm(DevProcess berth, Meters meters, int processes)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LEAVING.toNanos();
    Meters.Held workers = meters.workers();
    while (workers.processes() != processes && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
      workers = meters.workers();
    }
    berth.collectGarbage();
    return meters.workers();
  }

  private String report(
      Run run,
      String about,
      Felt alone,
      Felt after,
      List<Row> rows,
      Meters.Held before,
      Meters.Held left,
      Meters meters)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            "attack",
            "its calls",
            "most ended",
            "calls of the neighbour",
            "failed",
            "lost",
            "p50 ms",
            "p99 ms",
            "longest ms",
            "workers replaced",
            "heap MB afterwards",
            "threads",
            "files");
    table.row(cells("none, before", "", "", alone, "", before));
    for (Row row : rows) {
      table.row(
          cells(
              row.attack().name(),
              Long.toString(row.calls()),
              row.end().replace("|", "\\|"),
              row.felt(),
              Integer.toString(row.replaced()),
              row.left()));
    }
    table.row(cells("none, after", "", "", after, "", left));
    return run.title(name())
        + "\n\n"
        + table
        + "\n"
        + verdict(alone, rows, before, left)
        + "\n"
        + run.facts()
            .with("Berth", about)
            .with(
                "limits",
                "cpu-time 1s and time 5s. With those of docs/limits.md, attacks run longer, and an app is a suspect only once a call of it was ended")
            .with(
                "longest time until a successor served",
                String.format(
                    Locale.ROOT,
                    "%.0f ms",
                    1000 * meters.main("berth_worker_replacement_longest_seconds")));
  }

  private static String[] cells(
      String attack, String attacks, String end, Felt felt, String replaced, Meters.Held left) {
    return new String[] {
      attack,
      attacks,
      end,
      Long.toString(felt.calls()),
      Long.toString(felt.failed()),
      Long.toString(felt.lost()),
      String.format(Locale.ROOT, "%.1f", felt.p50()),
      String.format(Locale.ROOT, "%.1f", felt.p99()),
      String.format(Locale.ROOT, "%.0f", felt.max()),
      replaced,
      Long.toString(left.heapMegabytes()),
      Long.toString(left.threads()),
      Long.toString(left.files())
    };
  }

  private static Facts verdict(Felt alone, List<Row> rows, Meters.Held before, Meters.Held left) {
    double bound = Math.max(TARGET_MILLIS, TARGET_FACTOR * alone.p99());
    List<String> slow =
        rows.stream()
            .filter(row -> row.felt().p99() > bound)
            .map(row -> row.attack().name())
            .toList();
    List<String> more =
        rows.stream()
            .filter(row -> isMuchMore(row.left(), before))
            .map(row -> row.attack().name())
            .toList();
    long calls = rows.stream().mapToLong(row -> row.felt().calls()).sum();
    long lost = rows.stream().mapToLong(row -> row.felt().lost()).sum();
    long failed = rows.stream().mapToLong(row -> row.felt().failed()).sum();
    return new Facts()
        .with(
            "p99",
            String.format(
                Locale.ROOT,
                "target at most %.0f ms during every attack; %d of %d attacks missed it%s",
                bound,
                slow.size(),
                rows.size(),
                slow.isEmpty() ? "" : ": " + String.join(", ", slow)))
        .with(
            "failed calls",
            String.format(
                Locale.ROOT,
                "%d of %d, %d of them lost with a worker, %.2f in 1,000; target none but those, at most %.1f in 1,000: %s",
                failed,
                calls,
                lost,
                1000.0 * lost / calls,
                TARGET_LOST * 1000,
                failed <= lost && lost <= TARGET_LOST * calls ? "met" : "missed"))
        .with(
            "what is left",
            String.format(
                Locale.ROOT,
                "target at most %d MB of heap, %d threads and %d files more than before, of all worker processes: %s; %d of %d attacks left more at first%s",
                MORE_HEAP_MEGABYTES,
                moreThreads(before),
                MORE_FILES,
                isMuchMore(left, before) ? "missed" : "met",
                more.size(),
                rows.size(),
                more.isEmpty() ? "" : ": " + String.join(", ", more)));
  }

  private static long moreThreads(Meters.Held before) {
    return MORE_THREADS + POOL_THREADS * before.processes();
  }

  private static boolean isMuchMore(Meters.Held left, Meters.Held before) {
    return left.heapMegabytes() > before.heapMegabytes() + MORE_HEAP_MEGABYTES
        || left.threads() > before.threads() + moreThreads(before)
        || left.files() > before.files() + MORE_FILES;
  }
}
