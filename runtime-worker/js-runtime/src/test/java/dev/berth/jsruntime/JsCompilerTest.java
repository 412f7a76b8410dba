package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.Runtime.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where JavaScript can be compiled, and what is said where it cannot.
class JsCompilerTest {

  @TempDir private Path folder;

  @BeforeEach
  void putACompilerThere() throws IOException {
    Files.writeString(folder.resolve("jvm.options"), "");
    Files.writeString(folder.resolve("compiler-25.0.3.jar"), "");
  }

  private JsCompiler on(String jdk) {
    return JsCompiler.judge(folder, true, "amd64", Version.parse(jdk));
  }

  @ParameterizedTest
  @CsvSource({"25.0.3+9-LTS", "25.0.4", "25.1"})
  void aJdkThatIsAsNewAsTheCompilerGetsTheOptions(String jdk) {
    assertThat(on(jdk))
        .isInstanceOfSatisfying(
            JsCompiler.Available.class,
            available ->
                assertThat(available.jvmOptions())
                    .containsExactly(
                        "@" + folder.resolve("jvm.options"), "--upgrade-module-path=" + folder));
  }

  @ParameterizedTest
  @CsvSource({"25, 25.0.0", "25.0.2, 25.0.2", "26, 26.0.0"})
  void anotherJdkIsNamedWithTheOneThatWouldDo(String jdk, String shown) {
    assertThat(on(jdk))
        .isEqualTo(
            new JsCompiler.Missing(
                "the compiler is for JDK 25.0.3 and its updates, and this is JDK " + shown));
  }

  @Test
  void whatElseIsMissingIsSaid() throws IOException {
    Version jdk = Version.parse("25.0.3");

    assertThat(JsCompiler.judge(folder, false, "amd64", jdk))
        .isEqualTo(new JsCompiler.Missing("this JDK has no JVMCI"));
    assertThat(JsCompiler.judge(folder, true, "riscv64", jdk))
        .isEqualTo(new JsCompiler.Missing("there is no compiler for riscv64"));
    assertThat(JsCompiler.judge(null, true, "amd64", jdk))
        .isEqualTo(new JsCompiler.Missing("this build has no compiler"));
    Files.delete(folder.resolve("compiler-25.0.3.jar"));
    assertThat(on("25.0.3")).isEqualTo(new JsCompiler.Missing("this build has no compiler"));
  }
}
