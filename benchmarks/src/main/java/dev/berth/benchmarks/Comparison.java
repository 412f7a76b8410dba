package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Drives several servers in turn with the same load.
///
/// Only ratios of one run mean much: a shared machine is not as fast today as it was yesterday,
/// so the servers take turns and what slows the machine slows all of them.
final class Comparison {

  private static final int WARM_UP_LOADS = 5;

  private final Plan plan;
  private final Load load;
  private final ClientLoad single;

  private Comparison(Plan plan, Load load, ClientLoad single) {
    this.plan = plan;
    this.load = load;
    this.single = single;
  }

  /// What came of it.
  ///
  /// @param load how the servers were driven
  /// @param rounds of each target that was present
  record Result(Plan plan, String load, Map<Target, List<Round>> rounds) {

    /// The rounds of a target; none when it was absent.
    List<Round> of(Target target) {
      return rounds.getOrDefault(target, List.of());
    }

    /// The target that the others are measured by.
    Target first() {
      return rounds.keySet().iterator().next();
    }
  }

  /// Measures everything; takes some minutes.
  static Result of(Plan plan, Path folder) throws IOException, InterruptedException {
    try (ClientLoad own = new ClientLoad(plan.connections(), plan.answer());
        ClientLoad single = new ClientLoad(1, plan.answer())) {
      boolean wrk = !plan.ownClient() && WrkLoad.isInstalled();
      Load load = wrk ? new WrkLoad(folder.resolve("post.lua"), plan.connections()) : own;
      return new Result(plan, load.description(), new Comparison(plan, load, single).everyRound());
    }
  }

  private Map<Target, List<Round>> everyRound() throws IOException, InterruptedException {
    Map<Target, List<Round>> rounds = new LinkedHashMap<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Target target : plan.targets()) {
        if (target instanceof Target.Present present) {
          Round measured = measure(present);
          System.err.printf(
              "round %d, %s: %,.1f requests/s%n",
              round, target.name(), measured.loaded().requestsPerSecond());
          rounds.computeIfAbsent(target, _ -> new ArrayList<>()).add(measured);
        }
      }
    }
    return rounds;
  }

  private Round measure(Target.Present target) throws IOException, InterruptedException {
    try (Target.Running server = target.start()) {
      long firstCall = single.send(server.url(), 1).p50();
      warmUp(server);
      Measured loaded = load.drive(server.url(), plan.measured());
      Measured sequential = single.send(server.url(), plan.callsOneByOne());
      return new Round(server.about(), firstCall, loaded, sequential);
    }
  }

  /// Several short loads rather than a long one: when a load ends, its connections close, and
  /// what the JVM compiled for connections that only ever stay open it compiles again.
  private void warmUp(Target.Running server) throws IOException, InterruptedException {
    Duration each = plan.warmUp().dividedBy(WARM_UP_LOADS);
    if (each.toSeconds() == 0) {
      return;
    }
    for (int i = 0; i < WARM_UP_LOADS; i++) {
      load.drive(server.url(), each);
    }
  }
}
