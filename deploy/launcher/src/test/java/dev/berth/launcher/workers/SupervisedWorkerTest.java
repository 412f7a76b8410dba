package dev.berth.launcher.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.launcher.workers.SupervisedWorker.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The life of a worker, and how its place is counted. The process ends by itself: nobody told it
/// whom to work for.
class SupervisedWorkerTest {

  private static final WorkerProcess PROCESS = start("one");

  private final SupervisedWorker worker = new SupervisedWorker(PROCESS);
  private final Replacements replacements = new Replacements();

  private static WorkerProcess start(String name) {
    try {
      return WorkerProcess.start(
          name, WorkerProcessSettings.LEAST_HEAP_BYTES, List.of(), Map.of(), (_, _) -> {}, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void end() throws InterruptedException {
    PROCESS.kill();
    PROCESS.awaitEnd(60_000);
  }

  @Test
  void aWorkerCountsUntilAnotherTakesItsPlace() {
    assertThat(worker.counts()).isTrue();
    worker.isReady();
    assertThat(worker.counts()).isTrue();
    worker.serves();
    assertThat(worker.counts()).isTrue();

    worker.isReplaced();
    assertThat(worker.counts()).isFalse();
    worker.leaves(Duration.ofSeconds(1));

    assertThat(worker.counts()).isFalse();
    assertThat(worker.is(State.LEAVING)).isTrue();
  }

  @Test
  void onlyWhoServesMayRetire() {
    worker.isWornOut();
    worker.isReady();
    assertThat(worker.mayRetire()).isFalse();

    worker.serves();

    assertThat(worker.mayRetire()).isTrue();
    worker.isReplaced();
    assertThat(worker.mayRetire()).isFalse();
  }

  @Test
  void oneAppIsBlamedForADeath() {
    assertThat(worker.blame()).isTrue();
    assertThat(worker.blame()).isFalse();
  }

  @Test
  void eachVacancyCountsOnce() {
    replacements.isLost(true);
    replacements.isFilledBy(PROCESS);
    replacements.serves(PROCESS);

    assertThat(replacements.count()).isEqualTo(1);
  }

  /// The time runs on from the first death, not from that of the successor.
  @Test
  void aSuccessorThatDiesLeavesThePlaceVacant() throws InterruptedException {
    replacements.isLost(true);
    replacements.isFilledBy(PROCESS);
    WorkerProcess successor = start("two");
    long before = successor.ageMillis();
    replacements.isGone(PROCESS);
    assertThat(replacements.longestMillis()).isZero();

    successor.kill();
    successor.awaitEnd(60_000);
    long passed = successor.ageMillis() - before;
    replacements.isFilledBy(successor);
    replacements.serves(successor);

    assertThat(replacements.longestMillis()).isGreaterThanOrEqualTo(passed);
    assertThat(replacements.count()).isEqualTo(1);
  }
}
