package dev.berth.controlplane.tenant;

import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of an installation somebody may use. What is `null` is said elsewhere, and without
/// bounds when it is said nowhere.
///
/// @param apps of an organization
/// @param requestsPerSecond of an app
/// @param concurrentRequests of an app, in flight at once
/// @param storedCode bytes of all files of an app
public record Quota(
    @Nullable Integer apps,
    @Nullable Integer requestsPerSecond,
    @Nullable Integer concurrentRequests,
    @Nullable Long storedCode) {

  private static final String APPS = "apps";
  private static final String RATE = "requests_per_second";
  private static final String CONCURRENCY = "concurrent_requests";
  private static final String CODE = "stored_code_bytes";
  private static final int MOST = 1_000_000_000;

  /// Nothing is said.
  public static Quota none() {
    return new Quota(null, null, null, null);
  }

  /// This one, and where it says nothing the other one.
  public Quota or(Quota other) {
    return new Quota(
        apps == null ? other.apps : apps,
        requestsPerSecond == null ? other.requestsPerSecond : requestsPerSecond,
        concurrentRequests == null ? other.concurrentRequests : concurrentRequests,
        storedCode == null ? other.storedCode : storedCode);
  }

  /// Reads what somebody has sent.
  ///
  /// @throws Refusal when it is none
  public static Quota read(JsonObject body) {
    for (String field : body.fieldNames()) {
      if (!List.of(APPS, RATE, CONCURRENCY, CODE).contains(field)) {
        throw Refusal.invalid(
            "a quota has no \"%s\"; it has %s, %s, %s and %s"
                .formatted(field, APPS, RATE, CONCURRENCY, CODE));
      }
    }
    return new Quota(
        number(body, APPS, 0, MOST),
        number(body, RATE, 1, 1_000_000),
        number(body, CONCURRENCY, 1, 1_000_000),
        bytes(body));
  }

  private static @Nullable Integer number(JsonObject body, String field, int least, int most) {
    return switch (body.getValue(field)) {
      case null -> null;
      case Integer number when number >= least && number <= most -> number;
      // The database may answer with the longer kind.
      case Long number when number >= least && number <= most -> number.intValue();
      default ->
          throw Refusal.invalid(
              "\"%s\" must be a number between %d and %d, or null".formatted(field, least, most));
    };
  }

  private static @Nullable Long bytes(JsonObject body) {
    Integer number = number(body, CODE, 1, MOST);
    return number == null ? null : Long.valueOf(number);
  }

  /// What the database holds of it.
  public static Quota of(@Nullable JsonObject document) {
    return document == null ? none() : read(document);
  }

  /// With every field, `null` for what is not said.
  public JsonObject json() {
    return new JsonObject()
        .put(APPS, apps)
        .put(RATE, requestsPerSecond)
        .put(CONCURRENCY, concurrentRequests)
        .put(CODE, storedCode);
  }
}
