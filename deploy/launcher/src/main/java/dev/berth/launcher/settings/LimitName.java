package dev.berth.launcher.settings;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The limits that can be set, with what each may be.
public enum LimitName {
  TIME("time", Quantity.DURATION, 1, 24 * 3_600_000L),
  CPU_TIME("cpu-time", Quantity.DURATION, 1, 24 * 3_600_000L),
  MEMORY("memory", Quantity.SIZE, 1 << 20, 1L << 40),
  ASYNC_OPERATIONS("async-operations", Quantity.COUNT, 1, 1_000_000),
  SOCKETS("sockets", Quantity.COUNT, 1, 1000),
  /// Of a response to a function; the most is what app code can hold as one value.
  HTTP_RESPONSE_SIZE("http-response-size", Quantity.SIZE, 1, 24 << 20),
  RESPONSE_SIZE("response-size", Quantity.SIZE, 1, Integer.MAX_VALUE),
  LOG_LINES("log-lines", Quantity.COUNT, 0, 1_000_000),
  LOG_LINE_LENGTH("log-line-length", Quantity.COUNT, 1, 1_000_000),
  /// How long entries of the logs of apps are kept.
  LOG_RETENTION("log-retention", Quantity.DURATION, 60_000, 3650 * 24 * 3_600_000L),
  REQUEST_SIZE("request-size", Quantity.SIZE, 1, Integer.MAX_VALUE),
  /// Apps that have a label of their own in metrics.
  LABELLED_APPS("labelled-apps", Quantity.COUNT, 0, 100_000),
  /// Tenants that have a label of their own in metrics.
  LABELLED_TENANTS("labelled-tenants", Quantity.COUNT, 0, 10_000),
  REQUESTS_PER_APP("requests-per-app", Quantity.COUNT, 1, 1_000_000),
  /// Of one app, where it has no quota of its own; 0 for any number.
  REQUESTS_PER_SECOND("requests-per-second", Quantity.COUNT, 0, 1_000_000),
  THREADS_PER_APP("threads-per-app", Quantity.COUNT, 1, 1000),
  INVOCATIONS_PER_APP("invocations-per-app", Quantity.COUNT, 1, 100_000),
  WAITING_PER_APP("waiting-per-app", Quantity.COUNT, 0, 1_000_000),
  DATABASE_OPERATIONS_PER_APP("database-operations-per-app", Quantity.COUNT, 1, 1000),
  IDLE_CONTEXTS("idle-contexts", Quantity.COUNT, 0, 100_000),
  /// Of organizations that have no quota of their own.
  APPS_PER_ORGANIZATION("apps-per-organization", Quantity.COUNT, 0, 1_000_000),
  /// Files of one app that is deployed over the wire, where it has no quota of its own.
  STORED_CODE("stored-code", Quantity.SIZE, 1, 64 << 20),
  ACCESS_TOKEN("access-token", Quantity.DURATION, 1000, 24 * 3_600_000L),
  REFRESH_TOKEN("refresh-token", Quantity.DURATION, 30 * 60_000L, 1825 * 24 * 3_600_000L);

  private final String key;
  private final Quantity quantity;
  private final long least;
  private final long most;

  LimitName(String key, Quantity quantity, long least, long most) {
    this.key = key;
    this.quantity = quantity;
    this.least = least;
    this.most = most;
  }

  String key() {
    return key;
  }

  String text(long value) {
    return key + "=" + quantity.text(value);
  }

  /// @throws IllegalArgumentException with a message that names the limit
  static LimitName of(String key) {
    return Arrays.stream(values())
        .filter(name -> name.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no limit \"%s\"; there are %s".formatted(key, keys())));
  }

  private static String keys() {
    return Arrays.stream(values()).map(LimitName::key).collect(Collectors.joining(", "));
  }

  /// @throws IllegalArgumentException with a message that names the limit
  long parse(String text) {
    long value;
    try {
      value = quantity.parse(text);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s must be %s, and is \"%s\"".formatted(key, quantity.description(), text), e);
    }
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be between %s and %s, and is %s"
              .formatted(key, quantity.shown(least), quantity.shown(most), text));
    }
    return value;
  }
}
