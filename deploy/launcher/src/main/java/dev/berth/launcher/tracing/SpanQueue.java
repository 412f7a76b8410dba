package dev.berth.launcher.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Spans on their way to the collector. Who ends one never waits: a span for which there is no
/// room is dropped and counted, and so is one that the collector did not take.
final class SpanQueue implements SpanProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);

  /// Each takes one or two kilobytes.
  static final int MOST = 8192;

  private static final int MOST_AT_ONCE = 512;

  /// Long enough to send many together, short enough to look at a trace right after a request.
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /// More than the exporter takes for all its attempts.
  private static final long PATIENCE_SECONDS = 30;

  /// What the end of a process may take longer for its last spans.
  private static final long LAST_MS = 2000;

  private final BlockingQueue<SpanData> waiting = new ArrayBlockingQueue<>(MOST);
  private final LongAdder exported = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final SpanExporter exporter;
  private final Thread thread;
  private volatile boolean ends;

  // Only the one thread touches it.
  private boolean refused;

  SpanQueue(SpanExporter exporter) {
    this.exporter = exporter;
    this.thread = Thread.ofPlatform().daemon().name("berth-traces").unstarted(this::send);
  }

  /// Begins to send.
  SpanQueue started() {
    thread.start();
    return this;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    // Only what has ended is sent.
  }

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled() && (ends || !waiting.offer(span.toSpanData()))) {
      dropped.increment();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  private void send() {
    List<SpanData> batch = new ArrayList<>();
    while (!ends || !waiting.isEmpty()) {
      if (!ends) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      while (waiting.drainTo(batch, MOST_AT_ONCE) > 0) {
        export(List.copyOf(batch));
        batch.clear();
      }
    }
  }

  private void export(List<SpanData> batch) {
    boolean taken;
    try {
      CompletableResultCode result = exporter.export(batch);
      taken = result.join(PATIENCE_SECONDS, TimeUnit.SECONDS).isSuccess();
    } catch (RuntimeException broken) {
      taken = false;
    }
    (taken ? exported : dropped).add(batch.size());
    if (taken == refused) {
      refused = !taken;
      if (refused) {
        LOG.atWarn().log("the collector does not take traces; they are dropped");
      } else {
        LOG.atInfo().log("the collector takes traces again");
      }
    }
  }

  /// Spans that the collector took.
  long exported() {
    return exported.sum();
  }

  /// Spans that nobody will see.
  long dropped() {
    return dropped.sum();
  }

  /// Sends what waits, as far as that takes no longer than a moment. Blocks.
  @Override
  public void close() {
    ends = true;
    LockSupport.unpark(thread);
    try {
      thread.join(LAST_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive()) {
      var _ = exporter.shutdown();
    }
    // Otherwise it would wait for an answer that may never come.
  }
}
