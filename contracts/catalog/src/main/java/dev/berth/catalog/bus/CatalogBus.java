package dev.berth.catalog.bus;

import dev.berth.catalog.InMemoryAppCatalog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/// The way of a catalog from the process that owns it to those that follow it.
///
/// Inside a process the records travel by reference, between processes as BSON. The address
/// carries a fingerprint of the structure of everything that travels: the names and types of
/// all components of all records, down from [dev.berth.catalog.DeployedApp]. Processes in which
/// any of it differs never meet, so none ever has to guess at what it does not know; in a
/// rolling upgrade that changes the model, new workers wait for the new control plane.
///
/// Messages carry the secrets of apps. They are never logged, and no exception quotes them; who
/// can listen on the cluster can read them.
public final class CatalogBus {

  private final Vertx vertx;
  private final CatalogCodec codec;
  private final String address;
  private final Patience patience;

  private CatalogBus(Vertx vertx, CatalogCodec codec, String address, Patience patience) {
    this.vertx = vertx;
    this.codec = codec;
    this.address = address;
    this.patience = patience;
  }

  /// The bus of a Vert.x instance. Call it once per instance: codecs can be registered only
  /// once.
  public static CatalogBus on(Vertx vertx) {
    Forms forms = new Forms(CatalogMessage.class);
    CatalogCodec codec = new CatalogCodec(forms);
    vertx.eventBus().registerCodec(codec);
    return new CatalogBus(
        vertx, codec, "berth.catalog." + forms.fingerprint(), Patience.OF_A_START);
  }

  /// The same bus, for the catalog of one owner among several: its own followers hear of it, and
  /// no others.
  ///
  /// @param owner its name, unique in the cluster
  public CatalogBus of(String owner) {
    return apart(owner, patience);
  }

  /// The same bus, for another catalog.
  CatalogBus apart(String name, Patience patience) {
    return new CatalogBus(vertx, codec, address + "." + name, patience);
  }

  String address() {
    return address;
  }

  /// Tells all followers what happens in this catalog from now on, and whoever asks what is in
  /// it. Only one process of a cluster may own the catalog.
  ///
  /// Call it when the catalog holds every live app: followers drop what it does not hold. An
  /// app that cannot be written as BSON is logged and kept from followers.
  ///
  /// @return completes when the whole cluster knows of this process
  public Future<Void> announce(InMemoryAppCatalog catalog) {
    CatalogLine line = new CatalogLine(vertx, address, patience.answer());
    return new Owner(line, codec, catalog).start();
  }

  /// Makes this catalog the same as the owner's and keeps it so. Nothing else may change it.
  ///
  /// Asks again for a minute while no owner answers. Whenever an owner starts, all its apps are
  /// asked for again. Changes apply on a context of Vert.x: listeners must not block.
  ///
  /// @return completes when everything there was has been applied; fails when nobody told it in
  ///     time, and follows no more then
  public Future<Following> follow(InMemoryAppCatalog catalog) {
    CatalogLine line = new CatalogLine(vertx, address, patience.answer());
    return new Follower(line, catalog, patience).start();
  }
}
