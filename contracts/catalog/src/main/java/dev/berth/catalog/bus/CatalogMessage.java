package dev.berth.catalog.bus;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import java.util.List;

/// What the owner of the catalog and its followers say to one another.
sealed interface CatalogMessage {

  /// Published: an owner is there now. Followers ask it for everything.
  record OwnerStarted() implements CatalogMessage {}

  /// Published: something happened to an app.
  record Changed(AppChange change) implements CatalogMessage {}

  /// Asked: which apps are live?
  record AskForIds() implements CatalogMessage {}

  /// The answer to [AskForIds].
  record LiveIds(List<AppId> ids) implements CatalogMessage {

    public LiveIds {
      ids = List.copyOf(ids);
    }
  }

  /// Asked: what of this app? Apps are asked for one by one, as all of them may be too much for
  /// one message.
  record AskForApp(AppId id) implements CatalogMessage {}

  /// The answer to [AskForApp]: the live revision, or that there is none.
  record Current(AppChange state) implements CatalogMessage {}
}
