package dev.berth.worker;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.InvocationScope;
import dev.berth.jsruntime.LimitListener;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs data calls. They go to the same service as those of functions, under the same rules, and
/// take neither a context nor a guest thread.
///
/// Safe from any thread.
final class DataCalls {

  private static final Logger LOG = LoggerFactory.getLogger(DataCalls.class);

  /// One task looks at all calls: a timer for each would stay in its queue long after the call.
  private static final long LOOK_EVERY_MS = 20;

  private final GuestService data;
  private final LimitListener onLimit;
  private final BooleanSupplier shortOfMemory;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  /// @param data asked for what the calls ask for
  /// @param shortOfMemory whether the heap of this process is nearly full
  DataCalls(GuestService data, LimitListener onLimit, BooleanSupplier shortOfMemory) {
    this.data = data;
    this.onLimit = onLimit;
    this.shortOfMemory = shortOfMemory;
  }

  /// Looks at the calls from now on, for as long as the timers live.
  void watch(ScheduledExecutorService timers) {
    var _ =
        timers.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /// Starts one call, and does not wait for it.
  ///
  /// @param onOutcome gets the outcome once, on any thread
  /// @param onReleased runs once after that, when nothing is held for the call any more
  void start(Invocation.DataCall call, Consumer<Outcome> onOutcome, Runnable onReleased) {
    Running started = new Running(call, onOutcome, onReleased);
    running.add(started);
    // Rules may have much to think about, and whoever calls this may be an event loop.
    Thread.ofVirtual().name("berth-data").start(() -> run(started));
  }

  private void run(Running started) {
    Invocation.DataCall call = started.call;
    ask(started)
        .whenComplete(
            (value, failure) ->
                started.end(
                    failure == null ? new Outcome.Returned(value) : outcome(call, failure)));
  }

  private CompletionStage<BsonValue> ask(Running started) {
    BsonDocument arguments = new BsonDocument("service", new BsonString(started.call.dataSource()));
    started.call.arguments().forEach(arguments::putIfAbsent);
    try {
      return data.call(started.scope, started.call.operation().wireName(), arguments);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private static Outcome outcome(Invocation.DataCall call, Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          outcome(call, wrapped.getCause());
      case GuestServiceException known -> new Outcome.Threw(known.errorCode(), known.getMessage());
      case PassedLimitException passed -> passed.outcome();
      default -> {
        LOG.atError()
            .addKeyValue("appId", call.appId())
            .addKeyValue("function", call.function())
            .addKeyValue("requestId", call.requestId())
            .setCause(failure)
            .log("a data call failed in a way its caller may not see");
        yield new Outcome.Threw("InternalServerError", "internal error");
      }
    };
  }

  private void look() {
    long now = System.nanoTime();
    for (Running call : running) {
      if (now - call.deadlineNanos >= 0) {
        call.end(new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded"));
      }
    }
    if (shortOfMemory.getAsBoolean()) {
      endThoseOfTheBusiestApp();
    }
  }

  /// What a call holds is known to the database driver alone, so the number of calls decides.
  private void endThoseOfTheBusiestApp() {
    Map<AppId, Integer> calls = new HashMap<>();
    List<Running> now = List.copyOf(running);
    now.forEach(call -> calls.merge(call.call.appId(), 1, Integer::sum));
    calls.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .ifPresent(
            busiest ->
                now.stream()
                    .filter(call -> call.call.appId().equals(busiest))
                    .forEach(
                        call ->
                            call.end(
                                new Outcome.OverLimit(
                                    Limit.MEMORY, "the worker is short of memory"))));
  }

  /// A call without an outcome.
  private final class Running {

    private final Invocation.DataCall call;
    private final InvocationScope scope;
    private final Consumer<Outcome> onOutcome;
    private final Runnable onReleased;
    private final long deadlineNanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    Running(Invocation.DataCall call, Consumer<Outcome> onOutcome, Runnable onReleased) {
      this.call = call;
      this.scope = new InvocationScope(call.appId(), call);
      this.onOutcome = onOutcome;
      this.onReleased = onReleased;
      this.deadlineNanos = System.nanoTime() + call.envelope().timeLimit().toNanos();
    }

    /// What comes after the first outcome changes nothing.
    void end(Outcome outcome) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      running.remove(this);
      if (outcome instanceof Outcome.OverLimit(Limit limit, _)) {
        onLimit.passed(call, limit);
      }
      onOutcome.accept(outcome);
      scope.end();
      onReleased.run();
    }
  }

  /// The service of a worker that has no data.
  static GuestService of(@Nullable GuestService mongodb) {
    return mongodb != null
        ? mongodb
        : (_, _, arguments) ->
            CompletableFuture.failedFuture(
                new GuestServiceException(
                    "ServiceNotFound",
                    "service not found: '" + arguments.getString("service").getValue() + "'",
                    null));
  }
}
