package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonInt32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The tests that run a second time with JavaScript compiled really do: this one runs among them
/// and nowhere else.
@Tag("compiled")
class CompiledTest {

  @Test
  void theEngineIsNotTheInterpreter() {
    assertThat(RunningApp.engine().isInterpreted()).isFalse();
  }

  /// Whichever context made it hot: contexts share their code.
  @Test
  @Timeout(120)
  void aHotFunctionOfAnAppBecomesMachineCode() {
    try (MachineCode compiled = new MachineCode();
        RunningApp app = new RunningApp()) {
      app.function(
          "main",
          """
          const hot = n => n + 1;
          exports = () => { let n = 0; for (let i = 0; i < 20000; i++) n = hot(n); return n; };
          """);

      do {
        assertThat(app.returned("main")).isEqualTo(new BsonInt32(20_000));
      } while (!compiled.of("hot"));
    }
  }
}
