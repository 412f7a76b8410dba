package dev.berth.worker;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Problem;
import dev.berth.catalog.AppCatalog;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.AppProgram;
import dev.berth.jsruntime.ContextPool;
import dev.berth.jsruntime.EngineHealth;
import dev.berth.jsruntime.Execution;
import dev.berth.jsruntime.ExecutionEnvironment;
import dev.berth.jsruntime.GuestLog;
import dev.berth.jsruntime.JsEngine;
import dev.berth.jsruntime.LimitListener;
import dev.berth.jsruntime.SyntaxCheck;
import dev.berth.jsruntime.Watchdog;
import dev.berth.jsruntime.bounds.ValueBounds;
import dev.berth.jsruntime.frames.GuestThread;
import dev.berth.jsruntime.packages.PackageFiles;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.worker.WorkerMetrics.Refusal;
import dev.berth.worker.access.FunctionConditions;
import dev.berth.worker.access.RuleBook;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs app code: the end of the way of an invocation.
///
/// Nothing in here depends on the gateway being in the same process. Safe from any thread.
public final class Worker implements Invoker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final WorkerSettings settings;
  private final WorkerMetrics metrics;
  private final JsEngine engine;
  private final ScheduledExecutorService timers;
  private final ContextPool contexts;
  private final EngineHealth health;
  private final RuleBook rules;
  private final ExecutionEnvironment environment;
  private final GuestThreads guestThreads;
  private final Watchdog watchdog;
  private final DataCalls dataCalls;
  private final Programs programs;
  private final Runnable unsubscribe;
  private final ConcurrentMap<AppId, AppLane> lanes = new ConcurrentHashMap<>();
  private final ConcurrentMap<AppId, AppLane> nestedLanes = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean stopping;

  private Worker(
      WorkerSettings settings,
      JsEngine engine,
      AppCatalog catalog,
      Map<String, GuestService> services,
      GuestLog log,
      WorkerMetrics metrics,
      Function<Packages, PackageFiles> packages) {
    this.settings = settings;
    this.metrics = metrics;
    this.engine = engine;
    this.timers = newTimers();
    this.contexts = new ContextPool(engine, settings.idleContexts());
    this.health = new EngineHealth(timers);
    LimitListener onLimit = new PassedLimits(metrics);
    this.rules = RuleBook.of(catalog);
    this.environment =
        new ExecutionEnvironment(
            contexts,
            services,
            log,
            onLimit,
            timers,
            settings.limits(),
            health,
            new FunctionConditions(rules));
    this.guestThreads = GuestThreads.start(settings.guestThreads(), settings.guestThreadsPerApp());
    this.watchdog = Watchdog.start(contexts);
    this.dataCalls =
        new DataCalls(DataCalls.of(services.get("mongodb")), onLimit, watchdog::isShortOfMemory);
    dataCalls.watch(timers);
    this.programs = new Programs(catalog, contexts, packages, this::warm);
    this.unsubscribe = catalog.onChange(programs::apply);
  }

  /// Starts a worker on a running engine, for apps without packages.
  ///
  /// @param services by the name the prelude calls them
  /// @param log where app code prints
  /// @param metrics who counts
  public static Worker start(
      WorkerSettings settings,
      JsEngine engine,
      AppCatalog catalog,
      Map<String, GuestService> services,
      GuestLog log,
      WorkerMetrics metrics) {
    return start(settings, engine, catalog, services, log, metrics, _ -> PackageFiles.none());
  }

  /// Starts a worker on a running engine.
  ///
  /// @param services by the name the prelude calls them
  /// @param log where app code prints
  /// @param metrics who counts
  /// @param packages opens those of an app; must not block
  public static Worker start(
      WorkerSettings settings,
      JsEngine engine,
      AppCatalog catalog,
      Map<String, GuestService> services,
      GuestLog log,
      WorkerMetrics metrics,
      Function<Packages, PackageFiles> packages) {
    return new Worker(settings, engine, catalog, services, log, metrics, packages);
  }

  /// App code may cancel what would only be due in weeks; it must not wait here until then.
  private static ScheduledThreadPoolExecutor newTimers() {
    var timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("berth-guest-timers").daemon().factory());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    return invoke(invocation, lanes);
  }

  /// Runs an invocation that another one of the same app waits for, such as a function that a
  /// rule of data calls: it does not stand in line behind those that wait for it.
  public Future<Outcome> invokeNested(Invocation invocation) {
    return invoke(invocation, nestedLanes);
  }

  private Future<Outcome> invoke(Invocation invocation, ConcurrentMap<AppId, AppLane> lanes) {
    AppProgram program = programs.find(invocation.appId(), invocation.revision());
    if (program == null) {
      return ended(new Outcome.Unavailable("this revision of the app is not on this worker"));
    }
    Outcome unfit = unfit(program, invocation);
    if (unfit != null) {
      return ended(unfit);
    }
    if (watchdog.isShortOfMemory()) {
      return refused(Refusal.SHORT_OF_MEMORY, Outcome.Unavailable.SHORT_OF_MEMORY);
    }
    inFlight.incrementAndGet();
    if (stopping) {
      leave();
      return ended(new Outcome.Unavailable("the worker is stopping"));
    }
    AppLane lane = lane(lanes, invocation.appId());
    Promise<Outcome> promise = Promise.promise();
    Consumer<Outcome> onOutcome = measured(promise, Vertx.currentContext());
    if (!lane.admit(start(program, invocation, lane, onOutcome))) {
      leave();
      return refused(
          Refusal.TOO_MANY_WAITING,
          new Outcome.Unavailable("too many calls of this app are waiting"));
    }
    return promise.future();
  }

  /// Why it cannot run at all; `null` when it can.
  private static @Nullable Outcome unfit(AppProgram program, Invocation invocation) {
    return switch (invocation) {
      case Invocation.EndpointCall _, Invocation.FunctionCall _ ->
          program.has(invocation.function()) ? null : new Outcome.NotFound(invocation.function());
      case Invocation.SourceCall call ->
          call.source().length() + call.expression().length() <= ValueBounds.FILE_CHARACTERS
              ? null
              : new Outcome.Threw(
                  "FunctionInvalid",
                  "the source has more than " + ValueBounds.FILE_CHARACTERS + " characters");
      case Invocation.DataCall _ -> null;
    };
  }

  private Runnable start(
      AppProgram program, Invocation invocation, AppLane lane, Consumer<Outcome> onOutcome) {
    return switch (invocation) {
      case Invocation.EndpointCall _, Invocation.FunctionCall _ ->
          new Running(program, invocation, lane, onOutcome)::start;
      case Invocation.SourceCall call -> {
        // A program for this one call: nobody else meets the function, nor the context.
        AppProgram own = program.with(call);
        Running running = new Running(own, call, lane, onOutcome, () -> contexts.retire(own));
        yield running::start;
      }
      case Invocation.DataCall call -> () -> dataCalls.start(call, onOutcome, () -> leave(lane));
    };
  }

  private Consumer<Outcome> measured(Promise<Outcome> promise, @Nullable Context caller) {
    long begunNanos = System.nanoTime();
    return outcome -> {
      metrics.invocationEnded(WorkerMetrics.Ending.of(outcome), System.nanoTime() - begunNanos);
      complete(promise, outcome, caller);
    };
  }

  private Future<Outcome> ended(Outcome outcome) {
    metrics.invocationEnded(WorkerMetrics.Ending.of(outcome), 0);
    return Future.succeededFuture(outcome);
  }

  private Future<Outcome> refused(Refusal what, Outcome.Unavailable outcome) {
    metrics.refused(what);
    return ended(outcome);
  }

  private AppLane lane(ConcurrentMap<AppId, AppLane> lanes, AppId appId) {
    AppLane lane = lanes.get(appId);
    return lane != null
        ? lane
        : lanes.computeIfAbsent(
            appId, _ -> new AppLane(settings.invocationsPerApp(), settings.waitingPerApp()));
  }

  private void leave(AppLane lane) {
    lane.leave();
    leave();
  }

  private void leave() {
    if (inFlight.decrementAndGet() == 0 && stopping) {
      drained.countDown();
    }
  }

  /// An admitted invocation of app code, until it has given everything back.
  private final class Running {

    private final AppLane lane;
    private final Execution execution;
    private final Runnable afterwards;

    Running(AppProgram program, Invocation invocation, AppLane lane, Consumer<Outcome> onOutcome) {
      this(program, invocation, lane, onOutcome, () -> {});
    }

    /// @param afterwards runs when the invocation holds nothing any more
    Running(
        AppProgram program,
        Invocation invocation,
        AppLane lane,
        Consumer<Outcome> onOutcome,
        Runnable afterwards) {
      this.lane = lane;
      this.afterwards = afterwards;
      this.execution =
          new Execution(
              environment,
              program,
              invocation,
              guestThreads.of(invocation.appId()),
              onOutcome,
              this::released);
    }

    void start() {
      watchdog.add(execution);
      execution.start();
    }

    private void released() {
      watchdog.remove(execution);
      metrics.invocationUsed(execution.cpuNanosUsed(), execution.bytesAllocated());
      afterwards.run();
      leave(lane);
    }
  }

  /// The caller hears of the outcome on the thread it called from, as it would over the bus.
  private static void complete(
      Promise<Outcome> promise, Outcome outcome, @Nullable Context caller) {
    if (caller == null) {
      promise.complete(outcome);
    } else {
      caller.runOnContext(_ -> promise.complete(outcome));
    }
  }

  /// The functions of an app that are not JavaScript, for the checks before a deployment. Runs
  /// none of it. Blocks for as long as parsing takes.
  public List<Problem> syntaxProblems(AppDefinition definition) {
    CompletableFuture<List<Problem>> problems = new CompletableFuture<>();
    Runnable check =
        () -> {
          try {
            problems.complete(SyntaxCheck.problems(engine, definition));
          } catch (RuntimeException | StackOverflowError e) {
            problems.completeExceptionally(e);
          }
        };
    new GuestThread("berth-syntax", check).start();
    return problems.join();
  }

  /// Makes the first call of a new revision quick. A call that comes meanwhile takes the context
  /// that is being made: to make a second one at the same time would slow both.
  private void warm(AppProgram program) {
    guestThreads.executeAlone(
        program.appId(),
        () -> {
          try {
            contexts.warm(program);
          } catch (RuntimeException e) {
            // The first call tells its caller what is wrong; a stop is no failure at all.
            (stopping ? LOG.atDebug() : LOG.atWarn())
                .addKeyValue("appId", program.appId())
                .addKeyValue("revision", program.revision())
                .setCause(e)
                .log("an app revision could not be made warm");
            return;
          }
          LOG.atDebug()
              .addKeyValue("appId", program.appId())
              .addKeyValue("revision", program.revision())
              .log("an app revision is warm");
        });
  }

  /// Invocations that were admitted and have not given everything back. From any thread.
  public int invocationsInFlight() {
    return inFlight.get();
  }

  /// Invocations that wait until others of their app are over. From any thread.
  public int invocationsWaiting() {
    return Stream.of(lanes, nestedLanes)
        .flatMap(each -> each.values().stream())
        .mapToInt(AppLane::waitingCount)
        .sum();
  }

  /// Contexts that wait for their next call. From any thread.
  public int idleContexts() {
    return contexts.idleCount();
  }

  /// All contexts there are. From any thread.
  public int openContexts() {
    return engine.openContexts();
  }

  /// Contexts made so far. From any thread.
  public long contextsMade() {
    return contexts.madeCount();
  }

  /// Idle contexts that had to go so far because there was no room. From any thread.
  public long contextsEvicted() {
    return contexts.evictedCount();
  }

  /// Threads that run JavaScript now. From any thread.
  public int busyGuestThreads() {
    return guestThreads.busy();
  }

  /// Hears when the heap of this process is nearly full.
  public void onMemoryShortage(Watchdog.ShortageListener listener) {
    watchdog.onMemoryShortage(listener);
  }

  /// Looks whether JavaScript works in this process; call it before any app code runs. Blocks
  /// for about a second.
  ///
  /// @throws IllegalStateException when it does not
  public void examine() {
    health.examine();
  }

  /// Why this process should be replaced, or `null`. What is worst comes first.
  public @Nullable Ailment ailment() {
    Ailment ofTheEngine = health.ailment();
    if (ofTheEngine != null) {
      return ofTheEngine;
    }
    Ailment stuckCall = watchdog.stuckCall();
    return stuckCall != null ? stuckCall : watchdog.fullHeap();
  }

  /// Refuses new invocations, waits for those in flight, and closes the engine. Blocks.
  ///
  /// @return false when calls were still in flight at the end of the grace period; they are cut
  /// off
  public boolean stop(Duration grace) throws InterruptedException {
    unsubscribe.run();
    rules.close();
    stopping = true;
    boolean quiet = inFlight.get() == 0 || drained.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    guestThreads.close();
    watchdog.close();
    timers.shutdownNow();
    contexts.close();
    engine.close();
    return quiet;
  }
}
