package dev.berth.gateway.route;

import dev.berth.catalog.DeployedApp;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What the gateway keeps of one live app: its revision, its endpoints, its calls in flight.
///
/// Safe from any thread.
public final class AppRoutes {

  private final DeployedApp app;
  private final AppConstants constants;
  private final EndpointTable endpoints;
  private final AtomicInteger inFlight;

  private AppRoutes(DeployedApp app, AtomicInteger inFlight) {
    this.app = app;
    this.constants = AppConstants.of(app);
    this.endpoints = EndpointTable.of(app, constants);
    this.inFlight = inFlight;
  }

  /// The routes of a revision that goes live.
  ///
  /// @param previous the routes this revision takes over from; calls in flight keep counting
  static AppRoutes of(DeployedApp app, @Nullable AppRoutes previous) {
    return new AppRoutes(app, previous == null ? new AtomicInteger() : previous.inFlight);
  }

  public DeployedApp app() {
    return app;
  }

  public AppConstants constants() {
    return constants;
  }

  public EndpointTable endpoints() {
    return endpoints;
  }

  /// Counts a call in, unless `limit` are in flight already. A true answer asks for one [#leave].
  public boolean tryEnter(int limit) {
    if (inFlight.incrementAndGet() <= limit) {
      return true;
    }
    inFlight.decrementAndGet();
    return false;
  }

  public void leave() {
    inFlight.decrementAndGet();
  }
}
