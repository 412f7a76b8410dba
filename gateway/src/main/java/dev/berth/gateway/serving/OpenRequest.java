package dev.berth.gateway.serving;

import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.request.BodyMemory;
import dev.berth.gateway.request.BodyReader;
import dev.berth.gateway.request.BodyReader.Reading;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.request.JsonBody;
import dev.berth.gateway.request.QueryString;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.route.Quota;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// One request that is not answered yet.
///
/// Confined to the event loop of its listener; whatever completes elsewhere is brought back
/// first. However it goes, it is answered once and counted out once.
public final class OpenRequest {

  private final Serving serving;
  private final HttpServerRequest request;
  private final Function<Refusal, Reply> refusals;
  private final RequestId id;
  private final RequestLog log;
  private final BodyMemory.Share memory;
  private @Nullable AppRoutes entered;
  private @Nullable OpenStream stream;
  private boolean answered;

  /// A request that has just come.
  ///
  /// @param refusals what a refusal looks like here
  public OpenRequest(
      Serving serving, HttpServerRequest request, RequestId id, Function<Refusal, Reply> refusals) {
    this.serving = serving;
    this.request = request;
    this.id = id;
    this.log = new RequestLog(id, request);
    this.refusals = refusals;
    this.memory = serving.bodies.share();
  }

  public RequestId id() {
    return id;
  }

  public RequestLog log() {
    return log;
  }

  /// Counts the request in and takes its first step, unless the gateway is about to stop.
  public void begin(Runnable first) {
    serving.inFlight.begin();
    serving.metrics.requestBegan(id, request);
    guarded(
        () -> {
          if (serving.isDraining()) {
            refuseUnread(new Refusal.Draining());
          } else {
            first.run();
          }
        });
  }

  /// Counts the request among those of its app.
  ///
  /// @return why it may not be; `null` when it is
  public @Nullable Refusal enter(AppRoutes routes) {
    Quota.Part usedUp = routes.tryEnter();
    if (usedUp == null) {
      entered = routes;
      return null;
    }
    serving.metrics.quotaUsedUp(routes.app().id(), usedUp);
    return switch (usedUp) {
      case CONCURRENT_REQUESTS -> new Refusal.TooManyRequests();
      case REQUESTS_PER_SECOND -> new Refusal.RateLimited();
    };
  }

  /// Goes on with the request once it is read to its end.
  ///
  /// @param maxBytes a larger body is refused
  public void read(long maxBytes, Consumer<IncomingRequest> next) {
    then(
        BodyReader.read(request, maxBytes, serving.uploads, memory),
        reading -> {
          switch (reading) {
            case Reading.Complete(Buffer body) -> next.accept(incoming(body));
            case Reading.TooLarge() -> refuseLast(new Refusal.BodyTooLarge(maxBytes));
            case Reading.NoRoom() -> refuseLast(new Refusal.NoRoom());
            case Reading.Stalled() -> refuseLast(new Refusal.UploadStalled());
            case Reading.Broken() -> refuseLast(new Refusal.Malformed());
          }
        });
  }

  /// Goes on with the body as values, once there is memory for them.
  ///
  /// @param weight the most bytes that values take for a byte of the body
  public void parse(IncomingRequest incoming, int weight, Consumer<Optional<BsonDocument>> next) {
    Buffer body = incoming.body();
    if (body != null && !memory.takeForValues(body.length(), weight)) {
      refuse(new Refusal.NoRoom());
    } else {
      then(JsonBody.parse(serving.vertx(), body), next);
    }
  }

  private IncomingRequest incoming(@Nullable Buffer body) {
    return new IncomingRequest(
        request.method().name(),
        serving.door().clientOf(request),
        headers(),
        QueryString.parse(request.query()),
        body);
  }

  /// With the `Host` that HTTP/2 says in another place.
  private MultiMap headers() {
    MultiMap headers = request.headers();
    if (headers.contains(HttpHeaders.HOST)) {
      return headers;
    }
    HostAndPort authority = request.authority();
    return authority == null
        ? headers
        : MultiMap.caseInsensitiveMultiMap()
            .addAll(headers)
            .add(HttpHeaders.HOST, authority.toString());
  }

  public void refuse(Refusal refusal) {
    answer(refusals.apply(refusal), nameOf(refusal));
  }

  public void refuseUnread(Refusal refusal) {
    answerUnread(refusals.apply(refusal), nameOf(refusal));
  }

  /// Answers when the body has passed by, because many clients read no answer before.
  public void answerUnread(Reply reply, String outcome) {
    then(
        BodyReader.drop(request, serving.limits().maxRequestBytes(), serving.uploads),
        reading -> answer(reply, outcome, !(reading instanceof Reading.Complete)));
  }

  /// Answers a request that was read.
  ///
  /// @param outcome for the log, one word
  public void answer(Reply reply, String outcome) {
    answer(reply, outcome, false);
  }

  /// Answers a request that was read, with a reply that may take long to write as text.
  ///
  /// @param isLarge whether to make the reply on another thread, so that nobody waits for it
  /// @param outcome for the log, one word
  public void answer(boolean isLarge, Supplier<Reply> reply, String outcome) {
    if (isLarge) {
      then(
          serving.vertx().executeBlocking(reply::get, false).map(Objects::requireNonNull),
          made -> answer(made, outcome));
    } else {
      answer(reply.get(), outcome);
    }
  }

  /// Answers with a body that goes on. The request is over when the stream is.
  ///
  /// @param head without a body
  /// @param onOver runs once, when nobody listens any more
  public OpenStream stream(Reply head, Runnable onOver) {
    answered = true;
    OpenStream opened =
        new OpenStream(
            request.response(),
            outcome -> {
              onOver.run();
              end(head, outcome);
            });
    stream = opened;
    serving.replies.writeHead(request, head, id);
    return opened;
  }

  private void refuseLast(Refusal refusal) {
    answer(refusals.apply(refusal), nameOf(refusal), true);
  }

  private void answer(Reply reply, String outcome, boolean last) {
    if (answered) {
      return;
    }
    answered = true;
    write(reply, last || serving.isDraining()).onComplete(_ -> end(reply, outcome));
  }

  private Future<Void> write(Reply reply, boolean last) {
    try {
      return last
          ? serving.replies.writeLast(request, reply, id)
          : serving.replies.write(request, reply, id);
    } catch (RuntimeException unwritable) {
      log.failed(unwritable);
      return request.connection().close();
    }
  }

  private void end(Reply reply, String outcome) {
    if (entered != null) {
      entered.leave();
    }
    memory.giveBack();
    serving.inFlight.end();
    serving.metrics.requestEnded(log.app(), reply.status(), log.ended(outcome));
    serving.metrics.requestOver(id, log.ending(reply.status(), outcome));
  }

  /// Goes on with the result on this event loop; without any delay when it is there already.
  public <T> void then(Future<T> future, Consumer<T> next) {
    if (future.succeeded()) {
      next.accept(future.result());
      return;
    }
    future.onComplete(
        result ->
            serving.eventLoop.run(
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
    if (stream != null) {
      stream.end("Broken");
    }
    refuse(new Refusal.Broken());
  }

  /// One word for what happened, for the log.
  public static String nameOf(Object variant) {
    return variant.getClass().getSimpleName();
  }
}
