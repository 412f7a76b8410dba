package dev.berth.jsruntime.realm;

import com.oracle.truffle.js.runtime.PromiseRejectionTracker;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import java.util.LinkedHashMap;
import java.util.Map;

/// The promises of the running invocation that were rejected, and that nobody listened to.
///
/// Only on the thread that has entered the context; the engine calls it wherever app code
/// rejects a promise, maybe at the end of its stack, so it does next to nothing.
public final class UnhandledRejections implements PromiseRejectionTracker {

  /// More are forgotten: each holds what app code rejected with.
  private static final int MOST = 100;

  private final Map<JSDynamicObject, Object> reasons = new LinkedHashMap<>();

  UnhandledRejections() {}

  @Override
  public void promiseRejected(JSDynamicObject promise, Object reason) {
    if (reasons.size() < MOST) {
      reasons.put(promise, reason);
    }
  }

  @Override
  public void promiseRejectionHandled(JSDynamicObject promise) {
    reasons.remove(promise);
  }

  @Override
  public void promiseRejectedAfterResolved(JSDynamicObject promise, Object value) {}

  @Override
  public void promiseResolvedAfterResolved(JSDynamicObject promise, Object value) {}

  public void forget() {
    reasons.clear();
  }

  /// Leaves each reason where the prelude finds it, in the order they came, and forgets them all.
  /// Whoever returned the promise hears of it otherwise.
  ///
  /// @param report has the prelude report the one that was left; may run app code
  public void report(ReturnedValue returned, Runnable report) {
    if (reasons.isEmpty()) {
      return;
    }
    Map<JSDynamicObject, Object> all = new LinkedHashMap<>(reasons);
    reasons.clear();
    all.forEach(
        (promise, reason) -> {
          if (!returned.is(promise)) {
            returned.leave(reason);
            report.run();
          }
        });
  }
}
