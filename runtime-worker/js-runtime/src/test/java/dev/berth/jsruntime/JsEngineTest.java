package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.jsruntime.frames.GuestThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An engine can be closed at any time, whatever its contexts are at.
class JsEngineTest {

  @Test
  void closesWhileContextsAreMade() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      JsEngine engine = JsEngine.start();
      List<Thread> makers = new ArrayList<>();
      for (int maker = 0; maker < 3; maker++) {
        makers.add(started(() -> makeContexts(engine)));
      }

      Thread closing = started(engine::close);

      makers.add(closing);
      for (Thread thread : makers) {
        assertThat(thread.join(Duration.ofMinutes(1))).as("%s ended", thread).isTrue();
      }
    }
  }

  private static Thread started(Runnable task) {
    Thread thread = new GuestThread("test", task);
    thread.start();
    return thread;
  }

  /// Until there is no engine any more.
  private static void makeContexts(JsEngine engine) {
    while (true) {
      try {
        engine.newContext().eval(JsEngine.LANGUAGE, "1");
      } catch (RuntimeException _) {
        return;
      }
    }
  }

  @Test
  void makesNoContextOnceItIsClosed() {
    JsEngine engine = JsEngine.start();

    engine.close();

    assertThatThrownBy(engine::newContext).isInstanceOf(IllegalStateException.class);
  }
}
