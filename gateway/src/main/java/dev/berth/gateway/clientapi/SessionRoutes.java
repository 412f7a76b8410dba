package dev.berth.gateway.clientapi;

import dev.berth.gateway.clientapi.Route.Token;
import dev.berth.identity.Accounts;
import dev.berth.identity.AppUser;
import dev.berth.identity.UserIdentity;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// What a signed-in user may do with the own session and account.
final class SessionRoutes {

  private static final String SESSION = "/auth/session";

  private final Supplier<Accounts> accounts;

  SessionRoutes(Supplier<Accounts> accounts) {
    this.accounts = accounts;
  }

  List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/auth/profile", Token.ACCESS, SessionRoutes::profile),
        Route.of(HttpMethod.POST, SESSION, Token.REFRESH, this::refresh),
        // Where clients of the first years asked.
        Route.of(HttpMethod.POST, "/app/{app}" + SESSION, Token.REFRESH, this::refresh),
        Route.of(HttpMethod.DELETE, SESSION, Token.REFRESH, this::logOut),
        Route.of(HttpMethod.DELETE, "/auth/delete", Token.ACCESS, this::delete));
  }

  private static Future<ClientAnswer> profile(ClientCall call) {
    AppUser user = call.session().user();
    BsonArray identities = new BsonArray();
    for (UserIdentity identity : user.identities()) {
      identities.add(
          new BsonDocument("id", new BsonString(identity.id()))
              .append("provider_type", new BsonString(identity.providerType()))
              .append("provider_id", new BsonString(identity.providerId())));
    }
    return Future.succeededFuture(
        new ClientAnswer.Json(
            200,
            new BsonDocument("user_id", new BsonString(user.id()))
                .append("domain_id", new BsonString(user.appId().value()))
                .append("type", new BsonString(user.type().wireName()))
                .append("identities", identities)
                .append("data", user.data())));
  }

  private Future<ClientAnswer> refresh(ClientCall call) {
    return accounts
        .get()
        .refresh(call.session())
        .map(
            answer ->
                ClientAnswer.of(
                    answer,
                    token ->
                        new ClientAnswer.Json(
                            201, new BsonDocument("access_token", new BsonString(token)))));
  }

  private Future<ClientAnswer> logOut(ClientCall call) {
    return accounts.get().logOut(call.session()).map(answer -> ClientAnswer.empty(204, answer));
  }

  private Future<ClientAnswer> delete(ClientCall call) {
    return accounts.get().deleteSelf(call.session()).map(answer -> ClientAnswer.empty(204, answer));
  }
}
