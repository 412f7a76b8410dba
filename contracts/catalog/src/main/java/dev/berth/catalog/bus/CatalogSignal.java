package dev.berth.catalog.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;

/// The word that something was deployed somewhere. It says nothing more: who hears it looks into
/// the store, and who does not looks there anyway, a little later.
public final class CatalogSignal {

  private static final String ADDRESS = "berth.deployed.v1";

  private final EventBus bus;

  private CatalogSignal(EventBus bus) {
    this.bus = bus;
  }

  public static CatalogSignal on(Vertx vertx) {
    return new CatalogSignal(vertx.eventBus());
  }

  /// Gives the word to all processes of the cluster.
  public void give() {
    bus.publish(ADDRESS, "");
  }

  /// Calls the listener for each word from now on, on an event loop: it must not block.
  public void follow(Runnable listener) {
    bus.consumer(ADDRESS, _ -> listener.run());
  }
}
