package dev.berth.worker;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Revision;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.jsruntime.AppProgram;
import dev.berth.jsruntime.ContextPool;
import dev.berth.jsruntime.packages.PackageFiles;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The app revisions that can be called here: the live one of each app, and the one before,
/// because a gateway may post a call just before it learns of the new one.
final class Programs {

  private record Key(AppId appId, Revision revision) {}

  private final AppCatalog catalog;
  private final ContextPool contexts;
  private final Function<Packages, PackageFiles> packages;
  private final Consumer<AppProgram> onNew;
  private final ConcurrentMap<Key, AppProgram> programs = new ConcurrentHashMap<>();

  /// Reads what the catalog has; [#apply] follows it from then on.
  ///
  /// @param packages opens those of an app; must not block
  /// @param onNew is told of each program once, before its first call; must not block
  Programs(
      AppCatalog catalog,
      ContextPool contexts,
      Function<Packages, PackageFiles> packages,
      Consumer<AppProgram> onNew) {
    this.catalog = catalog;
    this.contexts = contexts;
    this.packages = packages;
    this.onNew = onNew;
    catalog.all().forEach(this::prepare);
  }

  /// The program of a revision, or `null` when it cannot be called here.
  @Nullable AppProgram find(AppId appId, Revision revision) {
    AppProgram program = programs.get(new Key(appId, revision));
    if (program != null) {
      return program;
    }
    // The catalog shows a change before it announces it: a call may be ahead of the announcement.
    DeployedApp live = catalog.find(appId);
    return live != null && live.revision().equals(revision) ? prepare(live) : null;
  }

  void apply(AppChange change) {
    switch (change) {
      case AppChange.Deployed(DeployedApp app) -> {
        prepare(app);
        retireBelow(app.id(), app.revision().number() - 1);
      }
      case AppChange.Removed(AppId appId) -> retireBelow(appId, Long.MAX_VALUE);
    }
  }

  private AppProgram prepare(DeployedApp app) {
    return programs.computeIfAbsent(
        new Key(app.id(), app.revision()),
        _ -> {
          AppProgram program =
              AppProgram.of(
                  app.id(),
                  app.revision(),
                  app.deployedAt(),
                  app.definition(),
                  app.secrets(),
                  packages.apply(app.definition().packages()));
          onNew.accept(program);
          return program;
        });
  }

  private void retireBelow(AppId appId, long revision) {
    List<Key> old =
        programs.keySet().stream()
            .filter(key -> key.appId().equals(appId) && key.revision().number() < revision)
            .toList();
    for (Key key : old) {
      AppProgram program = programs.remove(key);
      if (program != null) {
        contexts.retire(program);
      }
    }
  }
}
