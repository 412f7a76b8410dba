package dev.berth.gateway.route;

import dev.berth.catalog.AddressRange;
import dev.berth.catalog.DeployedApp;
import java.util.List;
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
  private final boolean admitsEverybody;
  private final List<AddressRange> admitted;
  private final int mostInFlight;
  private final @Nullable RequestRate rate;
  private final AtomicInteger inFlight;
  private final AtomicInteger watching;

  private AppRoutes(
      DeployedApp app,
      Quota usual,
      @Nullable RequestRate before,
      AtomicInteger inFlight,
      AtomicInteger watching) {
    this.app = app;
    this.constants = AppConstants.of(app);
    this.endpoints = EndpointTable.of(app, constants);
    this.dataApi = BoundEndpoint.ofDataApi(app, constants);
    this.admitsEverybody = app.terms().admitEverybody();
    this.admitted = AddressRange.readable(app.terms().allowedAddresses());
    this.mostInFlight = or(app.terms().concurrentRequests(), usual.concurrentRequests());
    this.rate = rate(or(app.terms().requestsPerSecond(), usual.requestsPerSecond()), before);
    this.inFlight = inFlight;
    this.watching = watching;
  }

  private static int or(@Nullable Integer chosen, int usual) {
    return chosen == null ? usual : chosen;
  }

  private static @Nullable RequestRate rate(int perSecond, @Nullable RequestRate before) {
    if (perSecond == 0) {
      return null;
    }
    return before != null && before.perSecond() == perSecond
        ? before
        : new RequestRate(perSecond, System.nanoTime());
  }

  /// The routes of a revision that goes live.
  ///
  /// @param usual what the app gets where its terms say nothing
  /// @param previous the routes this revision takes over from; calls in flight keep counting
  static AppRoutes of(DeployedApp app, Quota usual, @Nullable AppRoutes previous) {
    return previous == null
        ? new AppRoutes(app, usual, null, new AtomicInteger(), new AtomicInteger())
        : new AppRoutes(app, usual, previous.rate, previous.inFlight, previous.watching);
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

  /// Whether the app takes requests from everywhere.
  public boolean admitsEverybody() {
    return admitsEverybody;
  }

  /// Whether the app takes requests from an address. What is no address is not taken.
  public boolean admits(String client) {
    return AddressRange.anyContains(admitted, client);
  }

  /// Counts a call in, unless the quota of the app is used up. A `null` asks for one [#leave].
  ///
  /// @return what is used up; `null` when the call is in
  public Quota.@Nullable Part tryEnter() {
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      return Quota.Part.CONCURRENT_REQUESTS;
    }
    if (rate != null && !rate.tryTake(System.nanoTime())) {
      inFlight.decrementAndGet();
      return Quota.Part.REQUESTS_PER_SECOND;
    }
    return null;
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
