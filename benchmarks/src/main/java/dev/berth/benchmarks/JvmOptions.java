package dev.berth.benchmarks;

import dev.berth.jsruntime.JsCompiler;
import java.util.ArrayList;
import java.util.List;

/// The options of the JVMs that are measured: the only place that knows them.
public final class JvmOptions {

  private static final List<String> ALWAYS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  /// The collector and the heap that `./berth` chooses.
  private static final String USUAL =
      "-XX:+UseSerialGC -XX:PretenureSizeThreshold=1048576 -Xms64m -Xmx1g";

  private JvmOptions() {}

  /// Those of `./berth`, where `BENCH_JAVA_OPTS` does not replace collector and heap.
  public static List<String> usual() {
    List<String> options = new ArrayList<>(ALWAYS);
    String chosen = System.getenv().getOrDefault("BENCH_JAVA_OPTS", USUAL);
    options.addAll(List.of(chosen.strip().split("\\s+", -1)));
    return List.copyOf(options);
  }

  /// The usual ones, and what makes the JVM run JavaScript that way.
  ///
  /// @return nothing when there is no such way
  public static List<String> of(JsMode mode) {
    List<String> options = new ArrayList<>(usual());
    switch (mode) {
      case INTERPRETED -> options.add("-Dtruffle.UseFallbackRuntime=true");
      case COMPILED -> {
        switch (JsCompiler.here()) {
          case JsCompiler.Available(List<String> compiler) -> options.addAll(compiler);
          case JsCompiler.Missing _ -> {
            return List.of();
          }
        }
      }
    }
    return List.copyOf(options);
  }

  /// The usual ones with another heap, and an end of the JVM when that is full.
  ///
  /// @param heap such as `1536m`
  public static List<String> withHeap(String heap) {
    List<String> options = new ArrayList<>(usual());
    options.removeIf(option -> option.startsWith("-Xm"));
    options.add("-Xmx" + heap);
    options.add("-XX:+ExitOnOutOfMemoryError");
    return List.copyOf(options);
  }
}
