package dev.berth.jsruntime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// The timers of one invocation. An invocation waits for its timeouts; an interval alone does not
/// keep it from ending, or it never would.
///
/// Only the running step of its invocation uses it.
final class GuestTimers {

  private final ScheduledExecutorService clock;
  private final IntConsumer onDue;
  private final Map<Integer, ScheduledFuture<?>> timeouts = new HashMap<>();
  private final Map<Integer, ScheduledFuture<?>> intervals = new HashMap<>();

  GuestTimers(ScheduledExecutorService clock, IntConsumer onDue) {
    this.clock = clock;
    this.onDue = onDue;
  }

  /// Does what app code asked for.
  ///
  /// @return by how much the number of things the invocation waits for grows
  int handle(Post post) {
    return switch (post.kind()) {
      case "timeout" -> {
        timeouts.put(post.id(), ring(post));
        yield 1;
      }
      case "interval", "again" -> {
        intervals.put(post.id(), ring(post));
        yield 0;
      }
      default -> cancel(post.id());
    };
  }

  private ScheduledFuture<?> ring(Post post) {
    int id = post.id();
    return clock.schedule(
        () -> onDue.accept(id), Long.parseLong(post.text()), TimeUnit.MILLISECONDS);
  }

  private int cancel(int id) {
    ScheduledFuture<?> interval = intervals.remove(id);
    if (interval != null) {
      interval.cancel(false);
    }
    ScheduledFuture<?> timeout = timeouts.get(id);
    // One that could not be cancelled is on its way already and is counted down when it arrives.
    if (timeout != null && timeout.cancel(false)) {
      timeouts.remove(id);
      return -1;
    }
    return 0;
  }

  /// Takes note that a timer is due.
  ///
  /// @return by how much the number of things the invocation waits for shrinks
  int fired(int id) {
    return timeouts.remove(id) != null ? 1 : 0;
  }

  /// How many intervals have not been cleared.
  int intervals() {
    return intervals.size();
  }

  void cancelAll() {
    timeouts.values().forEach(timer -> timer.cancel(false));
    intervals.values().forEach(timer -> timer.cancel(false));
  }
}
