package dev.berth.launcher.dev;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be stopped, in the order that loses nothing: first no new requests and the end of
/// those in flight, last the database that they may still write to. Of one part, what started last
/// stops first, because it may need what was there before it.
public final class Shutdown {

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final Map<Part, Deque<Step>> steps = new EnumMap<>(Part.class);
  private final List<CompletableFuture<?>> starting = new ArrayList<>();
  private boolean begun;

  /// Of a process that has not started anything yet.
  public Shutdown() {}

  /// The parts of a process, in the order in which they stop.
  public enum Part {
    FOLDER_WATCHER,
    GATEWAY,
    APP_CODE,
    APP_STORE,
    VERTX,
    DATABASE
  }

  /// How one part stops. Blocks until it has.
  @FunctionalInterface
  public interface Step {
    void run() throws Exception;
  }

  /// Adds a part that has started. When all is stopping already, it stops at once.
  public void add(Part part, Step step) {
    synchronized (steps) {
      if (!begun) {
        steps.computeIfAbsent(part, _ -> new ArrayDeque<>()).addFirst(step);
        return;
      }
    }
    run(part, step);
  }

  /// Names a part that is being started: what is half started cannot be stopped, so stopping
  /// waits for it.
  <T> CompletableFuture<T> awaiting(CompletableFuture<T> part) {
    synchronized (steps) {
      starting.add(part);
    }
    return part;
  }

  /// Stops everything, once.
  public void run() {
    List<CompletableFuture<?>> unfinished;
    synchronized (steps) {
      unfinished = List.copyOf(starting);
    }
    unfinished.forEach(part -> part.handle((_, _) -> true).join());
    synchronized (steps) {
      if (begun) {
        return;
      }
      begun = true;
    }
    steps.forEach((part, all) -> all.forEach(step -> run(part, step)));
  }

  private static void run(Part part, Step step) {
    try {
      step.run();
    } catch (Exception e) {
      // The parts that come after it are to stop all the same.
      LOG.atWarn().setCause(e).addKeyValue("part", part).log("did not stop cleanly");
    }
  }
}
