package dev.berth.worker;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.catalog.AppCatalog;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.AppProgram;
import dev.berth.jsruntime.ContextPool;
import dev.berth.jsruntime.Execution;
import dev.berth.jsruntime.ExecutionEnvironment;
import dev.berth.jsruntime.GuestLog;
import dev.berth.jsruntime.JsEngine;
import dev.berth.jsruntime.SyntaxCheck;
import dev.berth.jsruntime.Watchdog;
import dev.berth.jsruntime.frames.GuestThread;
import dev.berth.jsruntime.service.GuestService;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs app code: the end of the way of an invocation.
///
/// Nothing in here depends on the gateway being in the same process. Safe from any thread.
public final class Worker implements Invoker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final WorkerSettings settings;
  private final JsEngine engine;
  private final ScheduledExecutorService timers;
  private final ContextPool contexts;
  private final ExecutionEnvironment environment;
  private final GuestThreads guestThreads;
  private final Watchdog watchdog;
  private final Programs programs;
  private final Runnable unsubscribe;
  private final ConcurrentMap<AppId, AppLane> lanes = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean stopping;

  private Worker(
      WorkerSettings settings,
      JsEngine engine,
      AppCatalog catalog,
      Map<String, GuestService> services,
      GuestLog log) {
    this.settings = settings;
    this.engine = engine;
    this.timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("berth-guest-timers").daemon().factory());
    this.contexts = new ContextPool(engine, settings.idleContexts());
    this.watchdog = Watchdog.start(contexts);
    this.environment = new ExecutionEnvironment(contexts, services, log, timers, settings.limits());
    this.guestThreads = GuestThreads.start(settings.guestThreads());
    this.programs = new Programs(catalog, contexts, this::warm);
    this.unsubscribe = catalog.onChange(programs::apply);
  }

  /// Starts a worker on a running engine.
  ///
  /// @param services by the name the prelude calls them
  /// @param log where app code prints
  public static Worker start(
      WorkerSettings settings,
      JsEngine engine,
      AppCatalog catalog,
      Map<String, GuestService> services,
      GuestLog log) {
    return new Worker(settings, engine, catalog, services, log);
  }

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    AppProgram program = programs.find(invocation.appId(), invocation.revision());
    if (program == null) {
      return ended(new Outcome.Unavailable("this revision of the app is not on this worker"));
    }
    if (!program.has(invocation.function())) {
      return ended(new Outcome.NotFound(invocation.function()));
    }
    if (watchdog.isShortOfMemory()) {
      return ended(new Outcome.Unavailable("the worker is short of memory"));
    }
    inFlight.incrementAndGet();
    if (stopping) {
      leave();
      return ended(new Outcome.Unavailable("the worker is stopping"));
    }
    AppLane lane = lane(invocation.appId());
    Promise<Outcome> promise = Promise.promise();
    Running running = new Running(program, invocation, lane, promise, Vertx.currentContext());
    if (!lane.admit(running::start)) {
      leave();
      return ended(new Outcome.Unavailable("too many calls of this app are waiting"));
    }
    return promise.future();
  }

  private static Future<Outcome> ended(Outcome outcome) {
    return Future.succeededFuture(outcome);
  }

  private AppLane lane(AppId appId) {
    AppLane lane = lanes.get(appId);
    return lane != null
        ? lane
        : lanes.computeIfAbsent(
            appId, _ -> new AppLane(settings.invocationsPerApp(), settings.waitingPerApp()));
  }

  private void leave() {
    if (inFlight.decrementAndGet() == 0 && stopping) {
      drained.countDown();
    }
  }

  /// An admitted invocation, until it has given everything back.
  private final class Running {

    private final AppLane lane;
    private final Execution execution;

    Running(
        AppProgram program,
        Invocation invocation,
        AppLane lane,
        Promise<Outcome> promise,
        @Nullable Context caller) {
      this.lane = lane;
      this.execution =
          new Execution(
              environment,
              program,
              invocation,
              guestThreads.of(invocation.appId()),
              outcome -> complete(promise, outcome, caller),
              this::released);
    }

    void start() {
      watchdog.add(execution);
      execution.start();
    }

    private void released() {
      watchdog.remove(execution);
      lane.leave();
      leave();
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

  /// Makes the first call of a new revision quick.
  private void warm(AppProgram program) {
    guestThreads
        .of(program.appId())
        .execute(
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

  /// Whether a call holds a thread that nothing but the end of this process gets back.
  public boolean hasStuckCalls() {
    return watchdog.hasStuckCalls();
  }

  /// Refuses new invocations, waits for those in flight, and closes the engine. Blocks.
  ///
  /// @return false when calls were still in flight at the end of the grace period; they are cut
  /// off
  public boolean stop(Duration grace) throws InterruptedException {
    unsubscribe.run();
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
