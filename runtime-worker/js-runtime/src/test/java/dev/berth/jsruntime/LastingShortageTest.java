package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// When a full heap is nothing that passes.
class LastingShortageTest {

  private static final long NOW = System.nanoTime();

  private final LastingShortage shortage = new LastingShortage();

  @Test
  void aHeapThatStaysFullAlthoughNothingRunsIsNoUse() {
    shortage.isHopeless(NOW);
    shortage.isHopeless(NOW + LastingShortage.LASTS_NANOS - 1);
    assertThat(shortage.lasts()).isFalse();

    shortage.isHopeless(NOW + LastingShortage.LASTS_NANOS);

    assertThat(shortage.lasts()).isTrue();
  }

  @Test
  void aHeapThatHadRoomInBetweenIsNot() {
    shortage.isHopeless(NOW);
    shortage.hasRoom();

    shortage.isHopeless(NOW + LastingShortage.LASTS_NANOS);

    assertThat(shortage.lasts()).isFalse();
  }
}
