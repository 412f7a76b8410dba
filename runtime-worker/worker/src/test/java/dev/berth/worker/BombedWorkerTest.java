package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A worker as it runs in production, with a heap of 512 MB and an end when that is full,
/// survives what app code can do to the heap, and so do its other apps.
class BombedWorkerTest {

  /// Each never stops taking memory.
  private static final List<String> BOMBS =
      List.of(
          "const a = []; for (;;) a.push({ a: [] });",
          "const a = []; for (;;) { const b = []; for (let i = 0; i < 1e5; i++) b.push({}); a.push(b); }",
          "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });",
          "const s = new Set(); for (let i = 0; ; i++) s.add('x' + i);",
          "const o = {}; for (let i = 0; ; i++) o['k' + i] = i;",
          "let l = null; for (;;) l = { l };",
          "const a = []; for (;;) a.push(new Uint8Array(2 ** 25));",
          "const a = []; for (;;) a.push(new Float64Array(2 ** 10));",
          "const a = []; for (;;) a.push('\\u0fff'.repeat(2 ** 25));",
          "const a = []; for (;;) a.push('x'.repeat(2 ** 25).toUpperCase());",
          "const a = []; for (;;) a.push(JSON.stringify(['\\u0fff'.repeat(2 ** 24)]));",
          "const a = []; for (;;) a.push(new TextEncoder().encode('x'.repeat(2 ** 25)));",
          "const a = []; for (;;) a.push(JSON.parse('[' + '{},'.repeat(1e7) + '{}]'));",
          "const a = []; for (;;) a.push('x'.repeat(2 ** 22).split(''));",
          "const a = []; for (;;) a.push(('x' + 'y'.repeat(9)).repeat(2 ** 20).match(/xy+/g));",
          "const a = []; for (;;) a.push([...'xyz'.repeat(2 ** 20)]);",
          "const a = []; for (;;) a.push(Array.from({ length: 2 ** 22 }, (_, i) => i + 0.5));",
          "let a = []; for (;;) { const b = []; for (let i = 0; i < 4e6; i++) b.push(i); a.push(b, b.concat(b)); }",
          "return new Array(2 ** 32 - 2).fill(0);",
          "const a = []; a.length = 2 ** 32 - 1; return a.fill({});",
          "return Array.from({ length: 2 ** 31 });",
          "return [...Array(2 ** 31)];",
          "const a = []; for (;;) a.push(new Function('return ' + '[],'.repeat(8e4) + '1')());",
          "const a = []; for (;;) a.push(new Promise(() => {}).then(() => a));",
          "const a = []; for (;;) { a.push(await [1, 2, 3].map(String)); }",
          "const a = []; for (;;) a.push(BSON.Binary.fromText('x'.repeat(2 ** 20)));",
          "const a = []; for (;;) { a.push(1n << 262000n); }");

  /// Two workers share the bombs, since each of them keeps one core busy.
  @Test
  void noAppTakesTheWorkerFromTheOthers() throws IOException, InterruptedException {
    int half = BOMBS.size() / 2;
    Process first = start(BOMBS.subList(0, half));
    Process second = start(BOMBS.subList(half, BOMBS.size()));

    assertSurvived(first, half);
    assertSurvived(second, BOMBS.size() - half);
  }

  private static Process start(List<String> bombs) throws IOException {
    return new ProcessBuilder(command(bombs))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void assertSurvived(Process worker, int bombs)
      throws IOException, InterruptedException {
    List<String> lines = lines(worker);

    assertThat(worker.waitFor()).as("exit code after %s", lines).isZero();
    assertThat(lines).hasSize(bombs);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line).endsWith("failures: 0");
              assertThat(line)
                  .containsAnyOf("over the limit of MEMORY", "threw RangeError", "out of memory");
            });
  }

  private static List<String> command(List<String> bombs) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:PretenureSizeThreshold=1048576",
            "-XX:MaxNewSize=24m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpolyglot.engine.WarnInterpreterOnly=false",
            "-cp",
            System.getProperty("java.class.path"),
            BombedWorker.class.getName()));
    command.addAll(bombs);
    return command;
  }

  private static List<String> lines(Process process) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
