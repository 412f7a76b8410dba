package dev.berth.identity.provider;

import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Ids;
import dev.berth.identity.store.ApiKeyStore;
import io.vertx.core.Future;

/// `api-key`: keys of users and of the developer.
///
/// Attempts are not counted: a key is of 64 characters of chance, which nobody guesses, and a
/// client with an old key must not shut out its neighbours.
public final class ApiKeyProvider {

  private static final int LONGEST = 512;

  private final ApiKeyStore keys;

  public ApiKeyProvider(ApiKeyStore keys) {
    this.keys = keys;
  }

  Future<Answer<Proof>> verify(DeployedApp app, String key) {
    if (key.isEmpty() || key.length() > LONGEST) {
      return Future.succeededFuture(invalid());
    }
    return keys.findByHash(app.id(), Ids.sha256(key))
        .map(
            found ->
                found
                    .filter(stored -> !stored.key().disabled())
                    .map(
                        stored ->
                            Answer.<Proof>granted(
                                new Proof.OfApiKey(stored.userId(), stored.key().id())))
                    .orElseGet(ApiKeyProvider::invalid));
  }

  private static Answer<Proof> invalid() {
    return Answer.denied(Code.AUTH_ERROR, "invalid API key");
  }
}
