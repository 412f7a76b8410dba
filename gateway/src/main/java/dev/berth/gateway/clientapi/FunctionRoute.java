package dev.berth.gateway.clientapi;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.gateway.authentication.Authentication;
import dev.berth.gateway.authentication.Rights;
import dev.berth.gateway.authentication.SignedInUsers;
import dev.berth.gateway.authorization.Expressions;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.gateway.request.RequestHeaders;
import dev.berth.gateway.serving.RequestLimits;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.RequestFacts;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calling a function of the app by name.
final class FunctionRoute {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionRoute.class);

  private final Rights rights;
  private final Invoker invoker;
  private final RequestLimits limits;

  FunctionRoute(Rights rights, Invoker invoker, RequestLimits limits) {
    this.rights = rights;
    this.invoker = invoker;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, "/app/{app}/functions/call", Route.Token.ACCESS, this::call)
            .upTo(limits.maxRequestBytes()));
  }

  private Future<ClientAnswer> call(ClientCall call) throws MalformedBodyException {
    String name = call.text("name");
    List<BsonValue> arguments = call.list("arguments");
    if (call.body().containsKey("service")) {
      String service = call.text("service");
      return refused(new Fault(404, "service not found: '" + service + "'", "ServiceNotFound"));
    }
    FunctionDefinition function = call.app().definition().functions().get(name);
    if (function == null) {
      return refused(OutcomeFaults.functionNotFound(name));
    }
    if (function.isPrivate()) {
      return refused(new Fault(403, "function not callable: '" + name + "'", "NotCallable"));
    }
    if (!Expressions.allowEveryone(function.canEvaluate())) {
      return refused(
          new Fault(403, "no rule allows this user to call '" + name + "'", "NoMatchingRuleFound"));
    }
    return run(call, function, arguments);
  }

  private Future<ClientAnswer> run(
      ClientCall call, FunctionDefinition function, List<BsonValue> arguments) {
    RequestFacts facts =
        new RequestFacts(
            call.request().remoteIpAddress(),
            "",
            "",
            call.request().query().withoutSecret(),
            RequestHeaders.canonical(call.request().headers()));
    return rights
        .of(
            call.app(),
            function,
            SignedInUsers.of(call.session().user()),
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
    LOG.atInfo()
        .addKeyValue("appId", call.app().id())
        .addKeyValue("function", function)
        .addKeyValue("requestId", call.id())
        .addKeyValue("reason", why)
        .log("no user to run a function as");
    return refused(new Fault(401, "error finding user for function", "AuthError"));
  }

  private static Future<ClientAnswer> refused(Fault fault) {
    return Future.succeededFuture(new ClientAnswer.Refused(fault));
  }
}
