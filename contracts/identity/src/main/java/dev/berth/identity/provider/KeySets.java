package dev.berth.identity.provider;

import dev.berth.identity.cache.Shared;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The published key sets of all apps, in memory.
///
/// A set is read again after an hour, and when a token names a key that is not in it, but at most
/// once in half a minute. When it cannot be read, the last one counts for a day.
public final class KeySets {

  private static final Logger log = LoggerFactory.getLogger(KeySets.class);

  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration USABLE = Duration.ofHours(24);
  private static final int MOST_SETS = 10_000;

  private final KeySetReader reader;
  private final InstantSource clock;
  private final Shared<String, Known> reading;
  private final ConcurrentMap<String, Known> byUri = new ConcurrentHashMap<>();

  /// @param reachable which addresses sets may be read from
  public KeySets(Vertx vertx, InstantSource clock, Predicate<InetAddress> reachable) {
    this.reader = new KeySetReader(vertx, reachable);
    this.clock = clock;
    this.reading = new Shared<>(vertx);
  }

  /// What is known of one set. Moments are in milliseconds since 1970.
  ///
  /// @param keys `null` when it was never read
  private record Known(@Nullable PublishedKeys keys, long readAt, long triedAt) {

    Optional<VerifyingKey> find(String keyId, long now) {
      return keys == null || now - readAt >= USABLE.toMillis()
          ? Optional.empty()
          : Optional.ofNullable(keys.byId().get(keyId));
    }
  }

  /// The key of an id; empty when there is none, or nobody can say.
  Future<Optional<VerifyingKey>> find(String uri, String keyId) {
    long now = clock.millis();
    Known known = byUri.get(uri);
    Optional<VerifyingKey> found = known == null ? Optional.empty() : known.find(keyId, now);
    boolean enough = found.isPresent() && known != null && now - known.readAt < FRESH.toMillis();
    boolean tooSoon = known != null && now - known.triedAt < PAUSE.toMillis();
    return enough || tooSoon
        ? Future.succeededFuture(found)
        : reading.once(uri, () -> read(uri)).map(read -> read.find(keyId, clock.millis()));
  }

  private Future<Known> read(String uri) {
    return reader
        .read(uri)
        .map(keys -> new Known(keys, clock.millis(), clock.millis()))
        .otherwise(failure -> stillKnown(uri, failure))
        .onSuccess(known -> keep(uri, known));
  }

  private Known stillKnown(String uri, Throwable failure) {
    log.atWarn()
        .addKeyValue("uri", uri)
        .addKeyValue("reason", failure.getMessage())
        .log("a published key set cannot be read");
    Known last = byUri.get(uri);
    return last == null
        ? new Known(null, 0, clock.millis())
        : new Known(last.keys, last.readAt, clock.millis());
  }

  private void keep(String uri, Known known) {
    if (byUri.size() >= MOST_SETS) {
      byUri.clear();
    }
    byUri.put(uri, known);
  }
}
