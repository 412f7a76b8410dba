package dev.berth.catalog.bus;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is logged, instead of on the standard error stream.
final class CapturedLog implements AutoCloseable {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Object lock = new Object();
  private @Nullable String awaited;
  private CompletableFuture<Void> seen = new CompletableFuture<>();

  private CapturedLog() {}

  static CapturedLog begin() {
    CapturedLog log = new CapturedLog();
    System.setErr(new PrintStream(log.new Watched(), true, StandardCharsets.UTF_8));
    return log;
  }

  String text() {
    synchronized (lock) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  void awaitText(String text) {
    CompletableFuture<Void> met;
    synchronized (lock) {
      awaited = text;
      seen = new CompletableFuture<>();
      met = seen;
      check();
    }
    met.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void check() {
    if (awaited != null && text().contains(awaited)) {
      seen.complete(null);
    }
  }

  @Override
  public void close() {
    System.setErr(before);
  }

  private final class Watched extends OutputStream {

    @Override
    public void write(byte[] content, int offset, int length) {
      synchronized (lock) {
        bytes.write(content, offset, length);
        check();
      }
    }

    @Override
    public void write(int content) {
      synchronized (lock) {
        bytes.write(content);
        check();
      }
    }
  }
}
