package dev.berth.launcher.appcode;

import dev.berth.jsruntime.GuestLog;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prints on a thread of its own, so that no app has to wait because a terminal was paused or
/// the reader of a pipe is slow, and above all no app because of what another one prints.
///
/// Lines that come while too many wait are dropped and counted. Safe from any thread.
public final class QueuedGuestLog implements GuestLog {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedGuestLog.class);

  private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

  private final GuestLog slow;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final AtomicLong waitingCharacters = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  private QueuedGuestLog(GuestLog slow) {
    this.slow = slow;
  }

  /// Starts printing.
  ///
  /// @param slow what may block; used by one thread
  public static QueuedGuestLog before(GuestLog slow) {
    QueuedGuestLog queued = new QueuedGuestLog(slow);
    Thread.ofPlatform().daemon().name("berth-guest-log").start(queued::printAll);
    return queued;
  }

  @Override
  public void print(Line line) {
    if (waitingCharacters.get() > MOST_CHARACTERS) {
      dropped.incrementAndGet();
      return;
    }
    waitingCharacters.addAndGet(weight(line));
    lines.add(line);
  }

  private static long weight(Line line) {
    // A short line takes memory too.
    return line.text().length() + 100L;
  }

  private void printAll() {
    try {
      while (true) {
        Line line = lines.take();
        slow.print(line);
        waitingCharacters.addAndGet(-weight(line));
        if (lines.isEmpty()) {
          tellOfDropped();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellOfDropped() {
    long count = dropped.getAndSet(0);
    if (count > 0) {
      LOG.atWarn()
          .addKeyValue("lines", count)
          .log("what apps printed was dropped: it came faster than it could be shown");
    }
  }
}
