package dev.berth.identity.token;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Ids;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The signing keys of all apps, in memory as far as they are used.
///
/// Looks into the store again after a minute, and for a key it does not know, but for any app at
/// most once in a second: unknown key ids cost a stranger more than us.
public final class SigningKeys {

  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SigningKeyStore store;
  private final InstantSource clock;
  private final ConcurrentMap<AppId, Ring> rings = new ConcurrentHashMap<>();

  public SigningKeys(SigningKeyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// The keys of one app and when they were looked up, in milliseconds since 1970.
  private record Ring(List<SigningKey> keys, long readAt) {

    Optional<SigningKey> find(String keyId) {
      return keys.stream().filter(key -> key.id().equals(keyId)).findFirst();
    }

    Optional<SigningKey> newest() {
      return keys.stream().max(Comparator.comparingLong(SigningKey::number));
    }
  }

  /// The key that signs now; made when the app has none.
  Future<SigningKey> current(AppId appId) {
    return ring(appId)
        .compose(
            ring ->
                ring.newest()
                    .map(Future::succeededFuture)
                    .orElseGet(() -> add(appId, 1).compose(_ -> newest(appId))));
  }

  /// A key by its id; empty when the app has none of that id.
  Future<Optional<SigningKey>> find(AppId appId, String keyId) {
    return ring(appId)
        .compose(
            ring -> {
              Optional<SigningKey> found = ring.find(keyId);
              if (found.isPresent() || isYounger(ring, PAUSE)) {
                return Future.succeededFuture(found);
              }
              return read(appId).map(read -> read.find(keyId));
            });
  }

  /// Makes a new key that signs from now on.
  public Future<Void> rotate(AppId appId) {
    return read(appId)
        .compose(ring -> add(appId, ring.newest().map(SigningKey::number).orElse(0L) + 1))
        .compose(_ -> read(appId))
        .mapEmpty();
  }

  private Future<SigningKey> newest(AppId appId) {
    return read(appId)
        .map(
            ring ->
                ring.newest()
                    .orElseThrow(
                        () ->
                            new IllegalStateException("the signing key of " + appId + " is gone")));
  }

  /// Whoever comes second adds nothing, and reads what the first one added.
  private Future<Boolean> add(AppId appId, long number) {
    return store.add(appId, Ids.next(), number, Ids.randomBytes(SigningKey.BYTES));
  }

  private Future<Ring> ring(AppId appId) {
    Ring ring = rings.get(appId);
    return ring != null && isYounger(ring, FRESH) ? Future.succeededFuture(ring) : read(appId);
  }

  private Future<Ring> read(AppId appId) {
    return store
        .all(appId)
        .map(
            keys -> {
              Ring ring = new Ring(List.copyOf(keys), clock.millis());
              if (!keys.isEmpty()) {
                // Another process may be making the first one just now.
                rings.put(appId, ring);
              }
              return ring;
            });
  }

  private boolean isYounger(Ring ring, Duration age) {
    return clock.millis() - ring.readAt() < age.toMillis();
  }
}
