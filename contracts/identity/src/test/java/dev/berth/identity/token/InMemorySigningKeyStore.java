package dev.berth.identity.token;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/// Signing keys of one test, which also counts how often it is read.
final class InMemorySigningKeyStore implements SigningKeyStore {

  @SuppressWarnings("ArrayRecordComponent")
  private record Kept(AppId appId, SigningKey key, byte[] secret) {}

  private final List<Kept> kept = new ArrayList<>();
  int reads;

  @Override
  public synchronized Future<List<SigningKey>> all(AppId appId) {
    reads++;
    return Future.succeededFuture(
        kept.stream().filter(one -> one.appId.equals(appId)).map(Kept::key).toList());
  }

  @Override
  public synchronized Future<Boolean> add(AppId appId, String keyId, long number, byte[] secret) {
    boolean taken =
        kept.stream().anyMatch(one -> one.appId.equals(appId) && one.key.number() == number);
    if (!taken) {
      kept.add(new Kept(appId, new SigningKey(keyId, number, secret), secret));
    }
    return Future.succeededFuture(!taken);
  }

  /// The bytes of the newest key of an app.
  synchronized byte[] secret(AppId appId) {
    return newest(appId).secret;
  }

  synchronized String keyId(AppId appId) {
    return newest(appId).key.id();
  }

  private Kept newest(AppId appId) {
    return kept.stream().filter(one -> one.appId.equals(appId)).toList().getLast();
  }
}
