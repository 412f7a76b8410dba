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
  private final @Nullable BoundEndpoint dataApi;
  private final AtomicInteger inFlight;
  private final AtomicInteger watching;

  private AppRoutes(DeployedApp app, AtomicInteger inFlight, AtomicInteger watching) {
    this.app = app;
    this.constants = AppConstants.of(app);
    this.endpoints = EndpointTable.of(app, constants);
    this.dataApi = BoundEndpoint.ofDataApi(app, constants);
    this.inFlight = inFlight;
    this.watching = watching;
  }

  /// The routes of a revision that goes live.
  ///
  /// @param previous the routes this revision takes over from; calls in flight keep counting
  static AppRoutes of(DeployedApp app, @Nullable AppRoutes previous) {
    return previous == null
        ? new AppRoutes(app, new AtomicInteger(), new AtomicInteger())
        : new AppRoutes(app, previous.inFlight, previous.watching);
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

  /// The Data API of the app, at no route yet; `null` when it is disabled.
  public @Nullable BoundEndpoint dataApi() {
    return dataApi;
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

  /// Counts a client in that watches data, unless `limit` do already. A true answer asks for one
  /// [#stopWatching].
  public boolean tryWatch(int limit) {
    if (watching.incrementAndGet() <= limit) {
      return true;
    }
    watching.decrementAndGet();
    return false;
  }

  public void stopWatching() {
    watching.decrementAndGet();
  }
}
