package dev.berth.launcher.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPausesTest {

  private static final long YOUNG = 1_000;
  private static final long OLD = 60_001;

  private final RestartPauses pauses = new RestartPauses();

  @Test
  void pausesGrowWhileWorkersDieYoung() {
    assertThat(Stream.generate(() -> pauses.afterDeath(YOUNG)).limit(11))
        .containsExactly(
            0L, 250L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
  }

  @Test
  void theyNeverGrowBeyondHalfAMinute() {
    assertThat(Stream.generate(() -> pauses.afterDeath(YOUNG)).skip(10).limit(100))
        .containsOnly(30_000L);
  }

  @Test
  void aWorkerThatLivedLongIsReplacedAtOnce() {
    Stream.generate(() -> pauses.afterDeath(YOUNG)).limit(5).forEach(_ -> {});

    assertThat(pauses.afterDeath(OLD)).isZero();
    assertThat(pauses.afterDeath(YOUNG)).isEqualTo(250);
  }

  @Test
  void threeDeathsInARowAreHopeless() {
    pauses.afterDeath(YOUNG);
    pauses.afterDeath(YOUNG);
    assertThat(pauses.isHopeless()).isFalse();

    pauses.afterDeath(YOUNG);

    assertThat(pauses.isHopeless()).isTrue();
    pauses.afterDeath(OLD);
    assertThat(pauses.isHopeless()).isFalse();
  }
}
