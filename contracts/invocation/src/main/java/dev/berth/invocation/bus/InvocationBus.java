package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.ResultSize;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of an invocation between processes, and between the parts of one process.
///
/// Inside a process the records travel by reference, and where the worker is in the caller's own
/// process the shortest way is a call; between processes they travel as bytes of
/// [WireFormat#VERSION]. A caller cannot tell the difference, nor from a [Invoker] that it calls
/// directly.
///
/// An invocation runs at most once. It is posted to one worker; only when that one says that
/// nothing ran, or was not there, it is posted to another.
public final class InvocationBus {

  private static final Logger LOG = LoggerFactory.getLogger(InvocationBus.class);

  /// On how many workers an app runs when nobody says anything: one may be lost.
  public static final int WORKERS_PER_APP = 2;

  /// The header of an answer that says how many calls the worker has. Who does not know it goes
  /// by its own calls.
  static final String LOAD = "load";

  /// More workers than this are not asked: when so many are full, so is the next.
  private static final int ATTEMPTS = 3;

  /// A message to a consumer that has just gone is dropped without a word to its sender, so a
  /// worker takes some for that long after it said that it leaves, and stays until none has come
  /// for that long.
  private static final long ON_ITS_WAY_MS = 1000;

  /// How long it stays for messages that go on coming: their senders hear nothing.
  private static final long LONGEST_STAY_MS = 10_000;

  private final Vertx vertx;
  private final EventBus bus;
  private final Suspects suspects = new Suspects(System::nanoTime);
  private final WorkerDirectory workers;
  private final HeldCalls held;
  private final boolean callsItsOwnWorker;
  private volatile @Nullable Invoker ownWorker;

  private InvocationBus(Vertx vertx, Placing placing, boolean callsItsOwnWorker) {
    this.vertx = vertx;
    this.bus =
        vertx.eventBus().registerCodec(new InvocationCodec()).registerCodec(new OutcomeCodec());
    this.workers = new WorkerDirectory(vertx, suspects, placing);
    this.held = new HeldCalls(vertx);
    this.callsItsOwnWorker = callsItsOwnWorker;
  }

  /// The bus of a Vert.x instance. Call it once per instance: codecs can be registered only once.
  public static InvocationBus on(Vertx vertx) {
    return on(vertx, Placing.anywhere(WORKERS_PER_APP));
  }

  /// The same, with a choice of workers for each app.
  public static InvocationBus on(Vertx vertx, Placing placing) {
    return new InvocationBus(vertx, placing, true);
  }

  /// Like [#on], but posts to a worker in its own process as it would to any other.
  static InvocationBus withoutShortcut(Vertx vertx, Placing placing) {
    return new InvocationBus(vertx, placing, false);
  }

  /// Takes invocations from the bus and runs them here.
  ///
  /// @param name of the worker, unique in the cluster
  /// @return completes when the whole cluster can post to it
  public Future<Serving> serve(String name, Invoker invoker) {
    return serve(name, null, invoker);
  }

  /// The same as a worker of a region.
  ///
  /// @param region `null` for none
  public Future<Serving> serve(String name, @Nullable String region, Invoker invoker) {
    Serving serving = new Serving(name, region, invoker);
    return serving
        .consumer
        .completion()
        .map(
            _ -> {
              ownWorker = callsItsOwnWorker ? invoker : null;
              serving.begin();
              return serving;
            });
  }

  /// Which processes may meet at all: those with the same number.
  public static int generation() {
    return Addresses.GENERATION;
  }

  /// The version of what this process says to others.
  public static int wireVersion() {
    return WireFormat.VERSION;
  }

  /// Whether this process works together with those of that version: its own, the one before and,
  /// because that one understands this one, the next.
  public static boolean understands(int version) {
    return WireFormat.isUnderstood(version);
  }

  /// Hears of workers from now on, also when nothing is posted from here.
  public void hearOfWorkers() {
    workers.follow(vertx);
  }

  /// Whether calls can go to any worker: this process has heard of one that serves.
  public boolean knowsAny() {
    return workers.knowsAny();
  }

  /// Whether calls can go to that worker: this process has heard that it serves.
  public boolean knows(String name) {
    return workers.knows(name);
  }

  /// Ends every call that a worker has not answered, because its process is not in the cluster
  /// any more. Should it come back, it may serve again.
  public void workerIsGone(String name) {
    workers.isGone(name);
  }

  /// What workers and those who start them tell all who post calls.
  public WorkerNews news() {
    return new WorkerNews(bus);
  }

  /// Ends every call that a worker has not answered, because it is known to be dead, and tells
  /// all who post calls to do the same.
  ///
  /// @return the apps whose calls from this process those were
  public Set<AppId> workerIsDead(String name) {
    // Here first: this process hears the message as well, and would find nothing to name any more.
    Set<AppId> apps = workers.isDead(name);
    bus.publish(Addresses.WORKERS, WorkerDirectory.sayingDead(name));
    return apps;
  }

  /// A worker that takes invocations.
  public final class Serving {

