package dev.berth.gateway.clientapi;

import dev.berth.appmodel.DataSource;
import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.authentication.SignedInUsers;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.gateway.serving.RequestLimits;
import dev.berth.invocation.Caller;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/// What clients do with the data sources of an app. They are users, so rules and schemas hold for
/// each call.
final class DataSourceCalls {

  /// Clients have no such call; they watch in another way.
  private static final Set<DataOperation> NOT_FOR_CLIENTS =
      EnumSet.of(DataOperation.REPLACE_ONE, DataOperation.CHANGES);

  private final Invoker invoker;
  private final RequestLimits limits;

  DataSourceCalls(Invoker invoker, RequestLimits limits) {
    this.invoker = invoker;
    this.limits = limits;
  }

  /// Answers a call that names a service.
  ///
  /// @param name what the service is to do
  /// @param request what rules may know of it
  Future<ClientAnswer> call(ClientCall call, String service, String name, RequestFacts request)
      throws MalformedBodyException {
    if (!hasDataSource(call.app(), service)) {
      return refused(noSuchService(service));
    }
    Optional<DataOperation> asked = DataOperation.named(name);
    if (asked.isEmpty() || NOT_FOR_CLIENTS.contains(asked.get())) {
      return refused(
          new Fault(404, "service command not found: '" + name + "'", "ServiceCommandNotFound"));
    }
    BsonDocument given = DataArguments.given(call.body());
    DataOperation operation = DataArguments.meant(asked.get(), given);
    BsonDocument arguments = DataArguments.of(operation, given);
    Caller user = SignedInUsers.of(call.session().user());
    Invocation.Envelope envelope =
        new Invocation.Envelope(
            call.app().id(), call.app().revision(), call.id(), user, limits.timeLimit());
    return invoker
        .invoke(new Invocation.DataCall(envelope, service, operation, arguments, request))
        .map(outcome -> answer(operation, outcome));
  }

  static boolean hasDataSource(DeployedApp app, String name) {
    return app.definition().dataSources().stream().map(DataSource::name).anyMatch(name::equals);
  }

  static Fault noSuchService(String name) {
    return new Fault(404, "service not found: '" + name + "'", "ServiceNotFound");
  }

  private static ClientAnswer answer(DataOperation operation, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(BsonValue value)
          when operation == DataOperation.COUNT && value.isNumber() ->
          // Native clients take nothing else.
          new ClientAnswer.Ended(new Outcome.Returned(new BsonInt64(value.asNumber().longValue())));
      case Outcome.Threw(String code, String message) ->
          new ClientAnswer.Refused(OutcomeFaults.ofData(code, message));
      case Outcome other -> new ClientAnswer.Ended(other);
    };
  }

  private static Future<ClientAnswer> refused(Fault fault) {
    return Future.succeededFuture(new ClientAnswer.Refused(fault));
  }
}
