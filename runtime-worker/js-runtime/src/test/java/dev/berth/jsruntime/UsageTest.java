package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UsageTest {

  private static final int STEPS = 20_000;
  private static final int PIECE = 1 << 20;
  private static final long MUCH_BYTES = 1L << 30;

  /// Threads live on, and have used up more or less than one another: what one of them has used
  /// up before is nothing that an invocation has.
  @Test
  void stepsOnSeveralThreadsNeverCountWhatTheseHaveUsedUpBefore() throws Exception {
    Usage usage = new Usage();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService busy = Executors.newSingleThreadExecutor();
        ExecutorService idle = Executors.newSingleThreadExecutor();
        ExecutorService watchdog = Executors.newSingleThreadExecutor()) {
      busy.submit(UsageTest::useMuch).get();
      var most =
          watchdog.submit(
              () -> {
                long bytes = 0;
                long nanos = 0;
                while (!done.get()) {
                  bytes = Math.max(bytes, usage.allocatedBytes());
                  nanos = Math.max(nanos, usage.cpuNanos());
                }
                return new long[] {bytes, nanos};
              });

      long begun = System.nanoTime();
      for (int i = 0; i < STEPS; i++) {
        (i % 2 == 0 ? busy : idle).submit(() -> step(usage)).get();
      }
      done.set(true);

      assertThat(most.get()[0]).isLessThan(MUCH_BYTES / 2);
      assertThat(most.get()[1]).isLessThanOrEqualTo(System.nanoTime() - begun);
      assertThat(usage.allocatedBytes()).isBetween(STEPS * 16L, MUCH_BYTES / 2);
      assertThat(usage.cpuNanos()).isPositive();
    }
  }

  private static void step(Usage usage) {
    usage.begin();
    assertThat(new byte[16]).hasSize(16);
    usage.end();
  }

  /// More CPU time than the whole test takes would be, and a gigabyte.
  private static void useMuch() {
    for (long used = 0; used < MUCH_BYTES; used += PIECE) {
      assertThat(new byte[PIECE]).hasSize(PIECE);
    }
  }

  @Test
  void aStepCountsFromTheFirstLookOnWithCpuTimeAlone() throws Exception {
    Usage usage = new Usage();
    usage.begin();
    long looked = usage.cpuNanos();

    Thread.sleep(Duration.ofMillis(200));

    assertThat(usage.cpuNanos() - looked).isLessThan(Duration.ofMillis(150).toNanos());
    usage.end();
    assertThat(usage.cpuNanos() - looked).isLessThan(Duration.ofMillis(150).toNanos());
  }
}
