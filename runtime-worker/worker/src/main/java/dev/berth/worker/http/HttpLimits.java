package dev.berth.worker.http;

import java.time.Duration;

/// How much of the network one invocation may use at once.
///
/// @param sockets open at once; one more ends the invocation
/// @param responseBytes of one body
/// @param bytesPerApp of all bodies on their way to the functions of one app
/// @param bytesInAll of all bodies on their way to any function
/// @param headerBytes of the head of one response
/// @param redirects that one request follows
/// @param patience for a connection, and again for its TLS handshake
public record HttpLimits(
    int sockets,
    long responseBytes,
    long bytesPerApp,
    long bytesInAll,
    int headerBytes,
    int redirects,
    Duration patience) {

  public HttpLimits {
    if (sockets < 1 || responseBytes < 1 || headerBytes < 1 || redirects < 0) {
      throw new IllegalArgumentException("limits of HTTP requests must be positive");
    }
    if (bytesPerApp < 1 || bytesInAll < bytesPerApp) {
      throw new IllegalArgumentException("one app cannot hold more bytes than all together");
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience must be positive");
    }
  }

  /// What production runs with. Bodies may fill a quarter of the heap, those of one app half of
  /// that.
  public static HttpLimits standard() {
    long heap = Runtime.getRuntime().maxMemory();
    return new HttpLimits(25, 16L << 20, heap / 8, heap / 4, 64 << 10, 10, Duration.ofSeconds(10));
  }

  /// The same with other bounds on what an operator may set.
  public HttpLimits with(int otherSockets, long otherResponseBytes) {
    return new HttpLimits(
        otherSockets,
        otherResponseBytes,
        bytesPerApp,
        bytesInAll,
        headerBytes,
        redirects,
        patience);
  }
}
