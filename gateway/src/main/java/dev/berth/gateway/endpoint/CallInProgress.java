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
import dev.berth.gateway.request.BodyReader;
import dev.berth.gateway.request.BodyReader.Reading;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.request.QueryString;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request to an endpoint URL on its way: admission, body, stages, invocation, reply.
///
/// Confined to the event loop of its listener; whatever completes elsewhere is brought back
/// first. However it goes, it is answered once and counted out once.
final class CallInProgress {

  private final EndpointCalls calls;
  private final HttpServerRequest request;
  private final RequestId id = RequestId.next();
  private final CallLog log = new CallLog(id);
  private @Nullable AppRoutes entered;
  private boolean answered;

  CallInProgress(EndpointCalls calls, HttpServerRequest request) {
    this.calls = calls;
    this.request = request;
  }

  void begin(String path) {
    calls.inFlight.begin();
    guarded(() -> admit(path));
  }

  private void admit(String path) {
    if (calls.isDraining()) {
      answerUnread(Refusals.reply(new Refusal.Draining()), "Draining");
      return;
    }
    switch (Admission.decide(request, path, calls.routing, calls.admissionRules)) {
      case Admission.Admitted(AppRoutes routes, BoundEndpoint target) -> enter(routes, target);
      case Admission.Preflight() -> answerUnread(preflight(), "Preflight");
      case Admission.Refused(Refusal refusal) -> refuseUnread(refusal);
    }
  }

  private Reply preflight() {
    return CrossOrigin.preflight(
        request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS), Credentials.HEADER_NAMES);
  }

  private void enter(AppRoutes routes, BoundEndpoint target) {
    log.target(target);
    if (!routes.tryEnter(calls.limits.maxConcurrentRequestsPerApp())) {
      refuseUnread(new Refusal.TooManyRequests());
      return;
    }
    entered = routes;
    then(
        BodyReader.read(request, calls.limits.maxRequestBytes(), calls.uploads),
        reading -> onRead(reading, target));
  }

  private void onRead(Reading reading, BoundEndpoint target) {
    switch (reading) {
      case Reading.Complete(Buffer body) -> pass(0, exchange(target, body));
      case Reading.TooLarge() ->
          refuseLast(new Refusal.BodyTooLarge(calls.limits.maxRequestBytes()));
      case Reading.Stalled() -> refuseLast(new Refusal.UploadStalled());
      case Reading.Broken() -> refuseLast(new Refusal.Malformed());
    }
  }

  private Exchange exchange(BoundEndpoint target, @Nullable Buffer body) {
    IncomingRequest incoming =
        new IncomingRequest(
            request.method().name(),
            calls.limits.door().clientOf(request),
            request.headers(),
            QueryString.parse(request.query()),
            body);
    return new Exchange(id, target, incoming, Caller.nobody());
  }

  private void pass(int stage, Exchange exchange) {
    if (stage == calls.stages.size()) {
      invoke(exchange);
      return;
    }
    then(
        calls.stages.get(stage).pass(exchange),
        passage -> {
          switch (passage) {
            case Stage.Passage.Passed(Exchange onward) -> pass(stage + 1, onward);
            case Stage.Passage.Refused(Refusal refusal) ->
                answer(Refusals.reply(refusal), nameOf(refusal), false);
          }
        });
  }

  private void invoke(Exchange exchange) {
    DeployedApp app = exchange.target().app();
    Endpoint endpoint = exchange.target().endpoint();
    Invocation.Envelope envelope =
        new Invocation.Envelope(
            app.id(), app.revision(), id, exchange.caller(), calls.limits.timeLimit());
    Invocation invocation =
        new Invocation.EndpointCall(
            envelope,
            endpoint.functionName(),
            exchange.request().toEndpointRequest(endpoint.route()),
            endpoint.respondWithResult());
    then(calls.invoker.invoke(invocation), outcome -> onOutcome(outcome, endpoint));
  }

  private void onOutcome(Outcome outcome, Endpoint endpoint) {
    log.outcome(outcome);
    ResultFormat format =
        ResultFormat.choose(request.headers().getAll(HttpHeaders.ACCEPT), endpoint.returnType());
    answer(OutcomeReplies.reply(outcome, format), nameOf(outcome), false);
  }

  private void refuseUnread(Refusal refusal) {
    answerUnread(Refusals.reply(refusal), nameOf(refusal));
  }

  /// Answers when the body has passed by, because many clients read no answer before.
  private void answerUnread(Reply reply, String outcome) {
    then(
        BodyReader.drop(request, calls.limits.maxRequestBytes(), calls.uploads),
        reading -> answer(reply, outcome, !(reading instanceof Reading.Complete)));
  }

  private void refuseLast(Refusal refusal) {
    answer(Refusals.reply(refusal), nameOf(refusal), true);
  }

  private void answer(Reply reply, String outcome, boolean last) {
    if (answered) {
      return;
    }
    answered = true;
    write(reply, last || calls.isDraining()).onComplete(_ -> end(outcome));
  }

  private Future<Void> write(Reply reply, boolean last) {
    try {
      return last
          ? calls.replies.writeLast(request, reply, id)
          : calls.replies.write(request, reply, id);
    } catch (RuntimeException unwritable) {
      log.failed(unwritable);
      return request.connection().close();
    }
  }

  private void end(String outcome) {
    if (entered != null) {
      entered.leave();
    }
    calls.inFlight.end();
    log.ended(outcome);
  }

  /// Goes on with the result on this event loop; without any delay when it is there already.
  private <T> void then(Future<T> future, Consumer<T> next) {
    if (future.succeeded()) {
      next.accept(future.result());
      return;
    }
    future.onComplete(
        result ->
            calls.eventLoop.run(
                () -> {
                  if (result.succeeded()) {
                    guarded(() -> next.accept(result.result()));
                  } else {
                    fail(result.cause());
                  }
                }));
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException bug) {
      fail(bug);
    }
  }

  private void fail(Throwable cause) {
    log.failed(cause);
    answer(Refusals.reply(new Refusal.Broken()), "Failed", false);
  }

  private static String nameOf(Object variant) {
    return variant.getClass().getSimpleName();
  }
}
