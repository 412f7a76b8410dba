package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Answer;
import dev.berth.identity.ApiKey;
import dev.berth.identity.CreatedApiKey;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Ids;
import dev.berth.identity.store.ApiKeyStore;
import dev.berth.identity.store.StoredApiKey;
import dev.berth.identity.store.StoredApiKey.Owner;
import io.vertx.core.Future;

/// Makes API keys, whoever they are for.
final class NewApiKeys {

  private static final int CHARACTERS = 64;
  private static final int LONGEST_NAME = 128;

  private final ApiKeyStore store;

  NewApiKeys(ApiKeyStore store) {
    this.store = store;
  }

  Future<Answer<CreatedApiKey>> make(AppId appId, Owner owner, String userId, String name) {
    return make(appId, owner, userId, new ApiKey(Ids.next(), name, false));
  }

  Future<Answer<CreatedApiKey>> make(AppId appId, Owner owner, String userId, ApiKey key) {
    if (key.name().isBlank() || key.name().length() > LONGEST_NAME) {
      return Future.succeededFuture(
          Answer.denied(
              Code.INVALID_PARAMETER,
              "the name of an API key has 1 to " + LONGEST_NAME + " characters"));
    }
    String value = Ids.secret(CHARACTERS);
    return store
        .add(new StoredApiKey(appId, owner, userId, key, Ids.sha256(value)))
        .map(
            kept ->
                switch (kept) {
                  case DONE -> Answer.granted(new CreatedApiKey(key, value));
                  case NAME_TAKEN ->
                      Answer.denied(Code.API_KEY_ALREADY_EXISTS, "API key already exists");
                  case TOO_MANY ->
                      Answer.denied(
                          Code.BAD_REQUEST, "there may be at most " + owner.most() + " API keys");
                });
  }
}
