package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Takes snapshots of contexts. Call it only on the thread that has entered the context.
public final class RealmInspector {

  /// The prelude leaves its shared objects under this name for the moment of the snapshot.
  public static final String SHARED_OBJECTS = "__berthSharedObjects";

  private static final Source ROOTS =
      Source.newBuilder("js", "[globalThis, ..." + SHARED_OBJECTS + "]", "berth:roots")
          .internal(true)
          .build();
  private static final Source FORGET =
      Source.newBuilder("js", "delete globalThis." + SHARED_OBJECTS, "berth:forget")
          .internal(true)
          .build();

  private final TruffleInstrument.Env env;

  RealmInspector(TruffleInstrument.Env env) {
    this.env = env;
  }

  /// Remembers everything that app code can reach in the entered context, as it is now.
  public RealmSnapshot snapshot() {
    try {
      List<DynamicObject> roots = elements(env.parse(ROOTS).call());
      env.parse(FORGET).call();
      return RealmSnapshot.of(roots);
    } catch (IOException | InteropException e) {
      throw new IllegalStateException("the context could not be inspected", e);
    }
  }

  private static List<DynamicObject> elements(Object array) throws InteropException {
    InteropLibrary interop = InteropLibrary.getUncached();
    List<DynamicObject> elements = new ArrayList<>();
    for (long i = 0; i < interop.getArraySize(array); i++) {
      elements.add((DynamicObject) interop.readArrayElement(array, i));
    }
    return elements;
  }
}
