package dev.berth.launcher.workers;

import dev.berth.appmodel.AppId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says which app a worker died of, and says nobody unless that is plain: an app must not be able
/// to have its neighbour blamed.
final class Culprit {

  /// How a JVM ends that was told to end when its heap is full.
  static final int OUT_OF_MEMORY = 3;

  /// How a process ends that somebody killed: an operator, or a system that is short of memory,
  /// which takes whoever is largest.
  static final int KILLED = 137;

  /// The other signals with which somebody may end it: SIGHUP, SIGINT and SIGTERM.
  private static final Set<Integer> TOLD_TO_END = Set.of(129, 130, 143);

  /// A shortage that long ago has passed.
  private static final Duration RECENT = Duration.ofSeconds(10);

  private Culprit() {}

  /// What a worker said when its heap was nearly full.
  ///
  /// @param appId whose calls had allocated more than all others together; `null` when none had
  record Shortage(@Nullable AppId appId, long atNanos) {}

  /// The app to blame for a death, or `null`.
  ///
  /// @param last what it said last, if ever
  /// @param unanswered the apps whose calls it took with it
  static @Nullable AppId of(
      int exitCode, @Nullable Shortage last, long nowNanos, Set<AppId> unanswered) {
    if (exitCode == OUT_OF_MEMORY
        && last != null
        && nowNanos - last.atNanos() <= RECENT.toNanos()) {
      return last.appId();
    }
    boolean byItself = exitCode != KILLED && !TOLD_TO_END.contains(exitCode);
    return byItself && unanswered.size() == 1 ? unanswered.iterator().next() : null;
  }
}
