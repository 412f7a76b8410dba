package dev.berth.launcher.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.jsruntime.JsCompiler;
import dev.berth.launcher.console.StartFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When JavaScript is compiled, and why it is not when it is not.
class JavaScriptModeTest {

  private static final JsCompiler COMPILER = new JsCompiler.Available(List.of("-option"));
  private static final JsCompiler NONE = new JsCompiler.Missing("this JDK has no JVMCI");

  @Test
  void workerProcessesCompileWhereTheyCan() throws StartFailure {
    JavaScriptMode mode = JavaScriptMode.choose(null, 2, COMPILER);

    assertThat(mode.jvmOptions()).containsExactly("-option");
    assertThat(mode.text(false)).isEqualTo("compiled when it gets hot");
    assertThat(mode.text(true)).isEqualTo("interpreted: the JVM did not take the compiler");
  }

  @Test
  void whoeverDoesNotCompileSaysWhy() throws StartFailure {
    assertThat(JavaScriptMode.choose("", 0, COMPILER).text(true))
        .isEqualTo("interpreted: starts faster; --workers runs it compiled");
    assertThat(JavaScriptMode.choose(null, 2, NONE).text(true))
        .isEqualTo("interpreted: this JDK has no JVMCI");
    assertThat(JavaScriptMode.choose("interpreted", 2, COMPILER))
        .isEqualTo(new JavaScriptMode(List.of(), "BERTH_JS=interpreted", false));
  }

  @Test
  void whatWasAskedForAndCannotBeHadFailsTheStart() throws StartFailure {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> JavaScriptMode.choose("compiled", 0, NONE))
        .withMessage(
            "BERTH_JS=compiled, but JavaScript can only be interpreted: this JDK has no JVMCI");
    JavaScriptMode asked = JavaScriptMode.choose("compiled", 1, COMPILER);
    assertThat(asked.text(false)).isEqualTo("compiled when it gets hot");
    assertThatExceptionOfType(StartFailure.class).isThrownBy(() -> asked.text(true));
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> JavaScriptMode.choose("fast", 0, COMPILER))
        .withMessage("BERTH_JS must be 'compiled' or 'interpreted', and is 'fast'");
  }
}
