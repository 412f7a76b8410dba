package dev.berth.benchmarks;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The results as Markdown.
///
/// @param rounds in the order of the targets, of which the first is the bare one
record Report(
    LocalDate date,
    Machine machine,
    String commit,
    String command,
    String serverOptions,
    String load,
    Options options,
    String note,
    Map<Target, List<Round>> rounds) {

  String fileName() {
    return date + "-" + machine.hostClass() + ".md";
  }

  String text() {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(date).append(", ").append(machine.hostClass()).append("\n\n");
    out.append(
        "| | requests/s | of bare | p50 ms | p99 ms | first call ms | one by one: p50 ms | p99 ms |\n");
    out.append("|---|---|---|---|---|---|---|---|\n");
    double bare = requestsPerSecond(rounds.values().iterator().next());
    rounds.forEach((target, measured) -> out.append(row(target, measured, bare)));
    out.append("\nEach number is the median of its rounds. Requests/s of each round:\n\n");
    rounds.forEach(
        (target, measured) ->
            out.append("- %s: %s%n".formatted(target.name(), everyRound(measured))));
    out.append('\n').append(facts());
    return out.toString();
  }

  private static String row(Target target, List<Round> rounds, double bare) {
    double perSecond = requestsPerSecond(rounds);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.2f | %.2f | %.2f | %.0f | %.3f | %.3f |%n",
        target.name(),
        perSecond,
        perSecond / bare,
        Round.median(rounds, round -> round.loaded().p50()) / 1000,
        Round.median(rounds, round -> round.loaded().p99()) / 1000,
        Round.median(rounds, Round::firstCallMicros) / 1000,
        Round.median(rounds, round -> round.sequential().p50()) / 1000,
        Round.median(rounds, round -> round.sequential().p99()) / 1000);
  }

  private static double requestsPerSecond(List<Round> rounds) {
    return Round.median(rounds, round -> round.loaded().requestsPerSecond());
  }

  private static String everyRound(List<Round> rounds) {
    return String.join(
        ", ",
        rounds.stream()
            .map(round -> String.format(Locale.ROOT, "%,.0f", round.loaded().requestsPerSecond()))
            .toList());
  }

  private String facts() {
    StringBuilder out = new StringBuilder();
    fact(out, "note", note);
    fact(out, "command", "`" + command + "`");
    fact(out, "commit", commit);
    fact(
        out,
        "machine",
        "%s, %d cores, %s".formatted(machine.cpu(), machine.cores(), machine.system()));
    fact(out, "load average before", String.format(Locale.ROOT, "%.2f", machine.load()));
    fact(out, "JDK", machine.jdk());
    fact(out, "options of the servers", "`" + serverOptions + "`");
    fact(out, "load", load);
    fact(
        out,
        "each round",
        "%d s warm-up in five loads, %d s measured, a new JVM; %d rounds, in turn"
            .formatted(
                options.warmUp().toSeconds(), options.measured().toSeconds(), options.rounds()));
    rounds.forEach((target, measured) -> fact(out, target.name(), measured.getFirst().about()));
    return out.toString();
  }

  private static void fact(StringBuilder out, String name, String value) {
    if (!value.isBlank()) {
      out.append("- ").append(name).append(": ").append(value).append('\n');
    }
  }
}
