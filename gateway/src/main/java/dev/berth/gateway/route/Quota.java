package dev.berth.gateway.route;

/// How many requests an app may be sent: what a gateway grants when nobody says anything else.
///
/// @param requestsPerSecond 0 for any number
/// @param concurrentRequests in flight at once
public record Quota(int requestsPerSecond, int concurrentRequests) {

  public Quota {
    if (requestsPerSecond < 0 || concurrentRequests < 1) {
      throw new IllegalArgumentException("no app could be called: " + requestsPerSecond);
    }
  }

  /// Which part of a quota was used up.
  public enum Part {
    REQUESTS_PER_SECOND,
    CONCURRENT_REQUESTS
  }
}
