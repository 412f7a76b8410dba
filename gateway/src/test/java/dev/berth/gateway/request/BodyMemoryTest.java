package dev.berth.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {

  private final BodyMemory memory = new BodyMemory(100);

  @Test
  void allRequestsShareItAndGiveItBack() {
    BodyMemory.Share one = memory.share();
    BodyMemory.Share two = memory.share();

    assertThat(one.take(60)).isTrue();
    assertThat(two.take(41)).isFalse();
    assertThat(two.take(40)).isTrue();
    assertThat(memory.taken()).isEqualTo(100);

    one.giveBack();
    one.giveBack();
    assertThat(memory.taken()).isEqualTo(40);
  }

  @Test
  void theLargestBodyIsReadAloneAndNotTwice() {
    BodyMemory.Share one = memory.share();
    BodyMemory.Share two = memory.share();
    assertThat(one.take(10)).isTrue();
    assertThat(two.take(10)).isTrue();

    assertThat(one.takeForValues(10, 30)).isTrue();

    assertThat(two.takeForValues(10, 30)).isFalse();
  }
}
