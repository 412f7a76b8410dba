package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.frames.GuestThread;
import dev.berth.jsruntime.halt.GuestHalt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuestHaltTest {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /// Nobody else halts what runs in it, or ends a halt.
  private final JsEngine engine = JsEngine.start();

  private final GuestHalt halt = engine.halt();
  private final Context context = engine.newContext();
  private final GuestThread thread = new GuestThread("looping", this::loop);

  @BeforeEach
  void begin() {
    thread.start();
    until(() -> running() && stackHasJavaScript());
  }

  @AfterEach
  void end() throws InterruptedException {
    engine.end(context);
    thread.join();
    engine.close();
  }

  @Test
  void whatRunsStandsStillUntilItMayGoOn() {
    halt.begin();
    until(this::standing);

    halt.end();
    until(this::running);
  }

  @Test
  void whoHasToEndIsNotHalted() {
    halt.begin();
    until(this::standing);

    thread.goOn();

    until(
        () -> {
          halt.begin();
          return running();
        });
  }

  @Test
  void nothingIsHaltedForEver() {
    halt.begin();

    until(this::standing);
    until(this::running);
  }

  /// As long as somebody says so.
  @Test
  void whatIsHaltedCanBeHaltedAgain() {
    halt.begin();
    until(this::standing);
    until(this::running);

    halt.begin();

    until(this::standing);
  }

  /// What runs is cancelled all the same, at the latest when the halt is over.
  @Test
  void whatIsHaltedCanBeEnded() throws InterruptedException {
    halt.begin();
    until(this::standing);

    engine.end(context);

    thread.join();
  }

  private void loop() {
    try {
      context.eval("js", "for (;;);");
    } catch (PolyglotException cancelled) {
      assertThat(cancelled.isCancelled()).isTrue();
    }
  }

  private boolean stackHasJavaScript() {
    for (StackTraceElement element : thread.getStackTrace()) {
      if (element.getClassName().startsWith("com.oracle.truffle.js.nodes")) {
        return true;
      }
    }
    return false;
  }

  private boolean standing() {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  private boolean running() {
    return thread.getState() == Thread.State.RUNNABLE;
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come about").isLessThan(deadline);
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
