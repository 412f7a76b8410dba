package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.object.Location;
import com.oracle.truffle.api.object.Property;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.JSProxyObject;
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
import org.jspecify.annotations.Nullable;

/// What a context looked like before app code ran in it.
///
/// It covers every object that app code can reach without making it itself: the global object,
/// all built-ins, our own API, the modules that were loaded, and what hangs on them. An object
/// is unchanged when its shape is
/// the same (no property added, removed or redefined, prototype and extensibility as before) and
/// each of its values is the same. Built-ins keep no other state that app code can see (see
/// RATIONALE.md), so an unchanged context may serve another invocation and a changed one must
/// not.
///
/// Speed decides here, because every call ends with a check. Most of the objects are built-in
/// methods; they get frozen, so that only their shapes need a look. Of the others the engine's
/// own storage is compared, array by array and field by field. Both together take a third of the
/// time that it takes to ask for each value by its location. Location.get is deprecated in favour
/// of nodes of a running program; this is no part of one.
@SuppressWarnings("deprecation")
public final class RealmSnapshot {

  /// Those of a new context are some 830.
  private static final int MOST_OBJECTS = 20_000;

  private final DynamicObject[] objects;
  private final Shape[] shapes;
  private final ObjectStorage storage;
  private final Slots fields;
  private final ObjectContents contents;
  private final JSDynamicObject[] functions;
  private final PropertyProxy[] proxies;
  private final Object[] prototypes;
  private final boolean tooLarge;
  private final LastMatch lastMatch;

  private RealmSnapshot(Walk walk, LastMatch lastMatch) {
    this.objects = walk.objects.toArray(DynamicObject[]::new);
    this.shapes = walk.shapes.toArray(Shape[]::new);
    this.storage = new ObjectStorage(walk.writable);
    this.fields = new Slots(walk.fields);
    this.contents = walk.contents;
    this.functions = walk.functions.toArray(JSDynamicObject[]::new);
    this.proxies = walk.proxies.toArray(PropertyProxy[]::new);
    this.prototypes = walk.prototypes.toArray();
    this.tooLarge = walk.isTooLarge();
    this.lastMatch = lastMatch;
  }

  static RealmSnapshot of(List<DynamicObject> roots) {
    return new RealmSnapshot(new Walk(roots), LastMatch.now());
  }

  /// Whether everything is as it was. Some microseconds; only on the thread that has entered the
  /// context.
  public boolean isUnchanged() {
    for (int i = 0; i < objects.length; i++) {
      if (objects[i].getShape() != shapes[i]) {
        return false;
      }
    }
    if (!storage.isUnchanged() || !fields.areUnchanged()) {
      return false;
    }
    for (int i = 0; i < functions.length; i++) {
      if (!Objects.equals(proxies[i].get(functions[i]), prototypes[i])) {
        return false;
      }
    }
    return contents.areUnchanged();
  }

  /// Whether there was more to remember than is worth to be compared after each call. What is
  /// unchanged then says nothing.
  public boolean isTooLarge() {
    return tooLarge;
  }

  /// Whether the statics of `RegExp` (`$1`, `lastMatch`, `input`) are as they were. They are no
  /// property of any object, and a new match sets them right.
  public boolean lastMatchIsUnchanged() {
    return lastMatch.equals(LastMatch.now());
  }

  /// What the engine remembers of the last match of a regular expression.
  private record LastMatch(
      @Nullable Object pattern, @Nullable Object input, @Nullable Object original, boolean stale) {

    static LastMatch now() {
      JSRealm realm = JSRealm.get(null);
      return new LastMatch(
          realm.getStaticRegexResultCompiledRegex(),
          realm.getStaticRegexResultInputString(),
          realm.getStaticRegexResultOriginalInputString(),
          realm.isRegexResultInvalidated());
    }
  }

  /// A value that a program can replace, and where it is.
  private record Slot(DynamicObject holder, Location location, @Nullable Object value) {}

  /// The values that are in no storage of the usual kinds, in the order they are looked at.
  private static final class Slots {

    private final DynamicObject[] holders;
    private final Location[] locations;
    private final @Nullable Object[] values;

    Slots(List<Slot> slots) {
      holders = slots.stream().map(Slot::holder).toArray(DynamicObject[]::new);
      locations = slots.stream().map(Slot::location).toArray(Location[]::new);
      values = slots.stream().map(Slot::value).toArray();
    }

    boolean areUnchanged() {
      for (int i = 0; i < values.length; i++) {
        Object value = locations[i].get(holders[i], true);
        if (!Objects.equals(value, values[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /// Collects what can be reached from the roots, each object once.
  private static final class Walk {

    final List<DynamicObject> objects = new ArrayList<>();
    final List<Shape> shapes = new ArrayList<>();
    /// The objects whose values can change while their shapes do not.
    final List<DynamicObject> writable = new ArrayList<>();

    final List<Slot> fields = new ArrayList<>();
    final ObjectContents contents = new ObjectContents();

    final List<JSDynamicObject> functions = new ArrayList<>();
    final List<PropertyProxy> proxies = new ArrayList<>();
    final List<Object> prototypes = new ArrayList<>();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<JSDynamicObject> waiting = new ArrayDeque<>();

    Walk(List<DynamicObject> roots) {
      roots.forEach(this::reach);
      while (!waiting.isEmpty() && !isTooLarge()) {
        JSDynamicObject next = waiting.remove();
        if (next instanceof JSProxyObject proxy) {
          // To ask it for anything would run app code.
          reach(proxy.getProxyTarget());
          reach(proxy.getProxyHandler());
        } else {
          look(next);
        }
      }
    }

    boolean isTooLarge() {
      return seen.size() > MOST_OBJECTS || contents.isTooLarge();
    }

    private void look(JSDynamicObject object) {
      boolean frozen = isBuiltInMethod(object) && object.setIntegrityLevel(true, false);
      Shape shape = object.getShape();
      objects.add(object);
      shapes.add(shape);
      if (!frozen) {
        writable.add(object);
      }
      for (Property property : shape.getPropertyListInternal(true)) {
        Object value = property.get(object, false);
        // A computed value, as a function's name and length are, has no slot of its own to write
        // to: to redefine it changes the shape.
        if (!frozen
            && !property.getLocation().isConstant()
            && !(value instanceof PropertyProxy)
            && !ObjectStorage.covers(object, property.getLocation())) {
          fields.add(new Slot(object, property.getLocation(), value));
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
      for (Object value : contents.add(object)) {
        reach(value);
      }
      reach(JSObject.getPrototype(object));
    }

    /// A function of the engine that is no constructor. Programs add to constructors
    /// (`Promise.try`, `Array.fromAsync`) and to `Function.prototype`, which is a function too;
    /// none is known that adds to `Array.prototype.map`.
    private static boolean isBuiltInMethod(JSDynamicObject object) {
      return object instanceof JSFunctionObject function
          && !object.equals(JSRealm.get(null).getFunctionPrototype())
          && JSFunction.getFunctionData(function).isBuiltin()
          && !JSFunction.isConstructor(function);
    }

    private static boolean isPrototype(Property property) {
      return property.getKey().toString().equals("prototype");
    }

    private void reach(@Nullable Object value) {
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
