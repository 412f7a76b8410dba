package dev.berth.jsruntime;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// JVMs in which a wall cannot be put up run no app code.
@Timeout(180)
class EngineStartTest {

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  /// With the engine in front of our classes, among which are some of its own with our checks.
  private static final String ENGINE_FIRST =
      Stream.of(CLASS_PATH.split(File.pathSeparator, -1))
          .sorted(Comparator.comparing(entry -> !entry.endsWith(".jar")))
          .collect(joining(File.pathSeparator));

  private static String said(String classPath, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpolyglot.engine.WarnInterpreterOnly=false",
            "-cp",
            classPath,
            EngineStart.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void anOrdinaryJvmRunsAppCode() throws IOException {
    assertThat(said(CLASS_PATH, List.of())).isEqualTo("started");
  }

  @Test
  void anEngineThatIsFoundFirstIsBounded() throws IOException {
    assertThat(said(ENGINE_FIRST, List.of())).isEqualTo("started");
  }

  @Test
  void anEngineThatCannotBeBoundedAnyMoreRunsNone() throws IOException {
    assertThat(said(ENGINE_FIRST, List.of(), "late"))
        .startsWith("refused: the class com.oracle.truffle.js.")
        .endsWith("could not be bounded");
  }

  @Test
  void aJvmThatMayNotBeToldToCollectRunsNone() throws IOException {
    assertThat(said(CLASS_PATH, List.of("-XX:+DisableExplicitGC")))
        .startsWith("refused: app code cannot run with -XX:+DisableExplicitGC");
  }
}
