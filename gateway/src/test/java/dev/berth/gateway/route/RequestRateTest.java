package dev.berth.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRateTest {

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, -7})
  void aSecondHasAsManyRequestsAsItMay(long start) {
    RequestRate rate = new RequestRate(10, start);

    assertThat(taken(rate, start, 25)).isEqualTo(10);
  }

  @Test
  void whatIsTakenComesBackEvenly() {
    RequestRate rate = new RequestRate(10, 0);
    taken(rate, 0, 10);

    assertThat(taken(rate, Duration.ofMillis(99).toNanos(), 5)).isZero();
    assertThat(taken(rate, Duration.ofMillis(300).toNanos(), 5)).isEqualTo(3);
    assertThat(taken(rate, Duration.ofMinutes(5).toNanos(), 25)).isEqualTo(10);
  }

  @Test
  void manyThreadsTogetherGetNoMore() throws Exception {
    RequestRate rate = new RequestRate(1_000, 0);
    AtomicInteger all = new AtomicInteger();

    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(() -> all.addAndGet(taken(rate, 0, 2_000)));
      }
    }

    assertThat(all).hasValue(1_000);
  }

  private static int taken(RequestRate rate, long now, int attempts) {
    return (int) IntStream.range(0, attempts).filter(_ -> rate.tryTake(now)).count();
  }
}
