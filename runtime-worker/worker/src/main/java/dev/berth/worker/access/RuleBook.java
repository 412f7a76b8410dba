package dev.berth.worker.access;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The rules of every app revision that may be running: the live one of each app, and the one
/// before. They are parsed when somebody first asks for them.
///
/// Safe from any thread.
public final class RuleBook implements AutoCloseable {

  private record Key(AppId appId, Revision revision) {}

  private final ConcurrentMap<Key, DeployedApp> apps = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, AppRules> parsed = new ConcurrentHashMap<>();
  private final AppCatalog catalog;
  private final Runnable unsubscribe;

  private RuleBook(AppCatalog catalog) {
    this.catalog = catalog;
    this.unsubscribe = catalog.onChange(this::apply);
    catalog.all().forEach(app -> apps.put(key(app), app));
  }

  /// Follows a catalog.
  public static RuleBook of(AppCatalog catalog) {
    return new RuleBook(catalog);
  }

  /// The rules of a revision, or `null` when nothing is known of it: then nothing is permitted.
  public @Nullable AppRules find(AppId appId, Revision revision) {
    Key key = new Key(appId, revision);
    AppRules rules = parsed.get(key);
    if (rules != null) {
      return rules;
    }
    DeployedApp app = apps.get(key);
    if (app == null) {
      // The catalog shows a change before it announces it.
      DeployedApp live = catalog.find(appId);
      return live != null && live.revision().equals(revision) ? AppRules.of(live) : null;
    }
    return parsed.computeIfAbsent(key, _ -> AppRules.of(app));
  }

  private static Key key(DeployedApp app) {
    return new Key(app.id(), app.revision());
  }

  private void apply(AppChange change) {
    switch (change) {
      case AppChange.Deployed(DeployedApp app) -> {
        apps.put(key(app), app);
        forgetBelow(app.id(), app.revision().number() - 1);
      }
      case AppChange.Removed(AppId appId) -> forgetBelow(appId, Long.MAX_VALUE);
    }
  }

  private void forgetBelow(AppId appId, long revision) {
    apps.keySet().removeIf(key -> key.appId().equals(appId) && key.revision().number() < revision);
    parsed
        .keySet()
        .removeIf(key -> key.appId().equals(appId) && key.revision().number() < revision);
  }

  @Override
  public void close() {
    unsubscribe.run();
  }
}
