package dev.berth.controlplane.logs;

import dev.berth.appmodel.AppId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Log entries that nobody has written yet: a bounded number, of which one app takes at most a
/// quarter, so that a busy app does not cost others their logs. Safe from any thread.
final class WaitingEntries {

  /// @param since `System.nanoTime()` when it came
  private record Waiting(LogEntry entry, long since) {}

  private final int most;
  private final Deque<Waiting> entries = new ArrayDeque<>();
  private final Map<AppId, Integer> ofApps = new HashMap<>();

  WaitingEntries(int most) {
    this.most = most;
  }

  /// Takes an entry, unless there are too many.
  synchronized boolean offer(LogEntry entry, long now) {
    int ofApp = ofApps.getOrDefault(entry.appId(), 0);
    if (entries.size() >= most || ofApp >= most / 4) {
      return false;
    }
    ofApps.put(entry.appId(), ofApp + 1);
    entries.addLast(new Waiting(entry, now));
    return true;
  }

  /// Gives out what came at that time or before, the oldest first.
  synchronized List<LogEntry> takeUntil(long nanoTime) {
    List<LogEntry> taken = new ArrayList<>();
    while (!entries.isEmpty() && entries.getFirst().since - nanoTime <= 0) {
      LogEntry entry = entries.removeFirst().entry;
      taken.add(entry);
      ofApps.computeIfPresent(entry.appId(), (_, count) -> count == 1 ? null : count - 1);
    }
    return taken;
  }
}
