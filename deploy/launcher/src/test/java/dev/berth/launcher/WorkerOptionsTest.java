package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.launcher.workers.WorkerProcessSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How the options of worker processes are written, and what is said of those written wrongly.
class WorkerOptionsTest {

  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void withoutWorkersThereIsNothingToSet() {
    assertThat(WorkerOptions.read(0, null, NOTHING)).isNull();
    assertThatThrownBy(() -> WorkerOptions.read(0, "1g", NOTHING))
        .hasMessage("--worker-heap is about worker processes: say how many with --workers");
  }

  @Test
  void whatIsNotSaidIsAsUsual() {
    assertThat(WorkerOptions.read(3, null, NOTHING)).isEqualTo(WorkerProcessSettings.standard(3));
  }

  @ParameterizedTest
  @CsvSource({"128m, 134217728", "2g, 2147483648", "300000K, 307200000"})
  void aHeapIsWrittenWithItsUnit(String text, long bytes) {
    WorkerProcessSettings settings = WorkerOptions.read(1, text, NOTHING);

    assertThat(settings).isEqualTo(WorkerProcessSettings.standard(1).withHeapBytes(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "512", "127m", "m", "-1g", "1.5g", "512 m", "99999999999999999999g"})
  void aHeapThatIsNoneOrTooSmallIsRefused(String text) {
    assertThatThrownBy(() -> WorkerOptions.read(1, text, NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--worker-heap must be at least 128m, written like 512m or 2g, and is " + text);
  }

  @ParameterizedTest
  @CsvSource({"90s, PT90S", "30m, PT30M", "12h, PT12H", "7d, PT168H"})
  void retirementIsInTheEnvironment(String text, Duration after) {
    Map<String, String> environment =
        Map.of(WorkerOptions.RETIRE_AFTER_INVOCATIONS, "20000", WorkerOptions.RETIRE_AFTER, text);

    assertThat(WorkerOptions.read(1, null, environment))
        .isEqualTo(WorkerProcessSettings.standard(1).withRetirement(20_000, after));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many", "1e6", "9999999999999999999"})
  void aNumberOfInvocationsThatIsNoneIsRefused(String text) {
    Map<String, String> environment = Map.of(WorkerOptions.RETIRE_AFTER_INVOCATIONS, text);

    assertThatThrownBy(() -> WorkerOptions.read(1, null, environment))
        .hasMessageContaining("BERTH_WORKER_RETIRE_AFTER_INVOCATIONS must be a number")
        .hasMessageEndingWith("and is " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0h", "12", "h", "1.5h", "12 h", "PT12H"})
  void aDurationThatIsNoneIsRefused(String text) {
    Map<String, String> environment = Map.of(WorkerOptions.RETIRE_AFTER, text);

    assertThatThrownBy(() -> WorkerOptions.read(1, null, environment))
        .hasMessageContaining("BERTH_WORKER_RETIRE_AFTER must be a duration like 90s")
        .hasMessageEndingWith("and is " + text);
  }

  @Test
  void aWorkerRetiresATenthEarlierOrLater() {
    WorkerProcessSettings settings =
        WorkerProcessSettings.standard(1).withRetirement(1000, Duration.ofHours(1));

    for (int i = 0; i < 1000; i++) {
      assertThat(settings.spreadInvocations()).isBetween(900L, 1100L);
    }
    assertThat(settings.withRetirement(1, Duration.ofHours(1)).spreadInvocations()).isOne();
  }
}
