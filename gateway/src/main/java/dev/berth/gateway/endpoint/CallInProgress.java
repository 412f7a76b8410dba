package dev.berth.gateway.endpoint;

import dev.berth.appmodel.Endpoint;
import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.authentication.Credentials;
import dev.berth.gateway.reply.CrossOrigin;
import dev.berth.gateway.reply.OutcomeReplies;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.Refusals;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.reply.ResultFormat;
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
import io.vertx.core.http.HttpServerRequest;

/// One request to an endpoint URL on its way: admission, body, stages, invocation, reply.
final class CallInProgress {

  private final EndpointCalls calls;
  private final HttpServerRequest request;
  private final OpenRequest open;

  CallInProgress(EndpointCalls calls, HttpServerRequest request) {
    this.calls = calls;
    this.request = request;
    this.open = new OpenRequest(calls.serving, request, RequestId.next(), Refusals::reply);
  }

  void begin(String path) {
    open.begin(() -> admit(path));
  }

  private void admit(String path) {
    switch (Admission.decide(request, path, calls.serving)) {
      case Admission.Admitted(AppRoutes routes, BoundEndpoint target) -> enter(routes, target);
      case Admission.Preflight() -> open.answerUnread(preflight(), "Preflight");
      case Admission.Refused(Refusal refusal) -> open.refuseUnread(refusal);
    }
  }

  private Reply preflight() {
    return CrossOrigin.preflight(
        request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS), Credentials.HEADER_NAMES);
  }

  private void enter(AppRoutes routes, BoundEndpoint target) {
    open.log().target(target.app(), target.endpoint().route());
    Refusal refusal = open.enter(routes);
    if (refusal != null) {
      open.refuseUnread(refusal);
    } else {
      open.read(
          calls.serving.limits().maxRequestBytes(),
          incoming -> pass(0, exchange(target, incoming)));
    }
  }

  private Exchange exchange(BoundEndpoint target, IncomingRequest incoming) {
    return new Exchange(open.id(), target, incoming, Caller.nobody());
  }

  private void pass(int stage, Exchange exchange) {
    if (stage == calls.stages.size()) {
      invoke(exchange);
      return;
    }
    open.then(
        calls.stages.get(stage).pass(exchange),
        passage -> {
          switch (passage) {
            case Stage.Passage.Passed(Exchange onward) -> pass(stage + 1, onward);
            case Stage.Passage.Refused(Refusal refusal) -> open.refuse(refusal);
          }
        });
  }

  private void invoke(Exchange exchange) {
    DeployedApp app = exchange.target().app();
    Endpoint endpoint = exchange.target().endpoint();
    Invocation.Envelope envelope =
        new Invocation.Envelope(
            app.id(),
            app.revision(),
            open.id(),
            exchange.caller(),
            calls.serving.limits().timeLimit());
    Invocation invocation =
        new Invocation.EndpointCall(
            envelope,
            endpoint.functionName(),
            exchange.request().toEndpointRequest(endpoint.route()),
            endpoint.respondWithResult());
    open.then(calls.invoker.invoke(invocation), outcome -> onOutcome(outcome, endpoint));
  }

  private void onOutcome(Outcome outcome, Endpoint endpoint) {
    open.log().outcome(outcome);
    ResultFormat format =
        ResultFormat.choose(request.headers().getAll(HttpHeaders.ACCEPT), endpoint.returnType());
    open.answer(
        ResultSize.isLarge(outcome),
        () -> OutcomeReplies.reply(outcome, format),
        OpenRequest.nameOf(outcome));
  }
}
