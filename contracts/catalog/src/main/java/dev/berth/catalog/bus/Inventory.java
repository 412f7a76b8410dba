package dev.berth.catalog.bus;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogMessage.AskForApp;
import dev.berth.catalog.bus.CatalogMessage.AskForIds;
import dev.berth.catalog.bus.CatalogMessage.Current;
import dev.berth.catalog.bus.CatalogMessage.LiveIds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// Asks the owner once for everything there is, or for one app, and makes a follower's catalog the
/// same.
///
/// What is published about an app while this goes on is newer than any answer about it, or
/// something newer follows it, for a follower hears everything that is published. So an answer
/// about such an app is passed over; a removal that overtakes the answer stays a removal.
final class Inventory {

  private final CatalogLine line;
  private final InMemoryAppCatalog catalog;
  private final Set<AppId> overtaken = new HashSet<>();

  Inventory(CatalogLine line, InMemoryAppCatalog catalog) {
    this.line = line;
    this.catalog = catalog;
  }

  /// Something was published about this app just now.
  void overtake(AppId id) {
    overtaken.add(id);
  }

  Future<Void> take() {
    return line.ask(new AskForIds()).compose(this::make);
  }

  private Future<Void> make(CatalogMessage answer) {
    if (!(answer instanceof LiveIds(List<AppId> ids))) {
      return Future.failedFuture(new FormException("is no answer to the question for apps"));
    }
    Set<AppId> live = Set.copyOf(ids);
    for (DeployedApp app : catalog.all()) {
      if (!live.contains(app.id())) {
        set(new AppChange.Removed(app.id()));
      }
    }
    // Not a chain of composed futures: with many apps that would be as deep as it is long.
    Promise<Void> all = Promise.promise();
    next(ids.iterator(), all);
    return all.future();
  }

  private void next(Iterator<AppId> ids, Promise<Void> all) {
    if (!ids.hasNext()) {
      all.complete();
      return;
    }
    take(ids.next()).onSuccess(_ -> next(ids, all)).onFailure(all::fail);
  }

  Future<Void> take(AppId id) {
    return line.ask(new AskForApp(id)).map(answer -> set(stateOf(id, answer))).mapEmpty();
  }

  private static AppChange stateOf(AppId id, CatalogMessage answer) {
    if (answer instanceof Current(AppChange state) && state.appId().equals(id)) {
      return state;
    }
    throw new FormException("is no answer to the question for an app");
  }

  private AppId set(AppChange state) {
    AppId id = state.appId();
    if (overtaken.contains(id)) {
      return id;
    }
    DeployedApp served = catalog.find(id);
    // Only a removal that was never heard of makes revision numbers fall.
    if (state instanceof AppChange.Deployed(DeployedApp app)
        && served != null
        && served.revision().number() > app.revision().number()) {
      catalog.apply(new AppChange.Removed(id));
    }
    catalog.apply(state);
    return id;
  }
}
