package dev.berth.controlplane.logs;

import dev.berth.invocation.RequestId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Log entries on their way into the database, written together by a thread of its own. Nobody
/// ever waits for it: when it is full, entries are dropped and counted. Safe from any thread.
public final class LogQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogQueue.class);
  private static final int MOST_WAITING = 2_000;
  private static final int BATCH = 200;

  /// Lines that a function printed come by another way than how it ended, and a little later.
  private static final Duration LINES_COME = Duration.ofMillis(300);

  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final PrintedLines lines = new PrintedLines(MOST_WAITING);
  private final AtomicReference<@Nullable LogStore> store = new AtomicReference<>();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param since `System.nanoTime()` when it came
  private record Waiting(LogEntry entry, long since) {}

  public LogQueue() {
    this.writer = Thread.ofPlatform().daemon().name("app-logs").start(this::write);
  }

  /// From now on entries are written there.
  public void writeTo(LogStore opened) {
    store.set(opened);
  }

  /// Takes an entry, or drops it.
  public void add(LogEntry entry) {
    if (!waiting.offer(new Waiting(entry, System.nanoTime()))) {
      dropped.incrementAndGet();
    }
  }

  /// Takes a line that a function has printed.
  public void printed(RequestId requestId, String line) {
    lines.add(requestId, line);
  }

  /// How many entries were dropped so far.
  public long dropped() {
    return dropped.get();
  }

  private void write() {
    try {
      while (closed.getCount() > 0 || !waiting.isEmpty()) {
        Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          write(first);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Waiting first) throws InterruptedException {
    awaitLines(first);
    List<Waiting> batch = new ArrayList<>();
    batch.add(first);
    waiting.drainTo(batch, BATCH);
    awaitLines(batch.getLast());
    LogStore into = store.get();
    try {
      if (into != null) {
        into.add(
            batch.stream()
                .map(each -> new LogStore.Line(each.entry, lines.take(each.entry.requestId())))
                .toList());
      }
    } catch (RuntimeException failure) {
      dropped.addAndGet(batch.size());
      LOG.atWarn()
          .setCause(failure)
          .addKeyValue("entries", batch.size())
          .log("entries of app logs were dropped");
    }
  }

  private void awaitLines(Waiting entry) throws InterruptedException {
    long left = LINES_COME.toNanos() - (System.nanoTime() - entry.since);
    if (left > 0 && closed.await(left, TimeUnit.NANOSECONDS)) {
      LOG.atDebug().log("the logs of apps are closed");
    }
  }

  /// Writes what waits, for a few seconds at most.
  @Override
  public void close() {
    closed.countDown();
    try {
      writer.join(Duration.ofSeconds(5));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
