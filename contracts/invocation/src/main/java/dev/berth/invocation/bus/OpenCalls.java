package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Outcome;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// The calls that a worker was given and has not answered, and how much they are in the way of
/// another one. Safe from any thread.
final class OpenCalls {

  /// So many calls of an app stay together on a worker: its contexts are warm there, and others
  /// can keep away from what they do.
  static final int TOGETHER = 4;

  /// A worker that owes answers and gave none for so long may have stopped, to collect garbage.
  static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /// A worker that gets no calls tells nothing, so what it told last counts for so long.
  static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final Map<Promise<Outcome>, AppId> open = new ConcurrentHashMap<>();
  private final Map<AppId, Integer> openOf = new ConcurrentHashMap<>();
  private volatile long answeredNanos;
  private volatile int ofOthers;
  private volatile long toldNanos;

  /// @param nanoTime like `System.nanoTime`
  OpenCalls(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.answeredNanos = nanoTime.getAsLong();
    this.toldNanos = nanoTime.getAsLong() - TOLD_NANOS;
  }

  void begin(Promise<Outcome> call, AppId app) {
    if (open.isEmpty()) {
      // It owed nothing until now.
      answeredNanos = nanoTime.getAsLong();
    }
    open.put(call, app);
    openOf.merge(app, 1, Integer::sum);
  }

  /// The worker told with an answer how many calls it has, those of other callers included.
  void told(int load) {
    // The call that is answered is not in it any more, but still open here.
    ofOthers = Math.max(0, load - open.size() + 1);
    toldNanos = nanoTime.getAsLong();
  }

  void answered(Promise<Outcome> call) {
    answeredNanos = nanoTime.getAsLong();
    drop(call);
  }

  void drop(Promise<Outcome> call) {
    AppId app = open.remove(call);
    if (app != null) {
      openOf.computeIfPresent(app, (_, calls) -> calls == 1 ? null : calls - 1);
    }
  }

  void forEach(BiConsumer<Promise<Outcome>, AppId> action) {
    open.forEach(action);
  }

  /// How many calls are in the way of another one of an app: those of other callers as far as
  /// the worker told, and few of the same app only while the worker is silent.
  int inTheWayOf(AppId app) {
    long now = nanoTime.getAsLong();
    int all = open.size() + (now - toldNanos < TOLD_NANOS ? ofOthers : 0);
    return now - answeredNanos > SILENCE_NANOS
        ? all
        : all - Math.min(openOf.getOrDefault(app, 0), TOGETHER);
  }
}
