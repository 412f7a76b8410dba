package dev.berth.launcher.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.launcher.dev.Shutdown.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  private final List<String> stopped = new ArrayList<>();
  private final Shutdown shutdown = new Shutdown();

  @Test
  void partsStopInTheirOrder() {
    shutdown.add(Part.DATABASE, () -> stopped.add("database"));
    shutdown.add(Part.GATEWAY, () -> stopped.add("gateway"));

    shutdown.run();

    assertThat(stopped).containsExactly("gateway", "database");
  }

  /// A log queue writes its last entries into a store that was open before it.
  @Test
  void whatStartedLastInAPartStopsFirst() {
    shutdown.add(Part.APP_STORE, () -> stopped.add("store"));
    shutdown.add(Part.APP_STORE, () -> stopped.add("logs that are written there"));

    shutdown.run();

    assertThat(stopped).containsExactly("logs that are written there", "store");
  }

  @Test
  void aPartThatCannotStopDoesNotHoldTheOthers() {
    shutdown.add(Part.VERTX, () -> stopped.add("vertx"));
    shutdown.add(
        Part.GATEWAY,
        () -> {
          throw new IllegalStateException("it hangs");
        });

    shutdown.run();

    assertThat(stopped).containsExactly("vertx");
  }

  @Test
  void whatStartsTooLateStopsAtOnceAndNothingStopsTwice() {
    shutdown.add(Part.VERTX, () -> stopped.add("vertx"));
    shutdown.run();

    shutdown.add(Part.GATEWAY, () -> stopped.add("late"));
    shutdown.run();

    assertThat(stopped).containsExactly("vertx", "late");
  }
}
