package dev.berth.gateway.clientapi;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.gateway.authentication.Authentication;
import dev.berth.gateway.authentication.Rights;
import dev.berth.gateway.authentication.SignedInUsers;
import dev.berth.gateway.authorization.Authorization;
import dev.berth.gateway.authorization.Call;
import dev.berth.gateway.authorization.ExpressionAuthorizer;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.gateway.request.RequestHeaders;
import dev.berth.gateway.serving.RequestLimits;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.RequestFacts;
import dev.berth.rules.Expression;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Calling a function of the app by name, or a data source of it.
final class FunctionRoute {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionRoute.class);

  private final Rights rights;
  private final ExpressionAuthorizer expressions;
  private final Invoker invoker;
  private final RequestLimits limits;
  private final DataSourceCalls dataSources;

  FunctionRoute(
      Rights rights, ExpressionAuthorizer expressions, Invoker invoker, RequestLimits limits) {
    this.rights = rights;
    this.expressions = expressions;
    this.invoker = invoker;
    this.limits = limits;
    this.dataSources = new DataSourceCalls(invoker, limits);
  }

  List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, "/app/{app}/functions/call", Route.Token.ACCESS, this::call)
            .upTo(limits.maxRequestBytes()));
  }

  private Future<ClientAnswer> call(ClientCall call) throws MalformedBodyException {
    String name = call.text("name");
    List<BsonValue> arguments = call.list("arguments");
    RequestFacts facts = facts(call);
    if (call.body().containsKey("service") && !call.body().isNull("service")) {
      return dataSources.call(call, call.text("service"), name, facts);
    }
    FunctionDefinition function = call.app().definition().functions().get(name);
    Expression condition = call.routes().constants().conditionOf(name);
    if (function == null || condition == null) {
      return refused(OutcomeFaults.functionNotFound(name));
    }
    if (function.isPrivate()) {
      return refused(new Fault(403, "function not callable: '" + name + "'", "NotCallable"));
    }
    Caller.SignedIn user = SignedInUsers.of(call.session().user());
    return expressions
        .authorize(
            new Call(call.app(), call.routes().constants(), call.id(), user, () -> facts),
            condition)
        .compose(
            authorization ->
                switch (authorization) {
                  case Authorization.Allowed() -> run(call, function, user, arguments, facts);
                  case Authorization.Denied(String reason) -> notAllowed(call, name, reason);
                });
  }

  private static RequestFacts facts(ClientCall call) {
    return new RequestFacts(
        call.request().remoteIpAddress(),
        "",
        "",
        call.request().query().withoutSecret(),
        RequestHeaders.canonical(call.request().headers()));
  }

  private static Future<ClientAnswer> notAllowed(ClientCall call, String function, String reason) {
    told(call, function, reason).log("a user may not call a function");
    return refused(
        new Fault(
            403, "no rule allows this user to call '" + function + "'", "NoMatchingRuleFound"));
  }

  private Future<ClientAnswer> run(
      ClientCall call,
      FunctionDefinition function,
      Caller.SignedIn user,
      List<BsonValue> arguments,
      RequestFacts facts) {
    return rights
        .of(
            call.app(),
            function,
            user,
            call.id(),
            (envelope, script) -> new Invocation.FunctionCall(envelope, script, arguments, facts))
        .compose(
            authentication ->
                switch (authentication) {
                  case Authentication.Authenticated(Caller caller) ->
                      invoke(call, caller, function.name(), arguments, facts);
                  case Authentication.Refused(_, String why) ->
                      nobodyToRunAs(call, function.name(), why);
                  case Authentication.Throttled(String message, _) ->
                      nobodyToRunAs(call, function.name(), message);
                });
  }

  private Future<ClientAnswer> invoke(
      ClientCall call,
      Caller caller,
      String function,
      List<BsonValue> arguments,
      RequestFacts facts) {
    Invocation.Envelope envelope =
        new Invocation.Envelope(
            call.app().id(), call.app().revision(), call.id(), caller, limits.timeLimit());
    return invoker
        .invoke(new Invocation.FunctionCall(envelope, function, arguments, facts))
        .map(ClientAnswer.Ended::new);
  }

  /// Not the client's fault, and no new token cures it.
  private static Future<ClientAnswer> nobodyToRunAs(ClientCall call, String function, String why) {
    told(call, function, why).log("no user to run a function as");
    return refused(new Fault(401, "error finding user for function", "AuthError"));
  }

  private static LoggingEventBuilder told(ClientCall call, String function, String reason) {
    return LOG.atInfo()
        .addKeyValue("appId", call.app().id())
        .addKeyValue("function", function)
        .addKeyValue("requestId", call.id())
        .addKeyValue("reason", reason);
  }

  private static Future<ClientAnswer> refused(Fault fault) {
    return Future.succeededFuture(new ClientAnswer.Refused(fault));
  }
}
