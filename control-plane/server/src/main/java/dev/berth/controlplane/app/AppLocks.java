package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One change of an app at a time in this process, without waiting for changes of others. A lock
/// is there as long as somebody holds it or waits for it.
public final class AppLocks {

  private final ConcurrentMap<AppId, Shared> locks = new ConcurrentHashMap<>();

  private static final class Shared {

    final ReentrantLock lock = new ReentrantLock();

    /// Who holds it or waits for it. Changed within [ConcurrentMap#compute] alone.
    int users;
  }

  /// Makes a change while nobody else makes one of that app.
  <T> T alone(AppId appId, Supplier<T> change) {
    Shared shared =
        locks.compute(appId, (_, known) -> joined(known == null ? new Shared() : known));
    shared.lock.lock();
    try {
      return change.get();
    } finally {
      shared.lock.unlock();
      locks.computeIfPresent(appId, (_, known) -> --known.users == 0 ? null : known);
    }
  }

  private static Shared joined(Shared shared) {
    shared.users++;
    return shared;
  }
}
