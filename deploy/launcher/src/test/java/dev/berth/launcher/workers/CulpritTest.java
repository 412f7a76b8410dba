package dev.berth.launcher.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.launcher.workers.Culprit.Shortage;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which app a dead worker is put down to.
class CulpritTest {

  private static final AppId ONE = new AppId("one");
  private static final AppId OTHER = new AppId("other");
  private static final long NOW = System.nanoTime();

  /// How a JVM ends that has crashed.
  private static final int CRASHED = 134;

  private static Shortage saidBefore(AppId largest, Duration ago) {
    return new Shortage(largest, NOW - ago.toNanos());
  }

  @Test
  void theOnlyAppWhoseCallsAWorkerTookWithItIsBlamed() {
    assertThat(Culprit.of(CRASHED, null, NOW, Set.of(ONE))).isEqualTo(ONE);
  }

  /// The system kills who is largest, and an operator whom he likes.
  @Test
  void nobodyIsBlamedForAWorkerThatWasKilled() {
    assertThat(Culprit.of(Culprit.KILLED, null, NOW, Set.of(ONE))).isNull();
  }

  @Test
  void ofTwoAppsWithCallsOnItNeitherIsBlamed() {
    assertThat(Culprit.of(CRASHED, null, NOW, Set.of(ONE, OTHER))).isNull();
    assertThat(Culprit.of(CRASHED, null, NOW, Set.of())).isNull();
  }

  @Test
  void theAppThatAllocatedMostIsBlamedWhenTheHeapWasFull() {
    Shortage shortage = saidBefore(ONE, Duration.ofSeconds(9));

    assertThat(Culprit.of(Culprit.OUT_OF_MEMORY, shortage, NOW, Set.of(OTHER))).isEqualTo(ONE);
  }

  @Test
  void aShortageOfLongAgoOrBeforeAnotherEndBlamesNobody() {
    Shortage past = saidBefore(ONE, Duration.ofSeconds(11));
    Shortage recent = saidBefore(ONE, Duration.ofSeconds(1));

    assertThat(Culprit.of(Culprit.OUT_OF_MEMORY, past, NOW, Set.of())).isNull();
    assertThat(Culprit.of(CRASHED, recent, NOW, Set.of())).isNull();
  }

  /// The rest of them may be waiting for what another did.
  @Test
  void aFullHeapThatNoAppFilledAloneIsNotPutDownToTheOneThatWaits() {
    Shortage nobody = new Shortage(null, NOW);

    assertThat(Culprit.of(Culprit.OUT_OF_MEMORY, nobody, NOW, Set.of(OTHER))).isNull();
  }
}
