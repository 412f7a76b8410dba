package dev.berth.gateway.clientapi;

import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.invocation.Caller;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Looks for one client what has changed. Each look is a call of its own: the rules of the
/// revision that is live then hold for it, and any worker takes it.
record Looks(
    Invoker invoker,
    RequestId id,
    Caller.SignedIn user,
    WatchRequest request,
    RequestFacts facts,
    Duration timeLimit) {

  /// What a look gave.
  sealed interface Seen {

    /// What has changed, which may be nothing.
    ///
    /// @param position where the next look begins
    record Changes(List<BsonValue> events, BsonDocument position) implements Seen {}

    /// It is over: the rules, the database or the call itself say no.
    record Refused(Fault fault) implements Seen {}

    /// Nobody looked, this time.
    record Unanswered(Fault fault) implements Seen {}
  }

  /// Finds out where to begin.
  Future<Seen> first(DeployedApp app) {
    return look(app, request.arguments());
  }

  /// Looks what has changed since a position.
  Future<Seen> since(DeployedApp app, BsonDocument position) {
    BsonDocument arguments = request.arguments().clone();
    return look(app, arguments.append("position", position));
  }

  private Future<Seen> look(DeployedApp app, BsonDocument arguments) {
    Invocation.Envelope envelope =
        new Invocation.Envelope(app.id(), app.revision(), id, user, timeLimit);
    return invoker
        .invoke(
            new Invocation.DataCall(
                envelope, request.service(), DataOperation.CHANGES, arguments, facts))
        .map(Looks::seen);
  }

  private static Seen seen(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(BsonDocument result) ->
          new Seen.Changes(result.getArray("events"), result.getDocument("position"));
      case Outcome.Threw(String code, String message) ->
          new Seen.Refused(OutcomeFaults.ofData(code, message));
      case Outcome.Unavailable _, Outcome.Lost _ -> new Seen.Unanswered(OutcomeFaults.of(outcome));
      case Outcome.OverLimit _, Outcome.NotFound _ -> new Seen.Refused(OutcomeFaults.of(outcome));
      case Outcome.Returned _, Outcome.Responded _ ->
          throw new IllegalStateException("a look ends with a document");
    };
  }
}
