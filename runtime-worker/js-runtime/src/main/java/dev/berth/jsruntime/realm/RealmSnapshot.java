package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.object.Location;
import com.oracle.truffle.api.object.Property;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.js.runtime.builtins.JSAbstractArray;
import com.oracle.truffle.js.runtime.builtins.JSArrayObject;
import com.oracle.truffle.js.runtime.objects.Accessor;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.PropertyProxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a context looked like before app code ran in it.
///
/// It covers every object that app code can reach without making it itself: the global object,
/// all built-ins, our own API, and what hangs on them. An object is unchanged when its shape is
/// the same (no property added, removed or redefined, prototype and extensibility as before) and
/// each of its values is the same. Built-ins keep no other state that app code can see (see
/// RATIONALE.md), so an unchanged context may serve another invocation and a changed one must
/// not. Property.get is deprecated in favour of nodes of a running program; this is no part of
/// one.
@SuppressWarnings("deprecation")
public final class RealmSnapshot {

  private final DynamicObject[] objects;
  private final Shape[] shapes;
  private final Slots references;
  private final Slots primitives;
  private final JSArrayObject[] arrays;
  private final long[] arrayLengths;
  private final JSDynamicObject[] functions;
  private final PropertyProxy[] proxies;
  private final Object[] prototypes;

  private RealmSnapshot(Walk walk) {
    this.objects = walk.objects.toArray(DynamicObject[]::new);
    this.shapes = walk.shapes.toArray(Shape[]::new);
    this.references = Slots.of(walk.slots, location -> !location.isPrimitive());
    this.primitives = Slots.of(walk.slots, Location::isPrimitive);
    this.arrays = walk.arrays.toArray(JSArrayObject[]::new);
    this.functions = walk.functions.toArray(JSDynamicObject[]::new);
    this.proxies = walk.proxies.toArray(PropertyProxy[]::new);
    this.prototypes = walk.prototypes.toArray();
    this.arrayLengths = new long[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      arrayLengths[i] = length(arrays[i]);
    }
  }

  static RealmSnapshot of(List<DynamicObject> roots) {
    return new RealmSnapshot(new Walk(roots));
  }

  /// Whether everything is as it was. Some microseconds; only on the thread that has entered the
  /// context.
  public boolean isUnchanged() {
    for (int i = 0; i < objects.length; i++) {
      if (objects[i].getShape() != shapes[i]) {
        return false;
      }
    }
    if (!referencesAreUnchanged() || !primitivesAreUnchanged()) {
      return false;
    }
    for (int i = 0; i < functions.length; i++) {
      if (!Objects.equals(proxies[i].get(functions[i]), prototypes[i])) {
        return false;
      }
    }
    for (int i = 0; i < arrays.length; i++) {
      if (length(arrays[i]) != arrayLengths[i]) {
        return false;
      }
    }
    return true;
  }

  /// Apart from the primitives, because a JVM inlines a call that meets two classes and none that
  /// meets six: almost every value is one of two classes of references, and each call ends here.
  private boolean referencesAreUnchanged() {
    Slots slots = references;
    for (int i = 0; i < slots.values.length; i++) {
      Object value = slots.locations[i].get(slots.holders[i], true);
      if (!Objects.equals(value, slots.values[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean primitivesAreUnchanged() {
    Slots slots = primitives;
    for (int i = 0; i < slots.values.length; i++) {
      Object value = slots.locations[i].get(slots.holders[i], true);
      if (!Objects.equals(value, slots.values[i])) {
        return false;
      }
    }
    return true;
  }

  private static long length(JSArrayObject array) {
    return JSAbstractArray.arrayGetLength(array);
  }

  /// A value that a program can replace, and where it is.
  private record Slot(DynamicObject holder, Location location, @Nullable Object value) {}

  /// Slots side by side, in the order they are looked at.
  private static final class Slots {

    final DynamicObject[] holders;
    final Location[] locations;
    final @Nullable Object[] values;

    private Slots(List<Slot> slots) {
      holders = slots.stream().map(Slot::holder).toArray(DynamicObject[]::new);
      locations = slots.stream().map(Slot::location).toArray(Location[]::new);
      values = slots.stream().map(Slot::value).toArray();
    }

    static Slots of(List<Slot> slots, Predicate<Location> which) {
      return new Slots(slots.stream().filter(slot -> which.test(slot.location())).toList());
    }
  }

  /// Collects what can be reached from the roots, each object once.
  private static final class Walk {

    final List<DynamicObject> objects = new ArrayList<>();
    final List<Shape> shapes = new ArrayList<>();
    final List<Slot> slots = new ArrayList<>();
    final List<JSArrayObject> arrays = new ArrayList<>();

    final List<JSDynamicObject> functions = new ArrayList<>();
    final List<PropertyProxy> proxies = new ArrayList<>();
    final List<Object> prototypes = new ArrayList<>();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<JSDynamicObject> waiting = new ArrayDeque<>();

    Walk(List<DynamicObject> roots) {
      roots.forEach(this::reach);
      while (!waiting.isEmpty()) {
        look(waiting.remove());
      }
    }

    private void look(JSDynamicObject object) {
      Shape shape = object.getShape();
      objects.add(object);
      shapes.add(shape);
      for (Property property : shape.getPropertyListInternal(true)) {
        Object value = property.get(object, false);
        // A computed value, as a function's name and length are, has no slot of its own to write
        // to:
        // to redefine it changes the shape.
        if (!property.getLocation().isConstant() && !(value instanceof PropertyProxy)) {
          slots.add(new Slot(object, property.getLocation(), value));
        }
        if (value instanceof PropertyProxy proxy && isPrototype(property)) {
          // A function keeps its `prototype` beside its properties.
          functions.add(object);
          proxies.add(proxy);
          prototypes.add(proxy.get(object));
          reach(prototypes.getLast());
        }
        reach(value);
      }
      if (object instanceof JSArrayObject array) {
        arrays.add(array);
      }
      reach(JSObject.getPrototype(object));
    }

    private static boolean isPrototype(Property property) {
      return property.getKey().toString().equals("prototype");
    }

    private void reach(Object value) {
      if (value instanceof Accessor accessor) {
        reach(accessor.getGetter());
        reach(accessor.getSetter());
      } else if (value instanceof JSDynamicObject object
          && JSObject.isJSObject(object)
          && seen.add(object)) {
        waiting.add(object);
      }
    }
  }
}
