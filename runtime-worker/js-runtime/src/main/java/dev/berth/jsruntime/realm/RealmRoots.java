package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.js.runtime.builtins.JSAbstractArray;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import java.util.ArrayList;
import java.util.List;

/// Where a walk through a context begins: its global object, and what the prelude shares, to
/// which a module is added when it is loaded.
///
/// Call it only on the thread that has entered the context.
public final class RealmRoots {

  private final DynamicObject global;

  /// The prelude's array; app code never sees it.
  private final JSDynamicObject shared;

  RealmRoots(DynamicObject global, JSDynamicObject shared) {
    this.global = global;
    this.shared = shared;
  }

  /// Remembers everything that can be reached, as it is now. It runs no code of an app.
  public RealmSnapshot snapshot() {
    List<DynamicObject> roots = new ArrayList<>();
    roots.add(global);
    for (Object each : JSAbstractArray.toArray(shared)) {
      if (each instanceof DynamicObject object) {
        roots.add(object);
      }
    }
    return RealmSnapshot.of(roots);
  }
}
