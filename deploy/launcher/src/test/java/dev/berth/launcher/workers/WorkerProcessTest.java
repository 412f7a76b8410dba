package dev.berth.launcher.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a worker process is started with.
class WorkerProcessTest {

  private static final long MEGABYTE = 1024 * 1024;

  @Test
  void allMemoryOfAWorkerHasABound() {
    List<String> command = WorkerProcess.command(512 * MEGABYTE, List.of());

    assertThat(command)
        .contains(
            "-Xmx" + 512 * MEGABYTE,
            "-XX:MaxDirectMemorySize=" + 256 * MEGABYTE,
            "-XX:MaxMetaspaceSize=" + 512 * MEGABYTE,
            "-XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void aWorkerHasTheCollectorThatTheWatchOverItsHeapKnows() {
    List<String> command = WorkerProcess.command(512 * MEGABYTE, List.of());

    assertThat(command.stream().filter(option -> option.matches("-XX:\\+Use\\w+GC")))
        .containsExactly("-XX:+UseSerialGC");
    assertThat(command).contains("-XX:MaxNewSize=" + 24 * MEGABYTE);
  }

  @Test
  void onlyAWorkerThatInterpretsHasTheStartUpCache() {
    System.setProperty("berth.workers.cache", "/opt/berth.aot");
    try {
      assertThat(WorkerProcess.command(512 * MEGABYTE, List.of()))
          .contains("-XX:AOTCache=/opt/berth.aot");
      assertThat(WorkerProcess.command(512 * MEGABYTE, List.of("-Dcompiled=true")))
          .doesNotContain("-XX:AOTCache=/opt/berth.aot");
    } finally {
      System.clearProperty("berth.workers.cache");
    }
  }

  @Test
  void aSmallWorkerStillHasBuffers() {
    assertThat(WorkerProcess.command(128 * MEGABYTE, List.of()))
        .contains("-XX:MaxDirectMemorySize=" + 128 * MEGABYTE);
  }

  /// The last one counts.
  @Test
  void aWorkerMayBeToldToCollectWhateverOptionsItInherits() {
    List<String> command = WorkerProcess.command(512 * MEGABYTE, List.of("-XX:+DisableExplicitGC"));

    assertThat(command.lastIndexOf("-XX:-DisableExplicitGC"))
        .isGreaterThan(command.lastIndexOf("-XX:+DisableExplicitGC"));
  }
}
