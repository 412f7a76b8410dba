package dev.berth.launcher.workers;

import dev.berth.jsruntime.GuestLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final List<String> jvmOptions;
  private final Function<String, Map<String, String>> environments;
  private final Consumer<String> onGone;
  private final GuestLog log;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("berth-workers").daemon().factory());
  private final CompletableFuture<Boolean> serving = new CompletableFuture<>();

  // Only the one thread touches these.
  private final Set<WorkerProcess> alive = new LinkedHashSet<>();
  private final Deque<WorkerProcess> spare = new ArrayDeque<>();
  private final Set<WorkerProcess> active = new LinkedHashSet<>();

  /// Those that serve only until their successor does.
  private final Set<WorkerProcess> replaced = new LinkedHashSet<>();

  private int started;
  private int deathsInARow;
  private boolean interpreted;
  private boolean stopping;

  private WorkerProcesses(
      int count,
      List<String> jvmOptions,
      Function<String, Map<String, String>> environments,
      Consumer<String> onGone,
      GuestLog log) {
    this.count = count;
    this.jvmOptions = List.copyOf(jvmOptions);
    this.environments = environments;
    this.onGone = onGone;
    this.log = log;
  }

  /// Starts the processes.
  ///
  /// @param jvmOptions what the processes get besides the options of this one
  /// @param environments what the process of that name has to know
  /// @param onGone gets the name of a worker that is dead
  /// @param log where app code prints
  public static WorkerProcesses start(
      int count,
      List<String> jvmOptions,
      Function<String, Map<String, String>> environments,
      Consumer<String> onGone,
      GuestLog log) {
    WorkerProcesses workers = new WorkerProcesses(count, jvmOptions, environments, onGone, log);
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
    while (!stopping && alive.size() < wanted()) {
      String name = "worker-" + ++started;
      try {
        alive.add(
            WorkerProcess.start(
                name,
                jvmOptions,
                environments.apply(name),
                this::heard,
                worker -> later(() -> ended(worker), 0)));
      } catch (IOException e) {
        LOG.atError().setCause(e).addKeyValue("worker", name).log("a worker cannot be started");
        died();
        return;
      }
    }
  }

  private void heard(WorkerProcess worker, WorkerLine line) {
    switch (line) {
      case WorkerLine.Printed(GuestLog.Line printed) -> log.print(printed);
      case WorkerLine.Ready(boolean onlyInterpreted) ->
          later(
              () -> {
                interpreted = onlyInterpreted;
                spare.add(worker);
                promote();
              },
              0);
      case WorkerLine.Serving() -> later(this::retire, 0);
      case WorkerLine.Stuck() -> later(() -> replaceStuck(worker), 0);
    }
  }

  private void promote() {
    while (active.size() < count && !spare.isEmpty()) {
      WorkerProcess next = spare.remove();
      active.add(next);
      next.tell(WorkerLine.SERVE);
      LOG.atInfo().addKeyValue("worker", next.name()).addKeyValue("pid", next.pid()).log("serves");
    }
    if (active.size() == count && serving.complete(interpreted)) {
      fill();
    }
  }

  private void replaceStuck(WorkerProcess worker) {
    if (!active.remove(worker)) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("worker", worker.name())
        .addKeyValue("pid", worker.pid())
        .log("a worker holds a call that cannot be ended; it is replaced");
    // It does not count any more, so that the spare that takes its place gets a successor.
    alive.remove(worker);
    replaced.add(worker);
    promote();
    fill();
  }

  /// A successor serves: those it replaces are not needed any more.
  private void retire() {
    for (WorkerProcess worker : replaced) {
      worker.tell(WorkerLine.DRAIN);
      later(worker::kill, STUCK_GRACE.toMillis());
    }
    replaced.clear();
  }

  private void ended(WorkerProcess worker) {
    onGone.accept(worker.name());
    boolean wasCounted = alive.remove(worker);
    boolean wasActive = active.remove(worker);
    spare.remove(worker);
    replaced.remove(worker);
    if (stopping || !wasCounted) {
      return;
    }
    LOG.atError()
        .addKeyValue("worker", worker.name())
        .addKeyValue("pid", worker.pid())
        .addKeyValue("exitCode", worker.exitCode())
        .addKeyValue("ageMs", worker.ageMillis())
        .log(wasActive ? "a worker died; it is replaced" : "a worker died before it served");
    promote();
    if (worker.ageMillis() > LONG_LIFE_MS) {
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
          List<WorkerProcess> everyone = new ArrayList<>(alive);
          everyone.addAll(replaced);
          last.complete(everyone);
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
