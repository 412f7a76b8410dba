package dev.berth.gateway.request;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Ends uploads that stand still. Confined to one event loop.
///
/// One timer looks at all uploads of the loop a few times per timeout, so that watching a request
/// costs no timer and no clock of its own.
public final class UploadWatch {

  private static final int LOOKS_PER_TIMEOUT = 4;

  private final Set<BodyReader> uploads = new LinkedHashSet<>();
  private final Vertx vertx;
  private final long timer;
  private long look;

  /// Called on the event loop that it watches.
  public UploadWatch(Vertx vertx, Duration idleTimeout) {
    this.vertx = vertx;
    long period = Math.max(1, idleTimeout.toMillis() / LOOKS_PER_TIMEOUT);
    this.timer = vertx.setPeriodic(period, _ -> endStalled());
  }

  public void stop() {
    vertx.cancelTimer(timer);
  }

  /// The number of the current look; what an upload remembers as its last sign of life.
  long now() {
    return look;
  }

  void add(BodyReader upload) {
    uploads.add(upload);
  }

  void remove(BodyReader upload) {
    uploads.remove(upload);
  }

  private void endStalled() {
    look++;
    for (BodyReader upload : List.copyOf(uploads)) {
      if (look - upload.lastSignOfLife() > LOOKS_PER_TIMEOUT) {
        upload.endStalled();
      }
    }
  }
}
