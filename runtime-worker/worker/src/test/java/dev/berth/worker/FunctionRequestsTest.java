package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.worker.http.HttpLimits;
import dev.berth.worker.http.OutboundPolicy;
import dev.berth.worker.http.OutboundServices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// `context.http` from JavaScript down to a server.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionRequestsTest {

  private static final int SOCKETS = 25;

  private final Vertx vertx = Vertx.vertx();
  private final RunningWorker worker =
      RunningWorker.with(
          "http",
          OutboundServices.on(
                  vertx, OutboundPolicy.parse("public,+127.0.0.2"), HttpLimits.standard())
              .http());
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private String url = "";
  private AppId app = RunningWorker.newApp();

  @BeforeAll
  void serve() {
    int port =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.2")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    url = "http://127.0.0.2:" + port;
  }

  private void answer(HttpServerRequest request) {
    switch (String.valueOf(request.path())) {
      case "/echo" -> request.body().onSuccess(request.response()::end);
      case "/large" -> request.response().end(Buffer.buffer("\"\\é".repeat(1_000_000)));
      case "/bytes" -> request.response().end(Buffer.buffer(new byte[] {0, (byte) 0xff}));
      default -> {
        open.incrementAndGet();
        request.connection().closeHandler(_ -> open.decrementAndGet());
        held.add(request);
      }
    }
  }

  @BeforeEach
  void useANewApp() {
    app = RunningWorker.newApp();
  }

  @AfterAll
  void stop() {
    worker.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private BsonValue returned(String body) {
    return worker.returned(app, body.replace("URL", url));
  }

  @Test
  void aFunctionPostsAndReadsTheAnswer() {
    assertThat(
            returned(
                """
                const response = await context.http.post({ url: 'URL/echo', body: { name: 'Ann', id: new BSON.Int32(7) }, encodeBodyAsJSON: true });
                return EJSON.parse(response.body.text());
                """))
        .isEqualTo(BsonDocument.parse("{name: 'Ann', id: 7}"));
  }

  @Test
  void bodiesArriveAsTheyAre() {
    assertThat(
            returned(
                """
                const [large, bytes, sent] = await Promise.all([
                  context.http.get({ url: 'URL/large' }),
                  context.http.get({ url: 'URL/bytes' }),
                  context.http.post({ url: 'URL/echo', body: BSON.Binary.fromHex('00ff41') }),
                ]);
                return [large.body.text().length, large.body.length(), bytes.body.toHex(), sent.body.toHex()];
                """))
        .isEqualTo(
            new BsonArray(
                List.of(
                    new BsonInt32(3_000_000),
                    new BsonInt32(4_000_000),
                    new BsonString("00ff"),
                    new BsonString("00ff41"))));
  }

  @Test
  void aRefusedDestinationIsAnErrorThatFunctionsMayCatch() {
    assertThat(
            returned(
                """
                try { await context.http.get({ url: 'http://169.254.169.254/latest/meta-data/' }); } catch (e) {
                  return [e instanceof Error, e.code, e.message].join();
                }
                """))
        .isEqualTo(
            new BsonString(
                "true,RestrictedHost,http request: functions may not reach the host \"169.254.169.254\""));
  }

  @Test
  void aRefusedDestinationThatIsNotCaughtEndsTheCallWithItsCode() {
    assertThat(worker.run(app, "await context.http.get({ url: 'http://localhost/' });"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class, threw -> assertThat(threw.code()).isEqualTo("RestrictedHost"));
  }

  @Test
  void oneSocketTooManyEndsTheCallWhateverItCatches() {
    String body =
        """
        if (argument === 0) return 'fine';
        try {
          await Promise.race(Array.from({ length: argument }, () => context.http.get({ url: 'URL/held' })));
        } catch (e) {
          return 'caught ' + e;
        } finally {
          return 'still here';
        }
        """
            .replace("URL", url);

    Outcome outcome = worker.run(app, body, new BsonInt32(SOCKETS + 1));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.OverLimit(Limit.SOCKETS, "exceeded max number of open sockets of 25"));
    assertThat(RunningWorker.outcome(worker.invoke(app, 1, new BsonInt32(0))))
        .isEqualTo(new Outcome.Returned(new BsonString("fine")));
    awaitNothingOpen();
  }

  private void awaitNothingOpen() {
    while (open.get() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(RunningWorker.POLL_NANOS);
    }
  }

  @Test
  void theTimeLimitClosesWhatIsOpen() throws InterruptedException {
    held.clear();
    worker.deploy(
        app,
        1,
        "exports = () => Promise.all(Array.from({ length: %d }, () => context.http.get({ url: '%s/held' })));"
            .formatted(SOCKETS, url));
    var call =
        new Invocation.FunctionCall(
            new Invocation.Envelope(
                app, new Revision(1), RequestId.next(), Caller.system(), Duration.ofSeconds(3)),
            "main",
            List.of(),
            RequestFacts.none());

    Future<Outcome> outcome = worker.worker.invoke(call);

    assertThat(held.poll(60, TimeUnit.SECONDS)).isNotNull();
    assertThat(RunningWorker.outcome(outcome))
        .isEqualTo(new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded"));
    awaitNothingOpen();
  }
}
