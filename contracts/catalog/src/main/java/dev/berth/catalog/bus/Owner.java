package dev.berth.catalog.bus;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogMessage.AskForApp;
import dev.berth.catalog.bus.CatalogMessage.AskForIds;
import dev.berth.catalog.bus.CatalogMessage.Changed;
import dev.berth.catalog.bus.CatalogMessage.Current;
import dev.berth.catalog.bus.CatalogMessage.LiveIds;
import dev.berth.catalog.bus.CatalogMessage.OwnerStarted;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The side whose catalog is the truth.
///
/// The catalog tells of changes on any thread, so two changes of one app may be told in either
/// order. Therefore not the change is published but what the catalog says after it: whatever
/// the order, the last message about an app tells its state.
final class Owner {

  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

  private final CatalogLine line;
  private final CatalogCodec codec;
  private final InMemoryAppCatalog catalog;

  Owner(CatalogLine line, CatalogCodec codec, InMemoryAppCatalog catalog) {
    this.line = line;
    this.codec = codec;
    this.catalog = catalog;
  }

  /// Announces from now on.
  ///
  /// @return completes when the whole cluster knows of this owner
  Future<Void> start() {
    return Future.future(started -> line.inOrder(() -> listen().onComplete(started)));
  }

  private Future<Void> listen() {
    Runnable unsubscribe =
        catalog.onChange(change -> line.inOrder(() -> publishStateAfter(change)));
    MessageConsumer<Object> consumer = line.answer(this::answer);
    return consumer
        .completion()
        .onSuccess(_ -> line.publish(new OwnerStarted()))
        .onFailure(_ -> unsubscribe.run());
  }

  private void publishStateAfter(AppChange change) {
    AppChange state = stateOf(change.appId());
    // A revision after a removal may have a smaller number, which only the removal makes welcome.
    if (change instanceof AppChange.Removed && state instanceof AppChange.Deployed) {
      line.publish(new Changed(change));
    }
    line.publish(new Changed(state));
  }

  private CatalogMessage answer(CatalogMessage question) {
    return switch (question) {
      case AskForIds() -> new LiveIds(catalog.all().stream().map(DeployedApp::id).toList());
      case AskForApp(AppId id) -> new Current(stateOf(id));
      case OwnerStarted _, Changed _, LiveIds _, Current _ ->
          throw new FormException("is no question");
    };
  }

  /// An app that cannot be written must not keep followers from learning of the others: to them
  /// it is not there.
  private AppChange stateOf(AppId id) {
    DeployedApp app = catalog.find(id);
    if (app == null) {
      return new AppChange.Removed(id);
    }
    AppChange state = new AppChange.Deployed(app);
    try {
      codec.toBytes(new Current(state));
      return state;
    } catch (FormException unwritable) {
      LOG.atError()
          .addKeyValue("appId", id)
          .addKeyValue("revision", app.revision())
          .addKeyValue("fault", unwritable.getMessage())
          .log("an app cannot be sent to other processes and is not served there");
      return new AppChange.Removed(id);
    }
  }
}