    private final String name;
    private final @Nullable String region;
    private final MessageConsumer<Invocation> consumer;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean leaves;
    private volatile long lastNanos = System.nanoTime();

    private Serving(String name, @Nullable String region, Invoker invoker) {
      this.name = name;
      this.region = region;
      this.consumer =
          bus.consumer(
              Addresses.of(name),
              message -> {
                lastNanos = System.nanoTime();
                answer(invoker, message);
              });
    }

    private void answer(Invoker invoker, Message<Invocation> message) {
      Invocation invocation = message.body();
      inFlight.incrementAndGet();
      invoker
          .invoke(invocation)
          .onComplete(_ -> inFlight.decrementAndGet())
          .compose(outcome -> answered(outcome, message))
          .onSuccess(answered -> message.reply(answered, outcomeWithLoad()))
          .onFailure(
              failure -> {
                LOG.atError()
                    .addKeyValue("appId", invocation.appId())
                    .addKeyValue("requestId", invocation.requestId())
                    .setCause(failure)
                    .log("an invocation broke in the platform");
                message.fail(0, "internal error");
              });
    }

    private Future<Answered> answered(Outcome outcome, Message<Invocation> message) {
      int version = WireFormat.spokenWith(WireFormat.said(message.headers().get(WireFormat.SAID)));
      return ResultSize.isLarge(outcome)
          ? vertx
              .executeBlocking(() -> Answered.written(outcome, version), false)
              .map(Objects::requireNonNull)
          : Future.succeededFuture(Answered.small(outcome, version));
    }

    private DeliveryOptions outcomeWithLoad() {
      return new DeliveryOptions()
          .setCodecName(OutcomeCodec.NAME)
          .addHeader(LOAD, Integer.toString(inFlight.get()));
    }

    private void begin() {
      say();
      vertx.setPeriodic(WorkerDirectory.SAID_EVERY_MS, _ -> say());
      bus.consumer(Addresses.QUESTIONS, _ -> say());
    }

    /// Goes on when it leaves: its callers count on an answer for as long as it is heard of.
    private void say() {
      workers.said(name, region, WireFormat.VERSION, !leaves);
      bus.publish(Addresses.WORKERS, WorkerDirectory.saying(name, region, !leaves));
    }

    /// Says that it leaves, and takes what comes all the same.
    ///
    /// @return completes when all may have heard it
    public Future<Void> leave() {
      leaves = true;
      ownWorker = null;
      say();
      return vertx.timer(ON_ITS_WAY_MS).mapEmpty();
    }

    /// Takes nothing more, once nothing has come for a while: to refuse what comes late is to let
    /// it run elsewhere. What it has taken is answered all the same, as long as this process
    /// lives.
    public Future<Void> stop() {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_STAY_MS);
      return stopWhenQuiet(until);
    }

    private Future<Void> stopWhenQuiet(long until) {
      long now = System.nanoTime();
      long quietMs = TimeUnit.NANOSECONDS.toMillis(now - lastNanos);
      if (quietMs >= ON_ITS_WAY_MS || now - until >= 0) {
        return consumer.unregister();
      }
      return vertx.timer(ON_ITS_WAY_MS - quietMs).compose(_ -> stopWhenQuiet(until));
    }
  }

  /// Runs invocations wherever a consumer of this bus is.
  public Invoker invoker() {
    workers.follow(vertx);
    return invocation -> {
      Invoker own = ownWorker;
      return own != null ? own.invoke(invocation) : place(invocation);
    };
  }

  /// While its workers have no room because of what somebody else does, a call is held. A suspect
  /// waits for what it did itself: it is refused at once.
  private Future<Outcome> place(Invocation invocation) {
    return post(invocation, Set.of())
        .compose(
            outcome ->
                outcome.equals(Outcome.Unavailable.SHORT_OF_MEMORY)
                        && !suspects.has(invocation.appId())
                    ? held.offer(outcome, () -> post(invocation, Set.of()))
                    : Future.succeededFuture(outcome));
  }

  private Future<Outcome> post(Invocation invocation, Set<String> tried) {
    RemoteWorker worker = workers.choose(invocation.appId(), tried);
    if (worker == null) {
      return held.until(() -> workers.choose(invocation.appId(), tried) != null)
          .compose(
              there ->
                  there
                      ? post(invocation, tried)
                      : Future.succeededFuture(workers.nobodyFor(invocation.appId())));
    }
    return worker
        .invoke(invocation)
        .compose(
            outcome -> {
              suspects.ended(invocation.appId(), outcome);
              if (!(outcome instanceof Outcome.Unavailable) || tried.size() + 1 == ATTEMPTS) {
                return Future.succeededFuture(outcome);
              }
              return elsewhere(invocation, tried, worker, outcome);
            });
  }

  private Future<Outcome> elsewhere(
      Invocation invocation, Set<String> tried, RemoteWorker refused, Outcome refusal) {
    Set<String> all = new HashSet<>(tried);
    all.add(refused.name());
    return workers.choose(invocation.appId(), all) == null
        ? Future.succeededFuture(refusal)
        : post(invocation, all);
  }
}
