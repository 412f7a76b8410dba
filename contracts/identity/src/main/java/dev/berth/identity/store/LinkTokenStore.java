package dev.berth.identity.store;

import static dev.berth.identity.store.MajorityCollection.before;
import static dev.berth.identity.store.MajorityCollection.byId;
import static dev.berth.identity.store.MajorityCollection.date;

import dev.berth.identity.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.Optional;

/// The tokens of confirmation and reset links: each works once, and only its hash is kept.
public final class LinkTokenStore {

  private static final int SECRET_CHARACTERS = 64;

  private final MajorityCollection tokens;

  LinkTokenStore(MongoClient client) {
    this.tokens = new MajorityCollection(client, "link_tokens");
  }

  Future<Void> makeIndexes() {
    return Future.all(tokens.index("accountId"), tokens.index("expiresAt")).mapEmpty();
  }

  /// What a token allows.
  public enum Use {
    CONFIRM,
    RESET
  }

  /// A new token.
  ///
  /// @param value a secret
  public record Issued(String id, String value) {
    @Override
    public String toString() {
      return "Issued[id=" + id + "]";
    }
  }

  public Future<Issued> issue(String accountId, Use use, Instant expiresAt) {
    Issued issued = new Issued(Ids.next(), Ids.secret(SECRET_CHARACTERS));
    return tokens
        .insert(
            byId(issued.id())
                .put("accountId", accountId)
                .put("use", use.name())
                .put("hash", Ids.sha256(issued.value()))
                .put("expiresAt", date(expiresAt)))
        .map(issued);
  }

  /// The account that a token is for, when it is right and has not expired. It stays usable.
  public Future<Optional<String>> account(String value, String id, Use use, Instant now) {
    if (!Ids.isId(id)) {
      return Future.succeededFuture(Optional.empty());
    }
    String hash = Ids.sha256(value);
    return tokens
        .find(byId(id))
        .map(
            found ->
                found
                    .filter(token -> Ids.sameHash(token.getString("hash"), hash))
                    .filter(token -> use.name().equals(token.getString("use")))
                    .filter(token -> date(token, "expiresAt").isAfter(now))
                    .map(token -> token.getString("accountId")));
  }

  /// Uses a token up.
  ///
  /// @return false when somebody else did
  public Future<Boolean> use(String id) {
    return tokens.remove(byId(id));
  }

  public Future<Void> removeAll(String accountId) {
    return tokens.removeAll(new JsonObject().put("accountId", accountId));
  }

  public Future<Void> removeExpired(Instant now) {
    return tokens.removeAll(new JsonObject().put("expiresAt", before(now)));
  }
}
