package dev.berth.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The results of a comparison as Markdown.
record Report(Run run, String subject, Comparison.Result result) {

  String text() {
    return run.title(subject)
        + "\n\n"
        + table()
        + "\nEach number is the median of its rounds. Requests/s of each round:\n\n"
        + everyRound()
        + "\n"
        + facts();
  }

  /// Whether a target was measured.
  boolean has(Target target) {
    return !result.of(target).isEmpty();
  }

  /// How many requests a target answered in a second, by those of the first.
  double ratio(Target target) {
    return requestsPerSecond(result.of(target)) / requestsPerSecond(result.of(result.first()));
  }

  private Table table() {
    Table table =
        new Table(
            "",
            "requests/s",
            "of " + result.first().name(),
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "first call ms",
            "one by one: p50 ms",
            "p95 ms",
            "p99 ms");
    for (Target target : result.plan().targets()) {
      switch (target) {
        case Target.Absent(String name, String reason) -> table.row(name, "not run: " + reason);
        case Target.Present present -> table.row(cells(present));
      }
    }
    return table;
  }

  private String[] cells(Target target) {
    List<Round> rounds = result.of(target);
    return new String[] {
      target.name(),
      perSecond(requestsPerSecond(rounds)),
      String.format(Locale.ROOT, "%.2f", ratio(target)),
      millis("%.2f", rounds, round -> round.loaded().p50()),
      millis("%.2f", rounds, round -> round.loaded().p95()),
      millis("%.2f", rounds, round -> round.loaded().p99()),
      millis("%.0f", rounds, Round::firstCallMicros),
      millis("%.3f", rounds, round -> round.sequential().p50()),
      millis("%.3f", rounds, round -> round.sequential().p95()),
      millis("%.3f", rounds, round -> round.sequential().p99())
    };
  }

  private static String millis(String format, List<Round> rounds, ToDoubleFunction<Round> micros) {
    return String.format(Locale.ROOT, format, Round.median(rounds, micros) / 1000);
  }

  private static double requestsPerSecond(List<Round> rounds) {
    return Round.median(rounds, round -> round.loaded().requestsPerSecond());
  }

  private static String perSecond(double requests) {
    return String.format(Locale.ROOT, requests < 1000 ? "%,.1f" : "%,.0f", requests);
  }

  private Facts everyRound() {
    Facts facts = new Facts();
    result
        .rounds()
        .forEach(
            (target, rounds) ->
                facts.with(
                    target.name(),
                    String.join(
                        ", ",
                        rounds.stream()
                            .map(round -> perSecond(round.loaded().requestsPerSecond()))
                            .toList())));
    return facts;
  }

  private Facts facts() {
    Plan plan = result.plan();
    Facts facts =
        run.facts()
            .with("load", result.load())
            .with(
                "each round",
                "%d s warm-up in five loads, %d s measured, %,d calls one by one, a new process; %d rounds, in turn"
                    .formatted(
                        plan.warmUp().toSeconds(),
                        plan.measured().toSeconds(),
                        plan.callsOneByOne(),
                        plan.rounds()));
    result
        .rounds()
        .forEach((target, rounds) -> facts.with(target.name(), rounds.getFirst().about()));
    return facts;
  }
}
