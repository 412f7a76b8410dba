package dev.berth.launcher.workers;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.GuestLog;
import dev.berth.launcher.workers.Culprit.Shortage;
import dev.berth.launcher.workers.SupervisedWorker.State;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Keeps a number of worker processes serving, and one more started ahead, so that a worker that
/// dies is replaced in milliseconds. Safe from any thread; everything happens on one of its own.
public final class WorkerProcesses {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcesses.class);

  /// What a call may take besides the time of its function: the queue, the way there and back.
  private static final Duration BESIDES = Duration.ofSeconds(30);

  private static final long KNOWN_POLL_MS = 10;

  private final WorkerProcessSettings settings;
  private final Duration longestCall;
  private final Links links;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("berth-workers").daemon().factory());
  private final CompletableFuture<Boolean> serving = new CompletableFuture<>();

  private final ConcurrentMap<String, Integer> metricsPorts = new ConcurrentHashMap<>();
  private final Replacements replacements = new Replacements();

  // Only the one thread touches these.
  private final Map<WorkerProcess, SupervisedWorker> workers = new LinkedHashMap<>();
  private final RestartPauses pauses = new RestartPauses();
  private int started;
  private boolean interpreted;
  private boolean stopping;

  private WorkerProcesses(WorkerProcessSettings settings, Duration longestCall, Links links) {
    this.settings = settings;
    this.longestCall = longestCall;
    this.links = links;
  }

  /// What connects the workers with the rest.
  ///
  /// @param prefix of the names of the workers, which are unique in the cluster
  /// @param jvmOptions what the processes get besides the options of this one
  /// @param setups what the worker of that name has to know
  /// @param isKnown whether calls can go to the worker of that name
  /// @param onGone gets the name of a worker that is dead; answers whose calls it took with it
  /// @param onBlame gets each app that a worker ended because of
  /// @param log where app code prints
  public record Links(
      String prefix,
      List<String> jvmOptions,
      Function<String, WorkerRole.Setup> setups,
      Predicate<String> isKnown,
      Function<String, Set<AppId>> onGone,
      Consumer<AppId> onBlame,
      GuestLog log) {}

  /// Starts the processes.
  ///
  /// @param longestCall how long a function may run: a worker that retires waits for it
  public static WorkerProcesses start(
      WorkerProcessSettings settings, Duration longestCall, Links links) {
    WorkerProcesses workers = new WorkerProcesses(settings, longestCall, links);
    workers.later(workers::fill, 0);
    return workers;
  }

  /// Completes when all serve and calls reach them, with whether they only interpret JavaScript;
  /// fails when they cannot be started.
  public CompletableFuture<Boolean> serving() {
    return serving;
  }

  /// Where the workers can be measured: ports on loopback, by the worker's name.
  public Map<String, Integer> metricsPorts() {
    return Map.copyOf(metricsPorts);
  }

  /// The longest time from the moment a worker was known to be sick or dead until its successor
  /// served.
  public long longestReplacementMillis() {
    return replacements.longestMillis();
  }

  /// How many workers died or were sick, and so were replaced. One that retires does not count.
  public long replacementCount() {
    return replacements.count();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a step tells of its failure itself
  private void later(Runnable step, long millis) {
    try {
      thread.schedule(
          () -> {
            try {
              step.run();
            } catch (RuntimeException | Error bug) {
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
    return serving.isDone() ? settings.count() + 1 : settings.count();
  }

  private void fill() {
    while (!stopping && counted() < wanted()) {
      String name = links.prefix() + "worker-" + ++started;
      try {
        WorkerProcess process =
            WorkerProcess.start(
                name,
                settings.heapBytes(),
                links.jvmOptions(),
                links.setups().apply(name).environment(),
                this::heard,
                worker -> later(() -> ended(worker), 0));
        workers.put(process, new SupervisedWorker(process));
      } catch (IOException | RuntimeException e) {
        LOG.atError().setCause(e).addKeyValue("worker", name).log("a worker cannot be started");
        died(0);
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
      case WorkerLine.Printed(GuestLog.Line printed) -> links.log().print(printed);
      case WorkerLine.Ready ready -> with(process, worker -> ready(worker, ready));
      case WorkerLine.Serving() -> with(process, _ -> serves(process));
      case WorkerLine.Sick(Ailment ailment) -> with(process, worker -> replace(worker, ailment));
      case WorkerLine.WornOut() -> with(process, this::wornOut);
      case WorkerLine.ShortOfMemory memory ->
          with(
              process,
              worker -> worker.wasShort(new Shortage(memory.largest(), System.nanoTime())));
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

  private void ready(SupervisedWorker worker, WorkerLine.Ready line) {
    interpreted = line.interpreted();
    if (line.metricsPort() != null) {
      metricsPorts.put(worker.process().name(), line.metricsPort());
    }
    worker.isReady();
    promote();
    retireNext();
  }

  private void promote() {
    List<SupervisedWorker> spares = all(State.SPARE);
    int missing = settings.count() - all(State.SERVING).size();
    for (SupervisedWorker next : spares.subList(0, Math.min(missing, spares.size()))) {
      next.serves();
      replacements.isFilledBy(next.process());
      about(LOG.atInfo(), next).log("serves");
      later(() -> wornOut(next), settings.spreadLifeMillis());
    }
  }

  private static LoggingEventBuilder about(LoggingEventBuilder event, SupervisedWorker worker) {
    return event
        .addKeyValue("worker", worker.process().name())
        .addKeyValue("pid", worker.process().pid());
  }

  private void replace(SupervisedWorker worker, Ailment ailment) {
    about(LOG.atWarn(), worker).addKeyValue("appId", ailment.appId()).log(reason(ailment));
    blame(worker, ailment.appId());
    worker.fellSick();
    boolean mayServe = worker.is(State.SERVING) || worker.is(State.REPLACED);
    if (worker.counts()) {
      replacements.isLost(mayServe);
      worker.isReplaced();
      promote();
      later(this::fill, pauses.afterDeath(worker.process().ageMillis()));
    }
    if (ailment instanceof Ailment.BrokenBuiltIn || !mayServe) {
      dismiss(worker);
    }
  }

  private static String reason(Ailment ailment) {
    return switch (ailment) {
      case Ailment.StuckCall _ -> "a worker holds a call that cannot be ended; it is replaced";
      case Ailment.FullHeap() ->
          "the heap of a worker stays full although nothing runs; it is replaced";
      case Ailment.EngineFailure _ -> "the engine failed in a worker; it is replaced";
      case Ailment.BrokenBuiltIn _ -> "JavaScript is broken in a worker; it is replaced";
    };
  }

  private void blame(SupervisedWorker worker, @Nullable AppId appId) {
    if (appId != null && worker.blame()) {
      links.onBlame().accept(appId);
    }
  }

  private void serves(WorkerProcess process) {
    replacements.serves(process);
    onceKnown(process);
  }

  private void putAnotherInPlaceOf(SupervisedWorker worker) {
    worker.isReplaced();
    promote();
    fill();
  }

  private void wornOut(SupervisedWorker worker) {
    worker.isWornOut();
    retireNext();
  }

  /// One at a time, and only when another is ready to serve at once.
  private void retireNext() {
    if (all(State.SPARE).isEmpty()
        || !all(State.REPLACED).isEmpty()
        || !all(State.LEAVING).isEmpty()) {
      return;
    }
    workers.values().stream()
        .filter(SupervisedWorker::mayRetire)
        .findFirst()
        .ifPresent(
            worker -> {
              about(LOG.atInfo(), worker)
                  .addKeyValue("ageMs", worker.process().ageMillis())
                  .log("a worker retires");
              putAnotherInPlaceOf(worker);
            });
  }

  /// That it serves is heard here before callers hear of it, and they have to know a successor
  /// before the others leave: the news come on different ways.
  private void onceKnown(WorkerProcess process) {
    if (isKnown(process)) {
      dismissReplaced();
      beginOnceAllServe();
    } else if (workers.containsKey(process)) {
      later(() -> onceKnown(process), KNOWN_POLL_MS);
    }
  }

  /// As many as have a successor, the oldest first.
  private void dismissReplaced() {
    List<SupervisedWorker> replaced = all(State.REPLACED);
    long serve = replaced.size() + all(State.SERVING).stream().filter(this::isKnown).count();
    replaced.stream().limit(Math.max(0, serve - settings.count())).forEach(this::dismiss);
  }

  private boolean isKnown(SupervisedWorker worker) {
    return isKnown(worker.process());
  }

  private boolean isKnown(WorkerProcess process) {
    return links.isKnown().test(process.name());
  }

  private void beginOnceAllServe() {
    long reached = all(State.SERVING).stream().filter(this::isKnown).count();
    if (reached == settings.count() && serving.complete(interpreted)) {
      fill();
    }
  }

  /// It is not needed any more. It has a while to end the calls it holds.
  private void dismiss(SupervisedWorker worker) {
    Duration grace = worker.isSick() ? settings.stuckGrace() : longestCall.plus(BESIDES);
    worker.leaves(grace);
    later(worker.process()::kill, grace.toMillis());
  }

  private void ended(WorkerProcess process) {
    Set<AppId> unanswered = links.onGone().apply(process.name());
    metricsPorts.remove(process.name());
    replacements.isGone(process);
    SupervisedWorker worker = workers.remove(process);
    if (stopping || worker == null) {
      return;
    }
    if (!worker.is(State.LEAVING)) {
      blame(
          worker, Culprit.of(process.exitCode(), worker.shortage(), System.nanoTime(), unanswered));
    }
    if (!worker.counts()) {
      retireNext();
      return;
    }
    replacements.isLost(worker.is(State.SERVING));
    about(LOG.atError(), worker)
        .addKeyValue("exitCode", process.exitCode())
        .addKeyValue("ageMs", process.ageMillis())
        .log(
            worker.is(State.SERVING)
                ? "a worker died; it is replaced"
                : "a worker died before it served");
    promote();
    died(process.ageMillis());
  }

  private void died(long ageMillis) {
    long pause = pauses.afterDeath(ageMillis);
    if (pauses.isHopeless() && !serving.isDone()) {
      serving.completeExceptionally(
          new IllegalStateException("worker processes end before they are ready"));
    }
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
    all.forEach(worker -> worker.tell(WorkerLine.drain(atMost)));
    long until = System.nanoTime() + atMost.toNanos();
    for (WorkerProcess worker : all) {
      worker.awaitEnd(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
    }
    thread.shutdownNow();
  }
}
