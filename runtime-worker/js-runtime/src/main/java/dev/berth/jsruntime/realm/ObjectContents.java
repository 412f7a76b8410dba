package dev.berth.jsruntime.realm;

import com.oracle.truffle.js.runtime.builtins.JSAbstractArray;
import com.oracle.truffle.js.runtime.builtins.JSArrayBase;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferViewBase;
import com.oracle.truffle.js.runtime.builtins.JSDateObject;
import com.oracle.truffle.js.runtime.builtins.JSMapObject;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.builtins.JSSetObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.util.JSHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What objects hold beside their properties, and a copy of it: the elements of arrays, maps and
/// sets, the bytes of buffers, the time of a date, the state of a promise.
///
/// The objects of the engine and of the prelude hold nothing of the kind; those of packages do.
final class ObjectContents {

  /// More than that is not worth to be compared after each call.
  private static final int MOST_VALUES = 100_000;

  private static final int MOST_BYTES = 1 << 20;
  private static final @Nullable Object[] NONE = {};

  private final List<JSDynamicObject> holders = new ArrayList<>();
  private final List<@Nullable Object[]> contents = new ArrayList<>();
  private final List<JSArrayBufferObject.Heap> buffers = new ArrayList<>();
  private final List<byte[]> bytes = new ArrayList<>();
  private int values;
  private int byteCount;
  private boolean tooLarge;

  /// Remembers what an object holds.
  ///
  /// @return what can be reached from it that way
  @Nullable Object[] add(JSDynamicObject object) {
    if (object instanceof JSArrayBufferViewBase view) {
      return new Object[] {view.getArrayBuffer()};
    }
    if (object instanceof JSArrayBufferObject buffer) {
      addBytes(buffer);
      return NONE;
    }
    if (!hasContents(object) || tooLarge) {
      return NONE;
    }
    if (size(object) > MOST_VALUES - values) {
      tooLarge = true;
      return NONE;
    }
    @Nullable Object[] now = read(object);
    values += now.length;
    holders.add(object);
    contents.add(now);
    return now;
  }

  private void addBytes(JSArrayBufferObject buffer) {
    if (!(buffer instanceof JSArrayBufferObject.Heap heap)
        || heap.getByteArray() == null
        || heap.getByteArray().length > MOST_BYTES - byteCount) {
      tooLarge = true;
      return;
    }
    byteCount += heap.getByteArray().length;
    buffers.add(heap);
    bytes.add(heap.getByteArray().clone());
  }

  /// Whether there was more than can be compared.
  boolean isTooLarge() {
    return tooLarge;
  }

  boolean areUnchanged() {
    for (int i = 0; i < holders.size(); i++) {
      JSDynamicObject holder = holders.get(i);
      @Nullable Object[] before = contents.get(i);
      if (size(holder) != size(before, holder) || !sameValues(read(holder), before)) {
        return false;
      }
    }
    for (int i = 0; i < buffers.size(); i++) {
      if (!Arrays.equals(buffers.get(i).getByteArray(), bytes.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameValues(@Nullable Object[] now, @Nullable Object[] before) {
    if (now.length != before.length) {
      return false;
    }
    for (int i = 0; i < now.length; i++) {
      if (!Objects.equals(now[i], before[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasContents(JSDynamicObject object) {
    return object instanceof JSArrayBase
        || object instanceof JSMapObject
        || object instanceof JSSetObject
        || object instanceof JSDateObject
        || object instanceof JSPromiseObject;
  }

  /// How many values [#read] gives: looked at first, because app code may have made it many.
  private static long size(JSDynamicObject object) {
    return switch (object) {
      case JSArrayBase array -> JSAbstractArray.arrayGetLength(array);
      case JSMapObject map -> 2L * map.getMap().size();
      case JSSetObject set -> set.getMap().size();
      default -> 2;
    };
  }

  private static long size(@Nullable Object[] before, JSDynamicObject object) {
    return object instanceof JSDateObject || object instanceof JSPromiseObject ? 2 : before.length;
  }

  private static @Nullable Object[] read(JSDynamicObject object) {
    return switch (object) {
      case JSArrayBase array -> JSAbstractArray.toArray(array);
      case JSMapObject map -> entries(map.getMap(), true);
      case JSSetObject set -> entries(set.getMap(), false);
      case JSDateObject date -> new Object[] {date.getTimeMillis()};
      case JSPromiseObject promise ->
          new @Nullable Object[] {promise.getPromiseState(), promise.getPromiseResult()};
      default -> NONE;
    };
  }

  private static @Nullable Object[] entries(JSHashMap map, boolean withValues) {
    List<@Nullable Object> entries = new ArrayList<>(2 * map.size());
    JSHashMap.Cursor cursor = map.getEntries();
    while (cursor.advance()) {
      entries.add(cursor.getKey());
      if (withValues) {
        entries.add(cursor.getValue());
      }
    }
    return entries.toArray();
  }
}
