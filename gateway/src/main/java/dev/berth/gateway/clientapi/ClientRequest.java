package dev.berth.gateway.clientapi;

import dev.berth.gateway.clientapi.RouteTable.Match;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.request.BodyMemory;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.request.QueryString;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.serving.OpenRequest;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import dev.berth.identity.Session;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.ResultSize;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One request of a client on its way: the app where the path names it, route, body, token, the
/// app where only the token names it, answer.
final class ClientRequest {

  private final ClientApi api;
  private final HttpServerRequest request;
  private final ClientReplies replies;
  private final OpenRequest open;

  ClientRequest(ClientApi api, HttpServerRequest request) {
    this.api = api;
    this.request = request;
    RequestId id = RequestId.next();
    this.replies = new ClientReplies(request, api.serving.door(), id);
    this.open = new OpenRequest(api.serving, request, id, replies::of);
  }

  void begin(String path) {
    open.begin(() -> admit(path));
  }

  private void admit(String path) {
    ClientUrl url = ClientUrl.parse(path);
    if (url == null) {
      open.refuseUnread(new Refusal.BadPath());
      return;
    }
    String appId = url.appId();
    AppRoutes app = appId == null ? null : api.serving.routing().find(appId);
    if (appId != null && app == null) {
      open.refuseUnread(new Refusal.AppNotFound(appId));
      return;
    }
    if (appId != null) {
      replies.about(appId);
    }
    Refusal refusal = app == null ? null : refusal(url, app);
    if (refusal != null) {
      open.refuseUnread(refusal);
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      open.answerUnread(replies.preflight(), "Preflight");
    } else {
      route(url, app);
    }
  }

  /// Who asks where an app is need not know it.
  private @Nullable Refusal refusal(ClientUrl url, AppRoutes app) {
    return url.isLocation()
        ? api.serving.refusalAnywhere(app, request)
        : api.serving.refusal(app, request);
  }

  private void route(ClientUrl url, @Nullable AppRoutes app) {
    Match match = api.routes.find(request.method(), url, isLinking());
    if (match == null) {
      open.refuseUnread(new Refusal.PageNotFound());
      return;
    }
    Refusal refusal = api.ready.getAsBoolean() ? null : new Refusal.Draining();
    if (refusal == null && app != null) {
      refusal = enter(app, match.route());
    }
    if (refusal != null) {
      open.refuseUnread(refusal);
      return;
    }
    long maxBytes = Math.min(match.route().maxBytes(), api.serving.limits().maxRequestBytes());
    open.read(maxBytes, incoming -> prove(match, app, incoming));
  }

  private boolean isLinking() {
    return QueryString.parse(request.query()).parameters().stream()
        .anyMatch(pair -> pair.name().equals("link") && pair.value().equals("true"));
  }

  private @Nullable Refusal enter(AppRoutes app, Route route) {
    open.log().target(app.app(), route.template());
    return open.enter(app);
  }

  /// What a stranger sends is not worth to be read.
  private void prove(Match match, @Nullable AppRoutes app, IncomingRequest incoming) {
    if (match.route().token() == Route.Token.NONE) {
      if (app != null) {
        parse(match, app, null, incoming);
      } else {
        open.refuse(new Refusal.PageNotFound());
      }
      return;
    }
    String token = match.route().tokenIn(incoming);
    if (token == null) {
      refuse(new Fault(401, "must authenticate first", "MissingAuthReq"));
      return;
    }
    open.then(
        verify(match.route().token(), token),
        answer -> {
          switch (answer) {
            case Answer.Granted<Session>(Session session) -> proven(match, app, session, incoming);
            case Answer.Denied<Session>(Denial denial) -> refuse(ClientAnswer.fault(denial));
          }
        });
  }

  private Future<Answer<Session>> verify(Route.Token kind, String token) {
    return kind == Route.Token.ACCESS
        ? api.accounts.get().verifyAccess(token)
        : api.accounts.get().verifyRefresh(token);
  }

  private void proven(
      Match match, @Nullable AppRoutes named, Session session, IncomingRequest incoming) {
    String own = session.appId().value();
    if (named != null) {
      if (session.appId().equals(named.app().id())) {
        parse(match, named, session, incoming);
      } else {
        refuse(new Fault(403, "the user is not of this app", "UserAppDomainMismatch"));
      }
      return;
    }
    replies.about(own);
    AppRoutes app = api.serving.routing().find(own);
    if (app == null) {
      open.refuse(new Refusal.AppNotFound(own));
      return;
    }
    Refusal refusal = api.serving.refusal(app, request);
    if (refusal == null) {
      refusal = enter(app, match.route());
    }
    if (refusal != null) {
      open.refuse(refusal);
    } else {
      parse(match, app, session, incoming);
    }
  }

  private void parse(
      Match match, AppRoutes app, @Nullable Session session, IncomingRequest incoming) {
    open.parse(
        incoming,
        session == null ? BodyMemory.OF_STRANGERS : BodyMemory.OF_USERS,
        body ->
            body.ifPresentOrElse(
                read -> answer(match, app, session, incoming, read),
                () -> refuse(MalformedBodyException.notAnObject().fault())));
  }

  private void answer(
      Match match,
      AppRoutes app,
      @Nullable Session session,
      IncomingRequest incoming,
      BsonDocument body) {
    ClientCall call =
        new ClientCall(
            open.id(), replies.baseUrl(), incoming, match.parameters(), app, session, body);
    try {
      open.then(match.route().action().answer(call), this::write);
    } catch (MalformedBodyException mistake) {
      refuse(mistake.fault());
    }
  }

  private void write(ClientAnswer answer) {
    switch (answer) {
      case ClientAnswer.Json(int status, BsonValue value) ->
          open.answer(replies.json(status, value), "Answered");
      case ClientAnswer.Empty(int status) -> open.answer(replies.empty(status), "Answered");
      case ClientAnswer.Refused(Fault fault) -> refuse(fault);
      case ClientAnswer.Events(Watch watch) -> watch.begin(open, replies.events());
      case ClientAnswer.Ended(Outcome.Returned(BsonValue value)) ->
          open.answer(ResultSize.isLarge(value), () -> replies.json(200, value), "Returned");
      case ClientAnswer.Ended(Outcome outcome) -> {
        open.log().outcome(outcome);
        open.answer(replies.of(OutcomeFaults.of(outcome)), OpenRequest.nameOf(outcome));
      }
    }
  }

  /// What is refused is logged with its code alone: texts may hold an address.
  private void refuse(Fault fault) {
    open.log().refused("request refused", String.valueOf(fault.errorCode()));
    open.answer(replies.of(fault), "Refused");
  }
}
