package dev.berth.catalog;

import dev.berth.appmodel.AppId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The catalog itself: a map that only the announcements of the control plane change.
///
/// A change that comes late (an older revision than the one served, or older terms of the same)
/// is ignored, so announcements may arrive twice or out of order.
public final class InMemoryAppCatalog implements AppCatalog {

  private final ConcurrentMap<AppId, DeployedApp> apps = new ConcurrentHashMap<>();
  private final List<Consumer<AppChange>> listeners = new CopyOnWriteArrayList<>();

  /// Applies one announcement atomically, then tells the listeners.
  public void apply(AppChange change) {
    boolean applied =
        switch (change) {
          case AppChange.Deployed(DeployedApp app) -> serve(app);
          case AppChange.Removed(AppId id) -> apps.remove(id) != null;
        };
    if (applied) {
      listeners.forEach(listener -> listener.accept(change));
    }
  }

  private boolean serve(DeployedApp announced) {
    DeployedApp served = apps.putIfAbsent(announced.id(), announced);
    while (served != null) {
      if (!announced.follows(served)) {
        return false;
      }
      if (apps.replace(announced.id(), served, announced)) {
        return true;
      }
      served = apps.putIfAbsent(announced.id(), announced);
    }
    return true;
  }

  @Override
  public @Nullable DeployedApp find(AppId id) {
    return apps.get(id);
  }

  @Override
  public Collection<DeployedApp> all() {
    return List.copyOf(apps.values());
  }

  @Override
  public Runnable onChange(Consumer<AppChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
