package dev.berth.identity.token;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import java.util.List;

/// Where the signing keys of apps are kept.
public interface SigningKeyStore {

  /// Every key of an app, in no order.
  Future<List<SigningKey>> all(AppId appId);

  /// Keeps a key.
  ///
  /// @param secret 32 bytes
  /// @return false when the app has a key of that number already
  Future<Boolean> add(AppId appId, String keyId, long number, byte[] secret);
}
