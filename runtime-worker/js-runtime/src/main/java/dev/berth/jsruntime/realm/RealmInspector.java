package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes snapshots of contexts. Call it only on the thread that has entered the context.
public final class RealmInspector {

  /// The prelude leaves its shared objects under this name for the moment of the snapshot.
  public static final String SHARED_OBJECTS = "__berthSharedObjects";

  /// The prelude leaves the object that holds the returned value under this name.
  public static final String RETURNED_VALUE = "__berthReturned";

  private static final Source ROOTS =
      program("roots", "[globalThis, " + take(SHARED_OBJECTS) + "]");
  private static final Source RETURNED = program("returned", take(RETURNED_VALUE));

  /// One object of each kind that holds more than properties.
  private static final Source HOLDERS =
      program(
          "holders",
          "[[1], [1.5], ['a'], [{}], [1,,2], new Map([[1, 2]]), new Set([1]), new Date(0), new Uint8Array(1), new DataView(new ArrayBuffer(1)),"
              + " Promise.resolve(1), (function () { return arguments; })(1), new Proxy({}, {})]");

  private static final AtomicBoolean WALKED = new AtomicBoolean();

  private final TruffleInstrument.Env env;

  RealmInspector(TruffleInstrument.Env env) {
    this.env = env;
  }

  /// Takes the objects from which everything is reached that app code can reach in the entered
  /// context without making it itself.
  public RealmRoots roots() {
    try {
      InteropLibrary interop = InteropLibrary.getUncached();
      if (WALKED.compareAndSet(false, true)) {
        // Later a walk may begin at the end of a deep stack, where no class may be initialised.
        RealmSnapshot.of(List.of((DynamicObject) env.parse(HOLDERS).call())).isUnchanged();
      }
      Object roots = env.parse(ROOTS).call();
      return new RealmRoots(
          (DynamicObject) interop.readArrayElement(roots, 0),
          (JSDynamicObject) interop.readArrayElement(roots, 1));
    } catch (IOException | InteropException e) {
      throw new IllegalStateException("the context could not be inspected", e);
    }
  }

  /// Takes the object in which the entered context leaves what a function returned.
  public ReturnedValue returnedValue() {
    try {
      return new ReturnedValue((JSDynamicObject) env.parse(RETURNED).call());
    } catch (IOException e) {
      throw new IllegalStateException("the context could not be inspected", e);
    }
  }

  /// Listens to the rejections in the entered context from now on.
  public UnhandledRejections unhandledRejections() {
    JSRealm realm = JSRealm.get(null);
    UnhandledRejections rejections = new UnhandledRejections();
    realm.getContext().setPromiseRejectionTracker(realm.getAgent(), rejections);
    return rejections;
  }

  /// An expression that reads a global and removes it.
  private static String take(String name) {
    return "((value) => (delete globalThis." + name + ", value))(globalThis." + name + ")";
  }

  private static Source program(String name, String text) {
    return Source.newBuilder("js", text, "berth:" + name).internal(true).build();
  }
}
