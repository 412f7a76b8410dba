package dev.berth.launcher.workers;

import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.GuestLog;
import dev.berth.launcher.workers.SupervisedWorker.State;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a number of worker processes serving, and one more started ahead, so that a worker that
/// dies is replaced in milliseconds. Safe from any thread; everything happens on one of its own.
public final class WorkerProcesses {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcesses.class);

  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 30_000;

  /// A worker that lived that long did not die of its start.
  private static final long LONG_LIFE_MS = 60_000;

  /// When the first workers die this often before they are ready, the reason lies with us.
  private static final int HOPELESS = 3;

  private static final Duration STUCK_GRACE = Duration.ofSeconds(5);

  private final int count;
  private final Function<String, Map<String, String>> environments;
  private final Consumer<String> onGone;
  private final GuestLog log;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("berth-workers").daemon().factory());
  private final CompletableFuture<Boolean> serving = new CompletableFuture<>();

  // Only the one thread touches these.
  private final Map<WorkerProcess, SupervisedWorker> workers = new LinkedHashMap<>();
  private int started;
  private int deathsInARow;
  private boolean interpreted;
  private boolean stopping;

  private WorkerProcesses(
      int count,
      Function<String, Map<String, String>> environments,
      Consumer<String> onGone,
      GuestLog log) {
    this.count = count;
    this.environments = environments;
    this.onGone = onGone;
    this.log = log;
  }

  /// Starts the processes.
  ///
  /// @param environments what the process of that name has to know
  /// @param onGone gets the name of a worker that is dead
  /// @param log where app code prints
  public static WorkerProcesses start(
      int count,
      Function<String, Map<String, String>> environments,
      Consumer<String> onGone,
      GuestLog log) {
    WorkerProcesses workers = new WorkerProcesses(count, environments, onGone, log);
    workers.later(workers::fill, 0);
    return workers;
  }

  /// Completes when all serve, with whether they only interpret JavaScript; fails when they
  /// cannot be started.
  public CompletableFuture<Boolean> serving() {
    return serving;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a step tells of its failure itself
  private void later(Runnable step, long millis) {
    try {
      thread.schedule(
          () -> {
            try {
              step.run();
            } catch (RuntimeException bug) {
              LOG.atError().setCause(bug).log("the supervisor of the workers failed");
            }
          },
          millis,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      // Nothing is to be done any more.
    }
  }

  /// The one ahead comes when the others serve: it must not delay them.
  private int wanted() {
    return serving.isDone() ? count + 1 : count;
  }

  private void fill() {
    while (!stopping && counted() < wanted()) {
      String name = "worker-" + ++started;
      try {
        WorkerProcess process =
            WorkerProcess.start(
                name,
                environments.apply(name),
                this::heard,
                worker -> later(() -> ended(worker), 0));
        workers.put(process, new SupervisedWorker(process));
      } catch (IOException e) {
        LOG.atError().setCause(e).addKeyValue("worker", name).log("a worker cannot be started");
        died();
        return;
      }
    }
  }

  private long counted() {
    return workers.values().stream().filter(SupervisedWorker::counts).count();
  }

  private List<SupervisedWorker> all(State state) {
    return workers.values().stream().filter(worker -> worker.is(state)).toList();
  }

  private void heard(WorkerProcess process, WorkerLine line) {
    switch (line) {
      case WorkerLine.Printed(GuestLog.Line printed) -> log.print(printed);
      case WorkerLine.Ready(boolean onlyInterpreted) ->
          with(
              process,
              worker -> {
                interpreted = onlyInterpreted;
                worker.isReady();
                promote();
              });
      case WorkerLine.Serving() -> with(process, _ -> dismissReplaced());
      case WorkerLine.Sick(Ailment ailment) -> with(process, worker -> replace(worker, ailment));
    }
  }

  /// Does something with a worker, unless its end came first.
  private void with(WorkerProcess process, Consumer<SupervisedWorker> step) {
    later(
        () -> {
          SupervisedWorker worker = workers.get(process);
          if (worker != null) {
            step.accept(worker);
          }
        },
        0);
  }

  private void promote() {
    List<SupervisedWorker> spares = all(State.SPARE);
    int missing = count - all(State.SERVING).size();
    for (SupervisedWorker next : spares.subList(0, Math.min(missing, spares.size()))) {
      next.serves();
      WorkerProcess process = next.process();
      LOG.atInfo()
          .addKeyValue("worker", process.name())
          .addKeyValue("pid", process.pid())
          .log("serves");
    }
    if (all(State.SERVING).size() == count && serving.complete(interpreted)) {
      fill();
    }
  }

  private void replace(SupervisedWorker worker, Ailment ailment) {
    LOG.atWarn()
        .addKeyValue("worker", worker.process().name())
        .addKeyValue("pid", worker.process().pid())
        .addKeyValue("appId", ailment.appId())
        .log(reason(ailment));
    if (worker.counts()) {
      worker.isReplaced();
      promote();
      fill();
    }
    if (ailment instanceof Ailment.BrokenBuiltIn || worker.is(State.LEAVING)) {
      dismiss(worker);
    }
  }

  private static String reason(Ailment ailment) {
    return switch (ailment) {
      case Ailment.StuckCall _ -> "a worker holds a call that cannot be ended; it is replaced";
      case Ailment.EngineFailure _ -> "the engine failed in a worker; it is replaced";
      case Ailment.BrokenBuiltIn _ -> "JavaScript is broken in a worker; it is replaced";
    };
  }

  /// A successor serves: those it replaces are not needed any more.
  private void dismissReplaced() {
    all(State.REPLACED).forEach(this::dismiss);
  }

  /// It has that long to end the calls it has.
  private void dismiss(SupervisedWorker worker) {
    worker.leaves();
    later(worker.process()::kill, STUCK_GRACE.toMillis());
  }

  private void ended(WorkerProcess process) {
    onGone.accept(process.name());
    SupervisedWorker worker = workers.remove(process);
    if (stopping || worker == null || !worker.counts()) {
      return;
    }
    LOG.atError()
        .addKeyValue("worker", process.name())
        .addKeyValue("pid", process.pid())
        .addKeyValue("exitCode", process.exitCode())
        .addKeyValue("ageMs", process.ageMillis())
        .log(
            worker.is(State.SERVING)
                ? "a worker died; it is replaced"
                : "a worker died before it served");
    promote();
    if (process.ageMillis() > LONG_LIFE_MS) {
      deathsInARow = 0;
    }
    died();
  }

  /// The first death costs no pause; a worker that dies at once again and again must not keep the
  /// machine busy with its starts.
  private void died() {
    deathsInARow++;
    if (deathsInARow >= HOPELESS && !serving.isDone()) {
      serving.completeExceptionally(
          new IllegalStateException("worker processes end before they are ready"));
    }
    long pause =
        deathsInARow == 1
            ? 0
            : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(deathsInARow - 2, 10));
    later(this::fill, pause);
  }

  /// Lets calls in flight end, at most that long, and ends all processes. Blocks.
  public void stop(Duration atMost) throws InterruptedException {
    CompletableFuture<List<WorkerProcess>> last = new CompletableFuture<>();
    later(
        () -> {
          stopping = true;
          last.complete(List.copyOf(workers.keySet()));
        },
        0);
    List<WorkerProcess> all = last.join();
    all.forEach(worker -> worker.tell(WorkerLine.DRAIN));
    long until = System.nanoTime() + atMost.toNanos();
    for (WorkerProcess worker : all) {
      worker.awaitEnd(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
    }
    thread.shutdownNow();
  }
}
