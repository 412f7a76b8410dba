package dev.berth.gateway.dataapi;

import dev.berth.appmodel.DataSource;
import dev.berth.gateway.authentication.Authentication;
import dev.berth.gateway.authentication.Credentials;
import dev.berth.gateway.authorization.AuthenticatedRequest;
import dev.berth.gateway.authorization.Authorization;
import dev.berth.gateway.reply.CrossOrigin;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.reply.ResultFormat;
import dev.berth.gateway.request.BodyMemory;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.gateway.serving.OpenRequest;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.ResultSize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// One request to the Data API on its way: the action, body, authentication, authorization, the
/// data source, the call, the reply.
final class DataApiRequest {

  private final DataApiCalls calls;
  private final HttpServerRequest request;
  private final AppRoutes routes;
  private final BoundEndpoint dataApi;
  private final DataApiUrl url;
  private final DataApiReplies replies;
  private final OpenRequest open;

  DataApiRequest(
      DataApiCalls calls,
      HttpServerRequest request,
      AppRoutes routes,
      BoundEndpoint dataApi,
      DataApiUrl url) {
    this.calls = calls;
    this.request = request;
    this.routes = routes;
    this.dataApi = dataApi;
    this.url = url;
    RequestId id = RequestId.next();
    this.replies = new DataApiReplies(calls.serving.door().urlFor(request), url.appId(), id);
    this.open = new OpenRequest(calls.serving, request, id, replies::of);
  }

  void begin() {
    open.begin(this::admit);
  }

  private void admit() {
    Refusal refusal = calls.serving.refusal(routes, request);
    String name = url.action();
    if (refusal != null) {
      open.refuseUnread(refusal);
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      open.answerUnread(preflight(), "Preflight");
    } else if (url.rest().equals(OpenApi.FILE) && isRead()) {
      open.answerUnread(replies.json(OpenApi.of(routes.app(), replies.base(), url)), "Answered");
    } else if (name == null) {
      open.refuseUnread(new Refusal.EndpointNotFound());
    } else {
      begin(name);
    }
  }

  private Reply preflight() {
    return CrossOrigin.preflight(
        request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS), Credentials.HEADER_NAMES);
  }

  private boolean isRead() {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  private void begin(String name) {
    Action action = Action.named(name);
    if (action == null) {
      answerUnread(DataApiFaults.noSuchAction(name));
      return;
    }
    // Documented commands send their body with either.
    if (!request.method().equals(HttpMethod.POST) && !request.method().equals(HttpMethod.GET)) {
      answerUnread(DataApiFaults.notPosted());
      return;
    }
    BoundEndpoint target = dataApi.at("/data/" + url.version() + "/action/" + action.wireName());
    open.log().target(target.app(), target.endpoint().route());
    Refusal refusal = open.enter(routes);
    if (refusal != null) {
      open.refuseUnread(refusal);
    } else {
      open.read(
          calls.serving.limits().maxRequestBytes(),
          incoming -> authenticate(action, target, incoming));
    }
  }

  private void authenticate(Action action, BoundEndpoint target, IncomingRequest incoming) {
    var function = Objects.requireNonNull(target.function(), "the Data API is its own function");
    Fault missing = DataApiFaults.ofCredentials(function.runAs(), incoming.headers());
    if (missing != null) {
      refuse(missing);
      return;
    }
    open.then(
        calls.authenticator.authenticate(target, function, incoming, open.id()),
        authentication -> {
          switch (authentication) {
            case Authentication.Authenticated(Caller caller) ->
                authorize(action, target, incoming, caller);
            case Authentication.Refused(var reason, String why) -> {
              open.log().refused("request not authenticated", why);
              open.refuse(
                  switch (reason) {
                    case MISSING_CREDENTIALS -> new Refusal.MissingCredentials();
                    case INVALID_SESSION -> new Refusal.InvalidSession();
                  });
            }
            case Authentication.Throttled(String message, var retryAfter) -> {
              open.log().refused("request not authenticated", message);
              open.refuse(new Refusal.TooManyAttempts(message, retryAfter));
            }
          }
        });
  }

  private void authorize(
      Action action, BoundEndpoint target, IncomingRequest incoming, Caller caller) {
    open.then(
        calls.authorizer.authorize(new AuthenticatedRequest(open.id(), target, incoming, caller)),
        authorization -> {
          switch (authorization) {
            case Authorization.Allowed() -> parse(action, target, incoming, caller);
            case Authorization.Denied(String reason) -> {
              open.log().refused("request not authorized", reason);
              open.refuse(new Refusal.Unauthorized());
            }
          }
        });
  }

  private void parse(Action action, BoundEndpoint target, IncomingRequest incoming, Caller caller) {
    open.parse(
        incoming,
        BodyMemory.OF_USERS,
        body -> {
          try {
            BsonDocument fields = body.orElseThrow(MalformedBodyException::notAnObject);
            call(
                action,
                new Invocation.DataCall(
                    envelope(caller),
                    dataSource(fields),
                    action.operation(),
                    action.arguments(fields),
                    incoming.toEndpointRequest(target.endpoint().route()).facts()));
          } catch (MalformedBodyException mistake) {
            refuse(mistake.fault());
          }
        });
  }

  private Invocation.Envelope envelope(Caller caller) {
    return new Invocation.Envelope(
        routes.app().id(),
        routes.app().revision(),
        open.id(),
        caller,
        calls.serving.limits().timeLimit());
  }

  private static String dataSource(BsonDocument body) throws MalformedBodyException {
    BsonDocument read = new BsonDocument();
    Action.DATA_SOURCE.read(body, read);
    return read.getString("dataSource").getValue();
  }

  private void call(Action action, Invocation.DataCall call) {
    boolean isThere =
        routes.app().definition().dataSources().stream()
            .map(DataSource::name)
            .anyMatch(call.dataSource()::equals);
    if (!isThere) {
      refuse(DataApiFaults.noSuchDataSource(call.dataSource()));
      return;
    }
    open.then(
        calls.invoker.invoke(call),
        outcome -> {
          open.log().outcome(outcome);
          switch (outcome) {
            case Outcome.Returned(BsonValue value) ->
                open.answer(
                    ResultSize.isLarge(value),
                    () -> replies.of(action.answer(value), format()),
                    "Returned");
            case Outcome.Threw(String code, String message) ->
                open.answer(replies.of(OutcomeFaults.ofData(code, message)), "Threw");
            case Outcome other ->
                open.answer(replies.of(OutcomeFaults.of(other)), OpenRequest.nameOf(other));
          }
        });
  }

  private ResultFormat format() {
    return ResultFormat.choose(
        request.headers().getAll(HttpHeaders.ACCEPT),
        routes.app().definition().dataApi().returnType());
  }

  private void answerUnread(Fault fault) {
    open.answerUnread(replies.of(fault), "Refused");
  }

  private void refuse(Fault fault) {
    open.log().refused("request refused", String.valueOf(fault.errorCode()));
    open.answer(replies.of(fault), "Refused");
  }
}
