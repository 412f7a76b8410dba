package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.catalog.AppChange;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which invocation runs, on what, and when.
@Timeout(120)
class WorkerTest {

  /// Begins by asking for a document, and returns the name it is deployed with when that came.
  private static final String ASKS =
      """
      exports = async () => {
        await context.services.get('mongodb-atlas').db('a').collection('b').findOne();
        return 'NAME';
      };
      """;

  private final HeldData data = new HeldData();
  private final RunningWorker worker = RunningWorker.on(data, RunningWorker.settings(2, 2));
  private final AppId app = RunningWorker.newApp();

  @AfterEach
  void stop() {
    data.answerFromNowOn();
    worker.close();
  }

  private static Outcome returned(String text) {
    return new Outcome.Returned(new BsonString(text));
  }

  private void deploy(long revision, String name) {
    worker.deploy(app, revision, ASKS.replace("NAME", name));
  }

  @Test
  void callsBeyondWhatMayRunWaitAndBeyondThatAreRefused() throws InterruptedException {
    deploy(1, "one");
    List<Future<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(worker.invoke(app, 1));
    }

    assertThat(RunningWorker.outcome(calls.getLast())).isInstanceOf(Outcome.Unavailable.class);
    var first = data.next();
    var second = data.next();
    assertThat(data.isAsked()).isFalse();
    first.complete(new BsonDocument());
    second.complete(new BsonDocument());
    data.next().complete(new BsonDocument());
    data.next().complete(new BsonDocument());
    for (Future<Outcome> call : calls.subList(0, 4)) {
      assertThat(RunningWorker.outcome(call)).isEqualTo(returned("one"));
    }
  }

  @Test
  void allRoomComesBackHoweverCallsEnd() {
    data.answerFromNowOn();
    worker.deploy(
        app,
        1,
        """
        exports = async (how) => {
          await context.services.get('mongodb-atlas').db('a').collection('b').findOne();
          if (how === 'throw') throw new Error('on purpose');
          if (how === 'never') return new Promise(() => {});
          if (how === 'flood') for (let i = 0; i < 2000; i++) setTimeout(() => {}, 1e6);
          if (how === 'dirty') globalThis.leak = 1;
          return typeof leak;
        };
        """);
    for (int round = 0; round < 5; round++) {
      for (String how : List.of("throw", "never", "flood", "dirty")) {
        assertThat(RunningWorker.outcome(worker.invoke(app, 1, new BsonString(how))))
            .isNotInstanceOf(Outcome.Unavailable.class);
      }
    }

    assertThat(RunningWorker.outcome(worker.invoke(app, 1, new BsonString(""))))
        .isEqualTo(returned("undefined"));
  }

  @Test
  void oneFullAppDoesNotRefuseAnother() {
    deploy(1, "one");
    for (int i = 0; i < 4; i++) {
      var _ = worker.invoke(app, 1);
    }
    AppId other = RunningWorker.newApp();
    worker.deploy(other, 1, "exports = () => 'other';");

    assertThat(RunningWorker.outcome(worker.invoke(other, 1))).isEqualTo(returned("other"));
  }

  @Test
  void aCallInFlightEndsOnTheRevisionItBeganOn() throws InterruptedException {
    deploy(1, "one");
    Future<Outcome> call = worker.invoke(app, 1);
    var answer = data.next();

    deploy(2, "two");
    deploy(3, "three");
    answer.complete(new BsonDocument());

    assertThat(RunningWorker.outcome(call)).isEqualTo(returned("one"));
  }

  @Test
  void aCallPostedForThePreviousRevisionRunsOnIt() {
    data.answerFromNowOn();
    deploy(1, "one");
    deploy(2, "two");

    assertThat(RunningWorker.outcome(worker.invoke(app, 1))).isEqualTo(returned("one"));
    assertThat(RunningWorker.outcome(worker.invoke(app, 2))).isEqualTo(returned("two"));
  }

  @Test
  void aRevisionTwoBackIsGone() {
    data.answerFromNowOn();
    deploy(1, "one");
    deploy(2, "two");
    deploy(3, "three");

    assertThat(RunningWorker.outcome(worker.invoke(app, 1)))
        .isInstanceOf(Outcome.Unavailable.class);
    assertThat(RunningWorker.outcome(worker.invoke(app, 2))).isEqualTo(returned("two"));
    assertThat(RunningWorker.outcome(worker.invoke(app, 3))).isEqualTo(returned("three"));
    assertThat(RunningWorker.outcome(worker.invoke(app, 4)))
        .isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void aRemovedAppIsGone() {
    deploy(1, "one");
    worker.catalog.apply(new AppChange.Removed(app));

    assertThat(RunningWorker.outcome(worker.invoke(app, 1)))
        .isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void whatOneAppLeavesBehindIsNeverSeenByAnother() {
    AppId other = RunningWorker.newApp();
    worker.deploy(
        app,
        1,
        "exports = () => { globalThis.leak = 1; Array.prototype.leak = 1; BSON.leak = 1; return 'left'; };");
    worker.deploy(
        other, 1, "exports = () => [typeof leak, typeof [].leak, typeof BSON.leak].join();");

    for (int round = 0; round < 5; round++) {
      assertThat(RunningWorker.outcome(worker.invoke(app, 1))).isEqualTo(returned("left"));
      assertThat(RunningWorker.outcome(worker.invoke(other, 1)))
          .isEqualTo(returned("undefined,undefined,undefined"));
    }
  }

  @Test
  void aServiceLearnsWhichAppAsks() {
    deploy(1, "one");
    AppId other = RunningWorker.newApp();
    worker.deploy(other, 1, ASKS.replace("NAME", "other"));
    data.answerFromNowOn();

    RunningWorker.outcome(worker.invoke(app, 1));
    RunningWorker.outcome(worker.invoke(other, 1));

    assertThat(data.asked).containsExactly(app, other);
  }

  @Test
  void stoppingLetsCallsFinishAndRefusesNewOnes() throws InterruptedException {
    deploy(1, "one");
    Future<Outcome> running = worker.invoke(app, 1);
    var answer = data.next();
    CompletableFuture<Boolean> stopped =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return worker.worker.stop(Duration.ofSeconds(30));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    data.answerFromNowOn();
    Outcome refused = RunningWorker.outcome(worker.invoke(app, 1));
    while (!(refused instanceof Outcome.Unavailable)) {
      refused = RunningWorker.outcome(worker.invoke(app, 1));
    }
    answer.complete(new BsonDocument());

    assertThat(RunningWorker.outcome(running)).isEqualTo(returned("one"));
    assertThat(stopped.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
  }

  @Test
  void stoppingCutsOffWhatDoesNotFinish() throws InterruptedException {
    deploy(1, "one");
    var _ = worker.invoke(app, 1);
    var unanswered = data.next();

    assertThat(worker.worker.stop(Duration.ofMillis(10))).isFalse();
    assertThat(unanswered).isNotDone();
  }

  /// Whatever holds the thread: nothing of app code is known to do it.
  @Test
  void aCallThatDoesNotEndWhenItMustIsAnAilmentOfItsApp() {
    CountDownLatch held = new CountDownLatch(1);
    GuestService holding =
        (_, _, _) -> {
          // Like an operation of the engine, it takes no notice of an interrupt.
          while (held.getCount() > 0) {
            LockSupport.parkNanos(RunningWorker.POLL_NANOS);
          }
          return CompletableFuture.completedFuture(new BsonDocument());
        };
    try (RunningWorker stuck = RunningWorker.on(holding, RunningWorker.settings(2, 2))) {
      stuck.deploy(
          app, 1, ASKS.replace("async () => {", "async (asks) => { if (!asks) return 'warm';"));
      assertThat(RunningWorker.outcome(stuck.invoke(app, 1))).isEqualTo(returned("warm"));
      var call =
          new Invocation.FunctionCall(
              new Invocation.Envelope(
                  app, new Revision(1), RequestId.next(), Caller.system(), Duration.ofSeconds(1)),
              "main",
              List.of(new BsonString("yes")),
              RequestFacts.none());

      Outcome outcome = RunningWorker.outcome(stuck.worker.invoke(call));

      assertThat(outcome).isInstanceOf(Outcome.OverLimit.class);
      Ailment ailment = stuck.worker.ailment();
      while (ailment == null && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(RunningWorker.POLL_NANOS);
        ailment = stuck.worker.ailment();
      }
      assertThat(ailment).isEqualTo(new Ailment.StuckCall(app));
      held.countDown();
    }
  }

  /// Data that comes when the test says so.
  private static final class HeldData implements GuestService {

    final BlockingQueue<AppId> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<CompletableFuture<BsonValue>> waiting = new LinkedBlockingQueue<>();
    private volatile boolean answering;

    @Override
    public CompletionStage<BsonValue> call(
        CallScope scope, String operation, BsonDocument arguments) {
      asked.add(scope.appId());
      if (answering) {
        return CompletableFuture.completedFuture(new BsonDocument());
      }
      CompletableFuture<BsonValue> answer = new CompletableFuture<>();
      waiting.add(answer);
      return answer;
    }

    CompletableFuture<BsonValue> next() throws InterruptedException {
      CompletableFuture<BsonValue> answer = waiting.poll(60, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("nobody asked");
      }
      return answer;
    }

    boolean isAsked() {
      return !waiting.isEmpty();
    }

    void answerFromNowOn() {
      answering = true;
      waiting.forEach(answer -> answer.complete(new BsonDocument()));
    }
  }
}
