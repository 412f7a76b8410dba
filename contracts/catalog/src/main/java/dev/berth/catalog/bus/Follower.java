package dev.berth.catalog.bus;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogMessage.AskForApp;
import dev.berth.catalog.bus.CatalogMessage.AskForIds;
import dev.berth.catalog.bus.CatalogMessage.Changed;
import dev.berth.catalog.bus.CatalogMessage.Current;
import dev.berth.catalog.bus.CatalogMessage.LiveIds;
import dev.berth.catalog.bus.CatalogMessage.OwnerStarted;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The side that learns. It listens first and asks then, so that nothing falls between the two.
final class Follower implements Following {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final CatalogLine line;
  private final InMemoryAppCatalog catalog;
  private final Patience patience;
  private final Set<Inventory> underWay = new HashSet<>();
  private final Set<AppId> asked = new HashSet<>();

  Follower(CatalogLine line, InMemoryAppCatalog catalog, Patience patience) {
    this.line = line;
    this.catalog = catalog;
    this.patience = patience;
  }

  /// Follows from now on.
  ///
  /// @return completes when everything there was has been applied
  Future<Following> start() {
    return Future.<Void>future(started -> line.inOrder(() -> listen().onComplete(started)))
        .map(_ -> this);
  }

  @Override
  public void ask(AppId id) {
    line.inOrder(
        () -> {
          if (asked.add(id)) {
            Inventory inventory = new Inventory(line, catalog);
            underWay.add(inventory);
            inventory
                .take(id)
                .onComplete(
                    _ -> {
                      underWay.remove(inventory);
                      asked.remove(id);
                    });
          }
        });
  }

  private Future<Void> listen() {
    MessageConsumer<Object> consumer = line.hear(this::hear);
    return consumer.completion().compose(_ -> learn()).onFailure(_ -> consumer.unregister());
  }

  private void hear(CatalogMessage published) {
    switch (published) {
      case Changed(AppChange change) -> {
        underWay.forEach(inventory -> inventory.overtake(change.appId()));
        catalog.apply(change);
      }
      case OwnerStarted() -> learn().onFailure(Follower::logNotLearnt);
      case AskForIds _, LiveIds _, AskForApp _, Current _ ->
          LOG.atWarn().log("what is no announcement was announced; it is ignored");
    }
  }

  private static void logNotLearnt(Throwable failure) {
    LOG.atError().setCause(failure).log("the apps of a new owner of the catalog are not known");
  }

  private Future<Void> learn() {
    return learnUntil(System.nanoTime() + patience.limit().toNanos());
  }

  private Future<Void> learnUntil(long deadline) {
    Inventory inventory = new Inventory(line, catalog);
    underWay.add(inventory);
    return inventory
        .take()
        .onComplete(_ -> underWay.remove(inventory))
        .recover(failure -> learnAgain(deadline, failure));
  }

  private Future<Void> learnAgain(long deadline, Throwable failure) {
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    if (left.compareTo(patience.pause()) < 0) {
      return Future.failedFuture(
          new IllegalStateException(
              "no process told which apps there are within " + patience.limit(), failure));
    }
    return line.pause(patience.pause()).compose(_ -> learnUntil(deadline));
  }
}
