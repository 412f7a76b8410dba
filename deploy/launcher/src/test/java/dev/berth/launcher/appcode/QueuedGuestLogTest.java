package dev.berth.launcher.appcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.GuestLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class QueuedGuestLogTest {

  /// Between two looks: short for a test, long for the processors that are looked at.
  private static final long POLL_NANOS = 1_000_000;

  private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch reader = new CountDownLatch(1);
  private final CountDownLatch last = new CountDownLatch(1);
  private final GuestLog log = QueuedGuestLog.before(this::printOnceThereIsAReader);

  private void printOnceThereIsAReader(GuestLog.Line line) {
    try {
      assertThat(reader.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    printed.add(line.text());
    if (line.text().equals("last")) {
      last.countDown();
    }
  }

  private void print(String text) {
    log.print(
        new GuestLog.Line(
            new AppId("shop-abcde"), "main", RequestId.next(), null, GuestLog.Level.INFO, text));
  }

  @Test
  void linesAreShownInTheirOrder() throws InterruptedException {
    reader.countDown();

    print("first");
    print("second");
    print("last");

    assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(printed).containsExactly("first", "second", "last");
  }

  @Test
  void nobodyWaitsForAReaderThatDoesNotRead() throws InterruptedException {
    int lines = 5000;
    String long8192 = "x".repeat(8192);

    for (int i = 0; i < lines; i++) {
      print(long8192);
    }

    reader.countDown();
    // What was dropped makes room again once the others are shown.
    while (last.getCount() > 0) {
      print("last");
      LockSupport.parkNanos(POLL_NANOS);
    }
    assertThat(printed.stream().filter(long8192::equals).count())
        .isLessThan(lines)
        .isGreaterThan(400);
  }
}
