package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.object.Location;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arrays in which the engine keeps the values of objects that do not fit into the objects
/// themselves, and a copy of what was in them.
///
/// It reads private fields of the engine. An engine without those fields fails at the first
/// context, before any app runs.
final class ObjectStorage {

  private static final VarHandle REFERENCES;
  private static final VarHandle PRIMITIVES;

  static {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(DynamicObject.class, MethodHandles.lookup());
      REFERENCES = lookup.findVarHandle(DynamicObject.class, "extRef", Object[].class);
      PRIMITIVES = lookup.findVarHandle(DynamicObject.class, "extVal", int[].class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of the JavaScript engine keeps values in a way Berth does not know", e);
    }
  }

  private static final @Nullable Object[] NO_REFERENCES = {};
  private static final int[] NO_PRIMITIVES = {};

  private final DynamicObject[] referenceHolders;

  /// All arrays one after the other, in the order of their holders: one stretch of memory is
  /// read faster
  /// than hundreds of small arrays.
  private final @Nullable Object[] references;

  private final int[] referenceCounts;
  private final DynamicObject[] primitiveHolders;
  private final int[][] primitives;

  private ObjectStorage(List<DynamicObject> withReferences, List<DynamicObject> withPrimitives) {
    referenceHolders = withReferences.toArray(DynamicObject[]::new);
    referenceCounts = withReferences.stream().mapToInt(o -> references(o).length).toArray();
    references = withReferences.stream().flatMap(o -> Arrays.stream(references(o))).toArray();
    primitiveHolders = withPrimitives.toArray(DynamicObject[]::new);
    primitives = withPrimitives.stream().map(o -> primitives(o).clone()).toArray(int[][]::new);
  }

  static ObjectStorage of(List<DynamicObject> objects) {
    return new ObjectStorage(
        objects.stream().filter(object -> references(object).length > 0).toList(),
        objects.stream().filter(object -> primitives(object).length > 0).toList());
  }

  /// Whether values at the location are in these arrays.
  static boolean holds(Location location) {
    return location.getClass().getSimpleName().endsWith("ArrayLocation");
  }

  boolean isUnchanged() {
    return referencesAreUnchanged() && primitivesAreUnchanged();
  }

  /// The same objects in the same places. An equal one in its place is a change: it costs a fresh
  /// context, no more.
  @SuppressWarnings("ReferenceEquality")
  private boolean referencesAreUnchanged() {
    int at = 0;
    for (int i = 0; i < referenceHolders.length; i++) {
      @Nullable Object[] now = references(referenceHolders[i]);
      if (now.length != referenceCounts[i]) {
        return false;
      }
      for (Object value : now) {
        if (value != references[at++]) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean primitivesAreUnchanged() {
    for (int i = 0; i < primitives.length; i++) {
      if (!Arrays.equals(primitives(primitiveHolders[i]), primitives[i])) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object[] references(DynamicObject object) {
    Object[] array = (Object[]) REFERENCES.get(object);
    return array == null ? NO_REFERENCES : array;
  }

  private static int[] primitives(DynamicObject object) {
    int[] array = (int[]) PRIMITIVES.get(object);
    return array == null ? NO_PRIMITIVES : array;
  }
}
