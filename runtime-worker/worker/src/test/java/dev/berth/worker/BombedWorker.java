package dev.berth.worker;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.ExecutionLimits;
import dev.berth.jsruntime.JsEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A worker in a JVM of its own that gets one bomb after the other, while another app is called
/// without a pause. Its output is one line for each bomb: what became of it, and how many calls
/// of the other app failed in any way but a refusal.
final class BombedWorker {

  private static final AppId VICTIM = new AppId("victim-abcde");

  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final Worker worker =
      Worker.start(
          new WorkerSettings(4, 2, 10, 100, 20, ExecutionLimits.standard()),
          JsEngine.start(),
          catalog,
          Map.of(),
          line -> {},
          WorkerMetrics.NONE);
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();

  private BombedWorker() {}

  /// Runs the bombs, and ends the JVM.
  ///
  /// @param bombs the bodies of functions
  public static void main(String[] bombs) {
    new BombedWorker().run(List.of(bombs));
    Runtime.getRuntime().halt(0);
  }

  private void run(List<String> bombs) {
    deploy(VICTIM, "exports = () => JSON.stringify({ a: [1, 2, 3].map(x => x * 2) });");
    Thread.ofPlatform().daemon().start(this::callVictim);
    for (int i = 0; i < bombs.size(); i++) {
      AppId bomb = new AppId("bomb-" + i);
      deploy(bomb, "exports = async () => { " + bombs.get(i) + " };");
      String outcome = describe(onceThereIsRoom(bomb));
      System.out.println("bomb " + i + ": " + outcome + ", failures: " + failures.get());
    }
  }

  private Outcome onceThereIsRoom(AppId bomb) {
    Outcome outcome = call(bomb);
    while (outcome instanceof Outcome.Unavailable) {
      LockSupport.parkNanos(RunningWorker.POLL_NANOS);
      outcome = call(bomb);
    }
    int servedBefore = served.get();
    while (served.get() == servedBefore) {
      LockSupport.parkNanos(RunningWorker.POLL_NANOS);
    }
    return outcome;
  }

  private void callVictim() {
    while (true) {
      switch (call(VICTIM)) {
        case Outcome.Returned _ -> served.incrementAndGet();
        case Outcome.Unavailable _ -> LockSupport.parkNanos(RunningWorker.POLL_NANOS);
        default -> failures.incrementAndGet();
      }
    }
  }

  private static String describe(Outcome outcome) {
    return switch (outcome) {
      case Outcome.OverLimit(var limit, _) -> "over the limit of " + limit;
      case Outcome.Threw(_, String message) -> "threw " + message;
      default -> outcome.getClass().getSimpleName();
    };
  }

  private void deploy(AppId appId, String source) {
    catalog.apply(new AppChange.Deployed(RunningWorker.app(appId, 1, source)));
  }

  private Outcome call(AppId appId) {
    var envelope =
        new Invocation.Envelope(
            appId, new Revision(1), RequestId.next(), Caller.system(), Duration.ofSeconds(60));
    return worker
        .invoke(new Invocation.FunctionCall(envelope, "main", List.of(), RequestFacts.none()))
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(90, TimeUnit.SECONDS)
        .join();
  }
}
