package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuestThreadsTest {

  private final GuestThreads threads = GuestThreads.start(1, 1);
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    threads.close();
  }

  private Executor of(String app) {
    return threads.of(new AppId(app));
  }

  private void hold(String app) {
    of(app).execute(() -> await(gate));
  }

  @Test
  void anAppWithAThousandStepsDelaysAnotherByOne() throws InterruptedException {
    hold("busy");
    for (int i = 0; i < 1000; i++) {
      of("busy").execute(() -> order.add("busy"));
    }
    of("quiet").execute(() -> order.add("quiet"));
    of("quiet").execute(() -> order.add("quiet"));
    of("quiet").execute(end::countDown);

    gate.countDown();

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
    // Whose turn is first depends on when the held step was taken; after it they take turns.
    List<String> first = List.copyOf(order);
    assertThat(first.subList(0, 4)).containsExactlyInAnyOrder("busy", "quiet", "busy", "quiet");
    assertThat(first.subList(0, 2)).containsExactlyInAnyOrder("busy", "quiet");
  }

  /// Three apps that never stop leave threads for the fourth.
  @Test
  void anAppThatOccupiesAllItMayLeavesThreadsForOthers() throws InterruptedException {
    GuestThreads more = GuestThreads.start(7, 2);
    CountDownLatch running = new CountDownLatch(6);
    for (String app : List.of("a", "b", "c")) {
      for (int i = 0; i < 10; i++) {
        more.of(new AppId(app)).execute(() -> occupy(running));
      }
    }
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

    more.of(new AppId("d")).execute(end::countDown);

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(order).hasSize(6);
    more.close();
  }

  private void occupy(CountDownLatch running) {
    order.add("began");
    running.countDown();
    try {
      gate.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stepsOfOneAppRunInTheOrderTheyCame() throws InterruptedException {
    hold("a");
    for (int i = 0; i < 5; i++) {
      String name = "step " + i;
      of("a").execute(() -> order.add(name));
    }
    of("a").execute(end::countDown);

    gate.countDown();

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactly("step 0", "step 1", "step 2", "step 3", "step 4");
  }

  @Test
  void aStepThatBreaksDoesNotEndTheThread() throws InterruptedException {
    of("a")
        .execute(
            () -> {
              throw new IllegalStateException("on purpose");
            });
    of("a").execute(end::countDown);

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyShortStepsTakeNoMoreThreadsThanMayRun() throws InterruptedException {
    GuestThreads many = GuestThreads.start(32, 2);
    for (int i = 0; i < 20_000; i++) {
      many.of(new AppId("a")).execute(() -> {});
    }
    many.of(new AppId("a")).execute(end::countDown);

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(many.alive()).isLessThanOrEqualTo(2);
    many.close();
  }

  @Test
  void anInterruptThatComesLateLeavesTheThreadAtWork() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      CountDownLatch ran = new CountDownLatch(1);
      of("a").execute(() -> Thread.currentThread().interrupt());
      of("a").execute(ran::countDown);
      assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aStepThatEndsItsThreadHoldsNoneBack() throws InterruptedException {
    of("a")
        .execute(
            () -> {
              throw new AssertionError("on purpose");
            });
    of("a").execute(end::countDown);

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void stepsThatWaitWhenItIsClosedStillRun() throws InterruptedException {
    hold("a");
    of("b").execute(end::countDown);

    threads.close();
    gate.countDown();

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anIdleThreadKeepsNothingOfItsLastStep() throws InterruptedException {
    WeakReference<Object> held = runStepThatHolds(new byte[1 << 20]);

    while (held.get() != null) {
      System.gc();
    }

    // A thread that has ended would have let go of everything.
    assertThat(threads.alive()).isOne();
  }

  private WeakReference<Object> runStepThatHolds(Object held) throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    of("a")
        .execute(
            () -> {
              order.add(held.toString());
              ran.countDown();
            });
    assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    return new WeakReference<>(held);
  }

  @Test
  void noStepBeginsWhileOneBeforeItRunsAlone() throws InterruptedException {
    GuestThreads several = GuestThreads.start(2, 2);
    try {
      CountDownLatch othersRan = new CountDownLatch(20);
      several.executeAlone(
          new AppId("a"),
          () -> {
            await(othersRan);
            order.add("alone");
          });
      several.of(new AppId("a")).execute(() -> order.add("after"));
      several.of(new AppId("a")).execute(end::countDown);

      // The other thread takes turn after turn, and so would have taken one of the app.
      for (int i = 0; i < 20; i++) {
        several.of(new AppId("b")).execute(othersRan::countDown);
      }

      assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(order).containsExactly("alone", "after");
    } finally {
      several.close();
    }
  }

  @Test
  void aStepAloneThatBreaksHoldsNoneBack() throws InterruptedException {
    threads.executeAlone(
        new AppId("a"),
        () -> {
          throw new IllegalStateException("on purpose");
        });
    of("a").execute(end::countDown);

    assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
