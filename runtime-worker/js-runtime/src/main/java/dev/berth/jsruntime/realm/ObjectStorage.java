package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.object.Location;
import com.oracle.truffle.js.runtime.objects.JSOrdinaryObject.DefaultLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where the engine keeps the values of objects, and a copy of what was there: in fields of the
/// ordinary objects, and in arrays what does not fit into an object.
///
/// It reads private fields of the engine. An engine without those fields fails at the first
/// context, before any app runs.
final class ObjectStorage {

  private static final VarHandle REFERENCES;
  private static final VarHandle PRIMITIVES;
  // One constant each: the JVM compiles a read through a constant to a single instruction.
  private static final VarHandle FIELD_0;
  private static final VarHandle FIELD_1;
  private static final VarHandle FIELD_2;
  private static final VarHandle FIELD_3;
  private static final VarHandle NUMBER_0;
  private static final VarHandle NUMBER_1;
  private static final VarHandle NUMBER_2;

  static {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(DynamicObject.class, MethodHandles.lookup());
      REFERENCES = lookup.findVarHandle(DynamicObject.class, "extRef", Object[].class);
      PRIMITIVES = lookup.findVarHandle(DynamicObject.class, "extVal", int[].class);
      MethodHandles.Lookup ordinary =
          MethodHandles.privateLookupIn(DefaultLayout.class, MethodHandles.lookup());
      FIELD_0 = ordinary.findVarHandle(DefaultLayout.class, "o0", Object.class);
      FIELD_1 = ordinary.findVarHandle(DefaultLayout.class, "o1", Object.class);
      FIELD_2 = ordinary.findVarHandle(DefaultLayout.class, "o2", Object.class);
      FIELD_3 = ordinary.findVarHandle(DefaultLayout.class, "o3", Object.class);
      NUMBER_0 = ordinary.findVarHandle(DefaultLayout.class, "p0", long.class);
      NUMBER_1 = ordinary.findVarHandle(DefaultLayout.class, "p1", long.class);
      NUMBER_2 = ordinary.findVarHandle(DefaultLayout.class, "p2", long.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of the JavaScript engine keeps values in a way Berth does not know", e);
    }
  }

  private static final @Nullable Object[] NO_REFERENCES = {};
  private static final int[] NO_PRIMITIVES = {};

  private final DynamicObject[] referenceHolders;

  /// All arrays one after the other, in the order of their holders: one stretch of memory is
  /// read faster than hundreds of small arrays.
  private final @Nullable Object[] references;

  private final int[] referenceCounts;
  private final DynamicObject[] primitiveHolders;
  private final int[][] primitives;
  private final DefaultLayout[] ordinary;

  /// Four of each ordinary object, in their order.
  private final @Nullable Object[] fields;

  /// Three of each ordinary object, in their order.
  private final long[] numbers;

  ObjectStorage(List<DynamicObject> objects) {
    referenceHolders = where(objects, object -> references(object).length > 0);
    referenceCounts =
        Arrays.stream(referenceHolders).mapToInt(object -> references(object).length).toArray();
    references =
        Arrays.stream(referenceHolders)
            .flatMap(object -> Arrays.stream(references(object)))
            .toArray();
    primitiveHolders = where(objects, object -> primitives(object).length > 0);
    primitives =
        Arrays.stream(primitiveHolders)
            .map(object -> primitives(object).clone())
            .toArray(int[][]::new);
    ordinary =
        objects.stream()
            .filter(DefaultLayout.class::isInstance)
            .map(DefaultLayout.class::cast)
            .toArray(DefaultLayout[]::new);
    fields = new @Nullable Object[4 * ordinary.length];
    numbers = new long[3 * ordinary.length];
    for (int i = 0; i < ordinary.length; i++) {
      fields[4 * i] = FIELD_0.get(ordinary[i]);
      fields[4 * i + 1] = FIELD_1.get(ordinary[i]);
      fields[4 * i + 2] = FIELD_2.get(ordinary[i]);
      fields[4 * i + 3] = FIELD_3.get(ordinary[i]);
      numbers[3 * i] = (long) NUMBER_0.get(ordinary[i]);
      numbers[3 * i + 1] = (long) NUMBER_1.get(ordinary[i]);
      numbers[3 * i + 2] = (long) NUMBER_2.get(ordinary[i]);
    }
  }

  private static DynamicObject[] where(
      List<DynamicObject> objects, Predicate<DynamicObject> condition) {
    return objects.stream().filter(condition).toArray(DynamicObject[]::new);
  }

  /// Whether the value of the object at the location is looked at here.
  static boolean covers(DynamicObject object, Location location) {
    String kind = location.getClass().getSimpleName();
    return kind.endsWith("ArrayLocation")
        || (kind.endsWith("FieldLocation") && object instanceof DefaultLayout);
  }

  boolean isUnchanged() {
    return referencesAreUnchanged() && fieldsAreUnchanged() && primitivesAreUnchanged();
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean fieldsAreUnchanged() {
    for (int i = 0; i < ordinary.length; i++) {
      DefaultLayout object = ordinary[i];
      if (FIELD_0.get(object) != fields[4 * i]
          || FIELD_1.get(object) != fields[4 * i + 1]
          || FIELD_2.get(object) != fields[4 * i + 2]
          || FIELD_3.get(object) != fields[4 * i + 3]
          || (long) NUMBER_0.get(object) != numbers[3 * i]
          || (long) NUMBER_1.get(object) != numbers[3 * i + 1]
          || (long) NUMBER_2.get(object) != numbers[3 * i + 2]) {
        return false;
      }
    }
    return true;
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
