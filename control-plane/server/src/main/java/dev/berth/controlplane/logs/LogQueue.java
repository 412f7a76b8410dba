package dev.berth.controlplane.logs;

import dev.berth.invocation.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Log entries on their way into the database, written together by a thread of its own. Nobody
/// ever waits for it, and the database has nine tenths of its time for other things: what is too
/// much for that is dropped and counted. Safe from any thread.
public final class LogQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogQueue.class);
  private static final int MOST_WAITING = 2_000;

  /// Lines that a function printed come by another way than how it ended, and a little later.
  private static final Duration LINES_COME = Duration.ofMillis(300);

  private static final Duration LONGEST_END = Duration.ofSeconds(5);
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);
  private static final int REST_FACTOR = 9;
  private static final Duration USAGE_KEPT_EVERY = Duration.ofSeconds(30);

  private final WaitingEntries waiting = new WaitingEntries(MOST_WAITING);
  private final PrintedLines lines = new PrintedLines(MOST_WAITING);
  private final ConcurrentMap<RequestId, List<String>> listening = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable LogStore> store = new AtomicReference<>();
  private final AtomicReference<@Nullable UsageStore> usageStore = new AtomicReference<>();
  private final Usage usage = new Usage();
  private final long keepUsageNanos;
  private long usageKept = System.nanoTime();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Whether the database may be gone while the last entries are written.
  private volatile boolean isAbandoned;

  public LogQueue() {
    this(USAGE_KEPT_EVERY);
  }

  /// @param keepUsageEvery how often what apps did is written down in numbers
  public LogQueue(Duration keepUsageEvery) {
    this.keepUsageNanos = keepUsageEvery.toNanos();
    this.writer = Thread.ofPlatform().daemon().name("app-logs").start(this::writeAll);
  }

  /// From now on entries are written there, and counted; before, they wait.
  public void writeTo(LogStore opened, UsageStore counts) {
    store.set(opened);
    usageStore.set(counts);
  }

  /// Counts an entry, and takes it or drops it.
  public void add(LogEntry entry) {
    usage.count(entry);
    if (!waiting.offer(entry, System.nanoTime())) {
      dropped.incrementAndGet();
    }
  }

  /// Takes a line that a function has printed.
  public void printed(RequestId requestId, String line) {
    lines.add(requestId, line);
    List<String> heard = listening.get(requestId);
    if (heard != null) {
      heard.add(line);
    }
  }

  /// Listens to what a request prints.
  public Listening listen(RequestId requestId) {
    return new Listening(requestId);
  }

  /// Somebody who waits for what a request prints. Closed when that was heard.
  public final class Listening implements AutoCloseable {

    private final RequestId requestId;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Listening(RequestId requestId) {
      this.requestId = requestId;
      listening.put(requestId, heard);
    }

    /// Everything that was printed. Blocks for a moment, until the last line has come.
    public List<String> heard() {
      try {
        if (closed.await(LINES_COME.toNanos(), TimeUnit.NANOSECONDS)) {
          LOG.atDebug().log("the logs of apps are closed");
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return List.copyOf(heard);
    }

    @Override
    public void close() {
      listening.remove(requestId);
    }
  }

  /// How many entries were dropped so far.
  public long dropped() {
    return dropped.get();
  }

  private void writeAll() {
    try {
      Duration rest = LINES_COME;
      while (!closed.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
        long begun = System.nanoTime();
        write(begun - LINES_COME.toNanos());
        if (begun - usageKept > keepUsageNanos) {
          keepUsage();
        }
        rest = restAfter(Duration.ofNanos(System.nanoTime() - begun));
      }
      write(System.nanoTime());
      keepUsage();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration restAfter(Duration writing) {
    Duration rest = writing.multipliedBy(REST_FACTOR);
    if (rest.compareTo(LINES_COME) < 0) {
      return LINES_COME;
    }
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }

  /// Writes what came until then.
  private void write(long nanoTime) {
    LogStore into = store.get();
    List<LogEntry> batch = into == null ? List.of() : waiting.takeUntil(nanoTime);
    if (into == null || batch.isEmpty()) {
      return;
    }
    try {
      into.add(
          batch.stream()
              .map(entry -> new LogStore.Line(entry, lines.take(entry.requestId())))
              .toList());
    } catch (RuntimeException failure) {
      dropped.addAndGet(batch.size());
      warning(failure).addKeyValue("entries", batch.size()).log("entries of app logs were dropped");
    }
  }

  private void keepUsage() {
    UsageStore into = usageStore.get();
    if (into == null) {
      return;
    }
    usageKept = System.nanoTime();
    try {
      into.add(usage.drain());
    } catch (RuntimeException failure) {
      warning(failure).log("what apps did in some seconds is not counted");
    }
  }

  private LoggingEventBuilder warning(RuntimeException failure) {
    return isAbandoned
        ? LOG.atWarn().addKeyValue("reason", "the process stops")
        : LOG.atWarn().setCause(failure);
  }

  /// Writes what waits, for a few seconds at most.
  @Override
  public void close() {
    closed.countDown();
    try {
      isAbandoned = !writer.join(LONGEST_END);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
