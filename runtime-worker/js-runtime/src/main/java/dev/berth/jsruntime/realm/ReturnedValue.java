package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSPromise;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;

/// What the function of the running invocation returned, as it stands now.
///
/// Only on the thread that has entered the context. It reads the state of a promise; it neither
/// runs JavaScript nor counts as a handler.
public final class ReturnedValue {

  private static final TruffleString VALUE = Strings.constant("value");
  private static final TruffleString RESULT = Strings.constant("result");
  private static final TruffleString REJECTION = Strings.constant("rejection");

  /// The prelude's object `{ value, result, rejection }`.
  private final JSDynamicObject holder;

  ReturnedValue(JSDynamicObject holder) {
    this.holder = holder;
  }

  /// Whether it is an object that may have a `then` method and is no promise yet.
  public boolean mayBeThenable() {
    Object value = JSObject.get(holder, VALUE);
    return JSRuntime.isObject(value) && !(value instanceof JSPromiseObject);
  }

  /// Whether there is no promise to wait for.
  public boolean isSettled() {
    return !(JSObject.get(holder, VALUE) instanceof JSPromiseObject promise)
        || !JSPromise.isPending(promise);
  }

  /// Leaves the result where the prelude finds it: what a settled promise came to, or the
  /// returned value itself.
  ///
  /// @return whether it is the reason of a rejected promise
  public boolean takeResult() {
    Object value = JSObject.get(holder, VALUE);
    if (!(value instanceof JSPromiseObject promise)) {
      JSObject.set(holder, RESULT, value);
      return false;
    }
    JSObject.set(holder, RESULT, JSPromise.getPromiseResult(promise));
    return JSPromise.isRejected(promise);
  }

  /// Whether it is this promise.
  boolean is(JSDynamicObject promise) {
    return promise.equals(JSObject.get(holder, VALUE));
  }

  /// Leaves the reason of a rejection where the prelude finds it.
  void leave(Object reason) {
    JSObject.set(holder, REJECTION, reason);
  }
}
