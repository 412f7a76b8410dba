package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class AppLaneTest {

  private final List<String> started = new ArrayList<>();
  private final AppLane lane = new AppLane(2, 2);

  private boolean admit(String name) {
    return lane.admit(() -> started.add(name));
  }

  @Test
  void whatIsMoreThanMayRunWaitsAndWhatIsMoreThanMayWaitIsRefused() {
    assertThat(admit("a")).isTrue();
    assertThat(admit("b")).isTrue();
    assertThat(admit("c")).isTrue();
    assertThat(admit("d")).isTrue();
    assertThat(admit("e")).isFalse();

    assertThat(started).containsExactly("a", "b");
  }

  @Test
  void whoLeavesLetsTheLongestWaitingIn() {
    List.of("a", "b", "c", "d").forEach(this::admit);

    lane.leave();
    assertThat(started).containsExactly("a", "b", "c");
    assertThat(admit("e")).isTrue();
    lane.leave();
    lane.leave();

    assertThat(started).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void allRoomComesBack() {
    List.of("a", "b", "c", "d").forEach(this::admit);
    for (int i = 0; i < 4; i++) {
      lane.leave();
    }
    started.clear();

    List.of("a", "b", "c").forEach(this::admit);

    assertThat(started).containsExactly("a", "b");
  }

  @Test
  void manyThreadsNeverRunMoreThanMayAndAllGetTheirTurn() {
    AppLane shared = new AppLane(3, 10_000);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();
    List<CompletableFuture<?>> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 500; i++) {
                  shared.admit(
                      () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        CompletableFuture<Void> _ =
                            CompletableFuture.runAsync(
                                () -> {
                                  running.decrementAndGet();
                                  finished.incrementAndGet();
                                  shared.leave();
                                });
                      });
                }
              }));
    }
    CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
    while (finished.get() < 2000) {
      LockSupport.parkNanos(RunningWorker.POLL_NANOS);
    }

    assertThat(most.get()).isBetween(1, 3);
  }
}
