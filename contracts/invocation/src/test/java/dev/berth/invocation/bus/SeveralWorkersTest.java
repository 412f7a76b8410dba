package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.InvokerContract;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which of several workers gets an invocation, and what becomes of it when that one goes.
@Timeout(60)
class SeveralWorkersTest {

  /// Between two looks: short for a test, long for the processors that are looked at.
  private static final long POLL_NANOS = 1_000_000;

  private static final Outcome DONE = new Outcome.Returned(new BsonInt32(1));
  private static final Outcome TOO_MUCH = new Outcome.OverLimit(Limit.CPU_TIME, "too much");

  private final Vertx vertx = Vertx.vertx();
  private final InvocationBus bus = InvocationBus.withoutShortcut(vertx, Placing.anywhere(2));
  private final Invocation invocation = InvokerContract.invocations().findFirst().orElseThrow();
  private final Posted posted = Posted.of(invocation, WireFormat.VERSION);
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void aCallThatAWorkerDidNotTakeRunsOnAnother() {
    AtomicInteger refusals = new AtomicInteger();
    Invoker once =
        _ ->
            Future.succeededFuture(
                refusals.getAndIncrement() == 0 ? new Outcome.Unavailable("full") : DONE);
    serve("one", once);
    serve("two", once);

    assertThat(outcome()).isEqualTo(DONE);
    assertThat(asked).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aCallThatNobodyTakesIsRefusedAndWasOfferedToThreeAtMost() {
    Invoker full = _ -> Future.succeededFuture(new Outcome.Unavailable("full"));
    List.of("one", "two", "three", "four").forEach(name -> serve(name, full));

    assertThat(outcome()).isEqualTo(new Outcome.Unavailable("full"));
    assertThat(asked).hasSize(3).doesNotHaveDuplicates();
  }

  /// No document has such a name; the bus must not stumble over it.
  @Test
  void aCallThatCannotBeWrittenFailsAlone() {
    serve("one", _ -> Future.succeededFuture(DONE));
    Invocation unwritable =
        new Invocation.FunctionCall(
            invocation.envelope(),
            "f",
            List.of(new BsonDocument("a\0b", new BsonInt32(1))),
            RequestFacts.none());

    assertThat(bus.invoker().invoke(unwritable).failed()).isTrue();

    assertThat(outcome()).isEqualTo(DONE);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aCallForWhichThereIsNoRoomForAMomentIsHeld() {
    AtomicInteger refusals = new AtomicInteger();
    Invoker shortForAWhile =
        _ ->
            Future.succeededFuture(
                refusals.getAndIncrement() < 5 ? Outcome.Unavailable.SHORT_OF_MEMORY : DONE);
    serve("one", shortForAWhile);
    serve("two", shortForAWhile);

    assertThat(outcome()).isEqualTo(DONE);
    assertThat(asked).hasSize(6);
  }

  @Test
  void aCallForWhichThereIsNoRoomAtAllIsRefused() {
    serve("one", _ -> Future.succeededFuture(Outcome.Unavailable.SHORT_OF_MEMORY));

    assertThat(outcome()).isEqualTo(Outcome.Unavailable.SHORT_OF_MEMORY);
    assertThat(asked).hasSizeGreaterThan(1);
  }

  @Test
  void noMoreThanSomeCallsAreHeldForRoom() {
    serve("one", _ -> Future.succeededFuture(Outcome.Unavailable.SHORT_OF_MEMORY));
    List<Future<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i <= HeldCalls.MOST_OFFERED; i++) {
      calls.add(bus.invoker().invoke(invocation));
    }

    assertThat(await(calls.getLast())).isEqualTo(Outcome.Unavailable.SHORT_OF_MEMORY);

    assertThat(calls.getFirst().isComplete()).isFalse();
  }

  @Test
  void whoFilledTheWorkersIsRefusedAtOnce() {
    AtomicReference<Outcome> end =
        new AtomicReference<>(new Outcome.OverLimit(Limit.MEMORY, "too much"));
    serve("one", _ -> Future.succeededFuture(end.get()));
    outcome();
    asked.clear();
    end.set(Outcome.Unavailable.SHORT_OF_MEMORY);

    assertThat(outcome()).isEqualTo(Outcome.Unavailable.SHORT_OF_MEMORY);

    assertThat(asked).hasSize(1);
  }

  @Test
  void whateverElseBecameOfACallItRanOnce() {
    AtomicReference<Outcome> end = new AtomicReference<>(DONE);
    serve("one", _ -> Future.succeededFuture(end.get()));
    serve("two", _ -> Future.succeededFuture(end.get()));
    for (Outcome outcome : InvokerContract.outcomes().toList()) {
      if (outcome instanceof Outcome.Unavailable) {
        continue;
      }
      asked.clear();
      end.set(outcome);

      assertThat(outcome()).isEqualTo(outcome);
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void theCallsOfADeadWorkerAreLostAtOnceAndRunNowhereElse() {
    Promise<Outcome> never = Promise.promise();
    serve("one", _ -> never.future());
    serve("two", _ -> never.future());
    Future<Outcome> call = bus.invoker().invoke(invocation);
    awaitAsked(1);

    assertThat(bus.workerIsDead(asked.getFirst())).containsExactly(invocation.appId());

    assertThat(await(call)).isInstanceOf(Outcome.Lost.class);
    assertThat(bus.workerIsDead(asked.getFirst())).isEmpty();
    assertThat(asked).hasSize(1);
    Future<Outcome> next = bus.invoker().invoke(invocation);
    awaitAsked(2);
    assertThat(asked).doesNotHaveDuplicates();
    assertThat(next.isComplete()).isFalse();
  }

  @Test
  void aWorkerThatStopsAnswersWhatItHasAndGetsNothingMore() {
    Promise<Outcome> slow = Promise.promise();
    InvocationBus.Serving serving = serve("one", _ -> slow.future());
    Future<Outcome> call = bus.invoker().invoke(invocation);
    awaitAsked(1);

    end(serving);
    slow.complete(DONE);

    assertThat(await(call)).isEqualTo(DONE);
    assertThat(outcome()).isInstanceOf(Outcome.Unavailable.class);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aCallThatIsPostedToAWorkerThatLeavesIsTaken() {
    InvocationBus.Serving serving = serve("one", _ -> Future.succeededFuture(DONE));
    DeliveryOptions options = new DeliveryOptions().setCodecName(InvocationCodec.NAME);
    await(serving.leave());

    Future<Message<Object>> late = vertx.eventBus().request(Addresses.of("one"), posted, options);

    assertThat(await(late).body()).isEqualTo(new SentOutcome.Whole(DONE));
    await(serving.stop());
  }

  @Test
  void theLastAnswerOfAWorkerThatLeftCountsWhenTheNewsOfItsEndAreFaster() {
    Promise<Outcome> slow = Promise.promise();
    InvocationBus.Serving serving = serve("one", _ -> slow.future());
    Future<Outcome> call = bus.invoker().invoke(invocation);
    awaitAsked(1);
    await(serving.leave());

    vertx.runOnContext(
        _ -> {
          bus.workerIsGone("one");
          slow.complete(DONE);
        });

    assertThat(await(call)).isEqualTo(DONE);
  }

  @Test
  void aCallWithoutAWorkerWaitsForTheNext() {
    Future<Outcome> call = bus.invoker().invoke(invocation);

    serve("one", _ -> Future.succeededFuture(DONE));

    assertThat(await(call)).isEqualTo(DONE);
  }

  @Test
  void ofTheCallsWithoutAWorkerOnlySoManyWait() {
    List<Future<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i <= HeldCalls.MOST; i++) {
      calls.add(bus.invoker().invoke(invocation));
    }

    assertThat(calls.getLast().result()).isEqualTo(new Outcome.Unavailable("no worker is there"));
    assertThat(calls.getFirst().isComplete()).isFalse();
  }

  /// By themselves they say so once a second.
  @Test
  void workersSayThatTheyAreThereWhenTheyAreAsked() {
    AtomicInteger heard = new AtomicInteger();
    vertx.eventBus().consumer(Addresses.WORKERS, _ -> heard.incrementAndGet());
    serve("one", _ -> Future.succeededFuture(DONE));

    for (int i = 0; i < 100; i++) {
      vertx.eventBus().publish(Addresses.QUESTIONS, new JsonObject());
    }

    until(() -> heard.get() >= 100);
    assertThat(heard).hasValueGreaterThanOrEqualTo(100);
  }

  @Test
  void anAppStaysWithTheSameTwoOfManyWorkers() {
    for (int i = 0; i < 10; i++) {
      serve("worker-" + i, _ -> Future.succeededFuture(DONE));
    }

    for (int i = 0; i < 50; i++) {
      assertThat(outcome()).isEqualTo(DONE);
    }

    assertThat(asked.stream().distinct()).hasSizeBetween(1, 2);
  }

  /// Calls of other callers are known from the answers alone.
  @Test
  void ofTheWorkersOfAnAppTheOneWithLessToDoIsChosen() {
    Promise<Outcome> never = Promise.promise();
    Invoker invoker =
        received ->
            received.appId().equals(invocation.appId())
                ? never.future()
                : Future.succeededFuture(DONE);
    serve("one", invoker);
    serve("two", invoker);
    assertThat(await(call("shop"))).isEqualTo(DONE);
    String usual = asked.getFirst();
    DeliveryOptions options = new DeliveryOptions().setCodecName(InvocationCodec.NAME);
    for (int i = 0; i < 5; i++) {
      var _ = vertx.eventBus().request(Addresses.of(usual), posted, options);
    }
    awaitAsked(6);
    asked.clear();

    until(
        () -> {
          assertThat(await(call("shop"))).isEqualTo(DONE);
          return asked.size() > 1 && !asked.getLast().equals(usual);
        });

    assertThat(asked).contains(usual);
  }

  @Test
  void anAppThatTookTooMuchIsKeptApartFromTheOthers() {
    List.of("one", "two", "three").forEach(name -> serve(name, this::endsHarmfulCalls));
    assertThat(await(call("harmful"))).isEqualTo(TOO_MUCH);
    asked.clear();

    for (int i = 0; i < 20; i++) {
      assertThat(await(call("harmful"))).isEqualTo(TOO_MUCH);
    }
    assertThat(asked.stream().distinct()).hasSize(1);
    String apart = asked.getFirst();
    asked.clear();
    for (int i = 0; i < 20; i++) {
      assertThat(await(call("other-" + i))).isEqualTo(DONE);
    }

    assertThat(asked).hasSize(20).doesNotContain(apart);
  }

  /// What it left behind there stays with it.
  @Test
  void anAppThatTookTooMuchStaysWhereItDid() {
    List.of("one", "two", "three").forEach(name -> serve(name, this::endsHarmfulCalls));

    for (int i = 0; i < 20; i++) {
      assertThat(await(call("harmful"))).isEqualTo(TOO_MUCH);
    }

    assertThat(asked).hasSize(20).containsOnly(asked.getFirst());
  }

  @Test
  void anAppThatIsKeptApartIsRefusedWhenItsWorkerIsFull() {
    AtomicReference<Outcome> end = new AtomicReference<>(TOO_MUCH);
    List.of("one", "two").forEach(name -> serve(name, _ -> Future.succeededFuture(end.get())));
    assertThat(await(call("harmful"))).isEqualTo(TOO_MUCH);
    asked.clear();

    end.set(new Outcome.Unavailable("full"));

    assertThat(await(call("harmful"))).isEqualTo(end.get());
    assertThat(asked).hasSize(1);
  }

  @Test
  void aCallThatNoOtherWorkerTookMayGoWhereAppsAreKeptApart() {
    serve("one", this::endsHarmfulCalls);
    serve("two", this::endsHarmfulCalls);
    assertThat(await(call("harmful"))).isEqualTo(TOO_MUCH);
    asked.clear();
    assertThat(await(call("harmful"))).isEqualTo(TOO_MUCH);
    String apart = asked.getFirst();

    var _ = bus.workerIsDead(apart.equals("one") ? "two" : "one");

    assertThat(await(call("other"))).isEqualTo(DONE);
    assertThat(asked).containsOnly(apart);
  }

  @Test
  void anAppRunsOnAsManyWorkersAsItIsLet() {
    Vertx another = Vertx.vertx();
    InvocationBus wide = InvocationBus.withoutShortcut(another, Placing.anywhere(3));
    for (int i = 0; i < 10; i++) {
      serve(wide, "worker-" + i, _ -> Promise.<Outcome>promise().future());
    }

    for (int i = 0; i < 30; i++) {
      var _ = wide.invoker().invoke(invocation);
    }

    awaitAsked(30);
    assertThat(asked.stream().distinct()).hasSize(3);
    await(another.close());
  }

  private Future<Outcome> endsHarmfulCalls(Invocation received) {
    return Future.succeededFuture(received.appId().value().equals("harmful") ? TOO_MUCH : DONE);
  }

  private Future<Outcome> call(String app) {
    Invocation.Envelope envelope =
        new Invocation.Envelope(
            new AppId(app),
            new Revision(1),
            new RequestId("628e47baf4c2ac2796fc8a91"),
            Caller.system(),
            Duration.ofSeconds(10));
    return bus.invoker()
        .invoke(new Invocation.FunctionCall(envelope, "f", List.of(), RequestFacts.none()));
  }

  @Test
  void aWorkerThatDiesWhileItLeavesLosesItsCalls() {
    InvocationBus.Serving serving = serve("one", _ -> Promise.<Outcome>promise().future());
    Future<Outcome> call = bus.invoker().invoke(invocation);
    awaitAsked(1);
    end(serving);

    var _ = bus.workerIsDead("one");

    assertThat(await(call)).isInstanceOf(Outcome.Lost.class);
  }

  @Test
  void aWorkerIsKnownFromWhenItServesUntilItLeaves() {
    assertThat(bus.knows("one")).isFalse();

    InvocationBus.Serving serving = serve("one", _ -> Future.succeededFuture(DONE));

    assertThat(bus.knows("one")).isTrue();
    end(serving);
    assertThat(bus.knows("one")).isFalse();
  }

  private static void end(InvocationBus.Serving serving) {
    await(serving.leave());
    await(serving.stop());
  }

  private InvocationBus.Serving serve(String name, Invoker invoker) {
    return serve(bus, name, invoker);
  }

  private InvocationBus.Serving serve(InvocationBus bus, String name, Invoker invoker) {
    return await(
        bus.serve(
            name,
            received -> {
              asked.add(name);
              return invoker.invoke(received);
            }));
  }

  private void awaitAsked(int times) {
    until(() -> asked.size() >= times);
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come about").isLessThan(deadline);
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private Outcome outcome() {
    return await(bus.invoker().invoke(invocation));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
