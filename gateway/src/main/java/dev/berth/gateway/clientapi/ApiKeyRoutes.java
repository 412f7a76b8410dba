package dev.berth.gateway.clientapi;

import dev.berth.gateway.clientapi.Route.Token;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.identity.Accounts;
import dev.berth.identity.ApiKey;
import dev.berth.identity.UserApiKeys;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// The API keys that users make for themselves. All of these take the refresh token.
final class ApiKeyRoutes {

  private static final String KEYS = "/auth/api_keys";
  private static final String KEY = KEYS + "/{id}";

  private final Supplier<Accounts> accounts;

  ApiKeyRoutes(Supplier<Accounts> accounts) {
    this.accounts = accounts;
  }

  List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, KEYS, Token.REFRESH, this::create),
        Route.of(HttpMethod.GET, KEYS, Token.REFRESH, this::all),
        Route.of(HttpMethod.GET, KEY, Token.REFRESH, this::find),
        Route.of(
            HttpMethod.DELETE,
            KEY,
            Token.REFRESH,
            call ->
                keys().delete(call.session(), id(call)).map(done -> ClientAnswer.empty(204, done))),
        Route.of(
            HttpMethod.PUT,
            KEY + "/enable",
            Token.REFRESH,
            call ->
                keys().enable(call.session(), id(call)).map(done -> ClientAnswer.empty(204, done))),
        Route.of(
            HttpMethod.PUT,
            KEY + "/disable",
            Token.REFRESH,
            call ->
                keys()
                    .disable(call.session(), id(call))
                    .map(done -> ClientAnswer.empty(204, done))));
  }

  private UserApiKeys keys() {
    return accounts.get().apiKeys();
  }

  private static String id(ClientCall call) {
    return call.parameter("id");
  }

  private Future<ClientAnswer> create(ClientCall call) throws MalformedBodyException {
    return keys()
        .create(call.session(), call.text("name"))
        .map(
            answer ->
                ClientAnswer.of(
                    answer,
                    made ->
                        new ClientAnswer.Json(
                            201, form(made.key()).append("key", new BsonString(made.value())))));
  }

  private Future<ClientAnswer> all(ClientCall call) {
    return keys()
        .all(call.session())
        .map(
            all ->
                new ClientAnswer.Json(
                    200, new BsonArray(all.stream().map(ApiKeyRoutes::form).toList())));
  }

  private Future<ClientAnswer> find(ClientCall call) {
    return keys()
        .find(call.session(), id(call))
        .map(answer -> ClientAnswer.of(answer, key -> new ClientAnswer.Json(200, form(key))));
  }

  private static BsonDocument form(ApiKey key) {
    return new BsonDocument("_id", new BsonString(key.id()))
        .append("name", new BsonString(key.name()))
        .append("disabled", BsonBoolean.valueOf(key.disabled()));
  }
}
