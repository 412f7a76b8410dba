package dev.berth.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// What the numbers were taken on.
///
/// @param load the load average before anything was started; negative where the system has none
public record Machine(
    String hostClass, String cpu, int cores, String system, String jdk, double load) {

  static Machine here() {
    int cores = Runtime.getRuntime().availableProcessors();
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    String unnamed = (cores + "-core " + system).toLowerCase(Locale.ROOT).replace(' ', '-');
    return new Machine(
        System.getenv().getOrDefault("BENCH_HOST_CLASS", unnamed),
        cpuModel(),
        cores,
        system,
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }

  /// The commit that is checked out, with a mark when files differ from it; those that earlier
  /// benchmarks have written do not count.
  static String commit() {
    String commit = git("rev-parse", "--short=10", "HEAD");
    String changed =
        git(
            "status",
            "--porcelain",
            "--untracked-files=no",
            "--",
            ":/",
            ":(top,exclude)benchmarks/results");
    return commit.isEmpty() ? "unknown" : commit + (changed.isEmpty() ? "" : "-dirty");
  }

  /// What it prints; nothing where there is no git, or no repository.
  private static String git(String... words) {
    try {
      Process git =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(words)).toList()).start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
