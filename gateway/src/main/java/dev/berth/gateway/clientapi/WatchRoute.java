package dev.berth.gateway.clientapi;

import dev.berth.gateway.authentication.SignedInUsers;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.request.RequestHeaders;
import dev.berth.gateway.serving.Serving;
import dev.berth.identity.Accounts;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.RequestFacts;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;

/// Watching a collection. The first look happens before the stream begins, so whatever is wrong
/// is an ordinary error.
final class WatchRoute {

  /// Clients of one app that watch through this process at once.
  static final int MAX_WATCHING = 200;

  private static final Duration PLACE_MAY_BE_FREE = Duration.ofSeconds(5);

  private final Serving serving;
  private final Supplier<Accounts> accounts;
  private final Invoker invoker;

  WatchRoute(Serving serving, Supplier<Accounts> accounts, Invoker invoker) {
    this.serving = serving;
    this.accounts = accounts;
    this.invoker = invoker;
  }

  List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/app/{app}/functions/call", Route.Token.ACCESS, this::watch)
            .asStream());
  }

  private Future<ClientAnswer> watch(ClientCall call) throws MalformedBodyException {
    WatchRequest request = WatchRequest.of(call.request().query());
    if (!DataSourceCalls.hasDataSource(call.app(), request.service())) {
      return Future.succeededFuture(
          new ClientAnswer.Refused(DataSourceCalls.noSuchService(request.service())));
    }
    Caller.SignedIn user = SignedInUsers.of(call.session().user());
    // The query is how the arguments come, and may hold the token.
    RequestFacts facts =
        new RequestFacts(
            call.request().remoteIpAddress(),
            "",
            "",
            "",
            RequestHeaders.canonical(call.request().headers()));
    var looks = new Looks(invoker, call.id(), user, request, facts, serving.limits().timeLimit());
    return looks.first(call.app()).map(seen -> begin(call, request, looks, seen));
  }

  private ClientAnswer begin(ClientCall call, WatchRequest request, Looks looks, Looks.Seen seen) {
    return switch (seen) {
      case Looks.Seen.Refused(Fault fault) -> new ClientAnswer.Refused(fault);
      case Looks.Seen.Unanswered(Fault fault) -> new ClientAnswer.Refused(fault);
      case Looks.Seen.Changes _ when request.isQuestion() ->
          new ClientAnswer.Json(200, BsonBoolean.TRUE);
      case Looks.Seen.Changes changes -> stream(call, request, looks, changes.position());
    };
  }

  private ClientAnswer stream(
      ClientCall call, WatchRequest request, Looks looks, BsonDocument position) {
    if (!call.routes().tryWatch(MAX_WATCHING)) {
      return new ClientAnswer.Refused(
          new Fault(
              429,
              "too many clients of the app watch at once",
              "TooManyRequests",
              PLACE_MAY_BE_FREE));
    }
    return new ClientAnswer.Events(
        new Watch(
            serving,
            accounts,
            call.routes(),
            Objects.requireNonNull(call.token(), "the route wants a token"),
            looks,
            position,
            request.isCompact()));
  }
}
