package dev.berth.gateway;

import dev.berth.gateway.door.Door;
import dev.berth.gateway.route.Quota;
import java.time.Duration;

/// What an operator can choose about the gateway.
///
/// @param host the address to listen on, such as `0.0.0.0`
/// @param port 0 takes any free one
/// @param maxRequestBytes the largest request body that is read
/// @param timeLimit how long an endpoint function may run
/// @param uploadIdleTimeout how long a request body may stand still before the request is refused
/// @param drainTimeout how long a stop waits for calls in flight
/// @param quota of requests of one app, in this process, where the app has no other; more are
///     refused
/// @param door how it meets those who come
public record GatewaySettings(
    String host,
    int port,
    long maxRequestBytes,
    Duration timeLimit,
    Duration uploadIdleTimeout,
    Duration drainTimeout,
    Quota quota,
    Door door) {

  public GatewaySettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must be an address or a host name");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535: " + port);
    }
    if (maxRequestBytes < 1 || maxRequestBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "maxRequestBytes must be between 1 and 2147483647: " + maxRequestBytes);
    }
    requireAtLeastOneMillisecond("timeLimit", timeLimit);
    requireAtLeastOneMillisecond("uploadIdleTimeout", uploadIdleTimeout);
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException("drainTimeout must not be negative: " + drainTimeout);
    }
  }

  /// The defaults: the limits that App Services documented, 30 s to drain.
  public static GatewaySettings on(String host, int port) {
    return new GatewaySettings(
        host,
        port,
        18L * 1024 * 1024,
        Duration.ofSeconds(300),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        new Quota(0, 10_000),
        Door.open());
  }

  /// These settings with another door.
  public GatewaySettings with(Door another) {
    return new GatewaySettings(
        host, port, maxRequestBytes, timeLimit, uploadIdleTimeout, drainTimeout, quota, another);
  }

  private static void requireAtLeastOneMillisecond(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms: " + value);
    }
  }
}
