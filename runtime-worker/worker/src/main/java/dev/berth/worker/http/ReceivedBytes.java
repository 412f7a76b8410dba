package dev.berth.worker.http;

import dev.berth.appmodel.AppId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes of bodies that the host holds for functions, and how many these may be. Safe from
/// any
/// thread.
final class ReceivedBytes {

  private final long mostOfOneApp;
  private final long most;
  private final AtomicLong held = new AtomicLong();
  private final ConcurrentMap<AppId, Long> ofApps = new ConcurrentHashMap<>();

  ReceivedBytes(long mostOfOneApp, long most) {
    this.mostOfOneApp = mostOfOneApp;
    this.most = most;
  }

  /// Takes bytes, or refuses without taking any.
  boolean take(AppId appId, long bytes) {
    boolean fits = held.addAndGet(bytes) <= most;
    boolean fitsTheApp = add(appId, bytes) <= mostOfOneApp;
    if (!fits || !fitsTheApp) {
      giveBack(appId, bytes);
    }
    return fits && fitsTheApp;
  }

  void giveBack(AppId appId, long bytes) {
    held.addAndGet(-bytes);
    add(appId, -bytes);
  }

  private long add(AppId appId, long bytes) {
    Long now =
        ofApps.compute(
            appId,
            (_, before) -> {
              long after = (before == null ? 0 : before) + bytes;
              return after == 0 ? null : after;
            });
    return now == null ? 0 : now;
  }

  long held() {
    return held.get();
  }
}
