package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenSocketsTest {

  private static final AppId SHOP = new AppId("shop-abcde");
  private static final AppId BLOG = new AppId("blog-abcde");

  private final AppBudget connecting = new AppBudget(2, 3);
  private final AtomicInteger attempts = new AtomicInteger();

  private OpenSockets of(AppId app) {
    return new OpenSockets(app, 25, new AppBudget(100, 100), connecting);
  }

  private Future<String> attempt(Future<String> made) {
    attempts.incrementAndGet();
    return made;
  }

  @Test
  void anInvocationThatHasEndedTriesNoOtherAddress() {
    OpenSockets sockets = of(SHOP);
    OpenSockets.Socket socket = sockets.open();
    sockets.end();

    Future<String> late = socket.connecting(() -> attempt(Future.succeededFuture("made")));

    assertThat(late.failed()).isTrue();
    assertThat(attempts).hasValue(0);
  }

  /// Invocations that end one after the other may each leave some behind.
  @Test
  void whatIsStillConnectingCountsBeyondTheEndOfItsInvocation() {
    Promise<String> silent = Promise.promise();
    for (int i = 0; i < 2; i++) {
      OpenSockets ending = of(SHOP);
      var _ = ending.open().connecting(() -> attempt(silent.future()));
      ending.end();
    }

    Future<String> third =
        of(SHOP).open().connecting(() -> attempt(Future.succeededFuture("made")));
    Future<String> ofAnother =
        of(BLOG).open().connecting(() -> attempt(Future.succeededFuture("made")));
    silent.fail("timeout");
    Future<String> later =
        of(SHOP).open().connecting(() -> attempt(Future.succeededFuture("made")));

    assertThat(third.failed()).isTrue();
    assertThat(third.cause()).hasMessageContaining("too many connections of this app");
    assertThat(ofAnother.result()).isEqualTo("made");
    assertThat(later.result()).isEqualTo("made");
    assertThat(connecting.held()).isZero();
  }
}
