package dev.berth.worker.http;

import dev.berth.appmodel.AppId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the host holds for the functions of all apps, such as bytes of bodies, and how much of it
/// that may be: in all, and for one app. Safe from any thread.
final class AppBudget {

  private final long mostOfOneApp;
  private final long most;
  private final AtomicLong held = new AtomicLong();
  private final ConcurrentMap<AppId, Long> ofApps = new ConcurrentHashMap<>();

  AppBudget(long mostOfOneApp, long most) {
    this.mostOfOneApp = mostOfOneApp;
    this.most = most;
  }

  /// Takes so much, or refuses without taking any.
  boolean take(AppId appId, long amount) {
    boolean fits = held.addAndGet(amount) <= most;
    boolean fitsTheApp = add(appId, amount) <= mostOfOneApp;
    if (!fits || !fitsTheApp) {
      giveBack(appId, amount);
    }
    return fits && fitsTheApp;
  }

  void giveBack(AppId appId, long amount) {
    held.addAndGet(-amount);
    add(appId, -amount);
  }

  private long add(AppId appId, long amount) {
    Long now =
        ofApps.compute(
            appId,
            (_, before) -> {
              long after = (before == null ? 0 : before) + amount;
              return after == 0 ? null : after;
            });
    return now == null ? 0 : now;
  }

  long held() {
    return held.get();
  }
}
