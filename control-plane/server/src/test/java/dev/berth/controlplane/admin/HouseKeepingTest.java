package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HouseKeepingTest {

  @Test
  void aChoreThatFailsKeepsNobodyFromTheOthers() {
    List<String> done = new ArrayList<>();

    HouseKeeping.of(
            () -> {
              throw new IllegalStateException("it takes too long");
            },
            () -> done.add("the next one"))
        .run();

    assertThat(done).containsExactly("the next one");
  }
}
