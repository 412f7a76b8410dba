package dev.berth.gateway.serving;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/// A reply whose body goes on until one of both sides ends it. Confined to the event loop of its
/// request.
public final class OpenStream {

  private final HttpServerResponse response;
  private final Consumer<String> onOver;
  private boolean over;

  /// @param onOver gets one word for the log, once
  OpenStream(HttpServerResponse response, Consumer<String> onOver) {
    this.response = response;
    this.onOver = onOver;
    response.closeHandler(_ -> over("Gone"));
    response.exceptionHandler(_ -> over("Gone"));
  }

  /// Whether nobody listens any more.
  public boolean isOver() {
    return over;
  }

  /// Writes a part.
  ///
  /// @return completes when it has left; whoever writes waits for that, or fills the memory for a
  ///     client that does not read
  public Future<Void> write(String part) {
    return response.write(Buffer.buffer(part)).onFailure(_ -> over("Gone"));
  }

  /// Ends the reply, unless that has happened.
  ///
  /// @param outcome for the log, one word
  public void end(String outcome) {
    if (!over) {
      response.end();
      over(outcome);
    }
  }

  private void over(String outcome) {
    if (!over) {
      over = true;
      onOver.accept(outcome);
    }
  }
}
