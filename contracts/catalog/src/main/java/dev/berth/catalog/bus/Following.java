package dev.berth.catalog.bus;

import dev.berth.appmodel.AppId;

/// A catalog that follows another one. Safe from any thread.
@FunctionalInterface
public interface Following {

  /// Asks the owner for an app, because it may have told of it while nobody could hear it: what is
  /// published may be lost on its way. Once at a time; what comes of it is seen in the catalog.
  void ask(AppId id);
}
