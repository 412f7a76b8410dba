package dev.berth.benchmarks.engines;

import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.JsMode;
import dev.berth.benchmarks.JvmOptions;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Table;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The GraalJS that Berth is built with, and a newer one with limits of its own: what either holds
/// of the attacks of our tests without anything of ours, and how fast it is.
public final class Engines implements Benchmark {

  private static final Path TESTS =
      Path.of("../runtime-worker/js-runtime/src/test/resources/dev/berth/jsruntime");

  private static final String CPU = "sandbox.MaxCPUTime=500ms";
  private static final String FRAMES = "sandbox.MaxStackFrames=1000";
  private static final String MEMORY = "sandbox.MaxHeapMemory=128MB";
  private static final int SECONDS = 60;
  private static final Pattern VERSION = Pattern.compile("js-language-([0-9.]+)\\.jar");

  @Override
  public String name() {
    return "engines";
  }

  @Override
  public String usage() {
    return """
      engines: the GraalJS of Berth and a newer one with its own limits, which Maven fetches, under attack
          --seconds N        for the speed of each (%d)
      """
        .formatted(SECONDS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    int seconds = arguments.number("--seconds", SECONDS);
    arguments.end();
    EngineLine ours = ours(run, "", JvmOptions.of(JsMode.INTERPRETED));
    EngineLine other = other(run);
    List<String> compiled = JvmOptions.of(JsMode.COMPILED);
    EngineLine oursCompiled = compiled.isEmpty() ? null : ours(run, ", compiled", compiled);
    Path tests = run.folder().resolve(TESTS);
    run.publish(
        name(),
        String.join(
            "\n",
            run.title(name()),
            "",
            limits(ours, other),
            attacks(tests.resolve("attacks.js"), ours, other),
            recursion(tests.resolve("probes.txt"), ours, oursCompiled, other),
            speed(seconds, ours, oursCompiled, other),
            run.facts()
                .with(
                    "JVMs", "`" + String.join(" ", shared()) + "`, stack of the guest thread 8 MB")
                .with("ours with our limits", "`AttackTest`, `PoisoningTest`, `BombedWorkerTest`")
                .toString()));
  }

  /// Which limits an engine takes.
  private static String limits(EngineLine... lines) throws IOException, InterruptedException {
    Table table = new Table("GraalJS", CPU, FRAMES, MEMORY);
    for (EngineLine line : lines) {
      List<String> cells = new ArrayList<>(List.of(line.name()));
      for (String limit : List.of(CPU, FRAMES, MEMORY)) {
        cells.add(said(line, List.of("limits", limit)));
      }
      table.row(cells.toArray(String[]::new));
    }
    return "Limits of its own:\n\n" + table;
  }

  private static String attacks(Path file, EngineLine ours, EngineLine other)
      throws IOException, InterruptedException {
    AttackEnds none = AttackEnds.of(ours, file, List.of());
    AttackEnds own = AttackEnds.of(other, file, List.of(CPU, FRAMES));
    return "The attacks of `attacks.js`, one after another:\n\n"
        + AttackEnds.table(
            List.of(ours.name() + ", no limit", other.name() + ", its limits"), List.of(none, own))
        + "\n";
  }

  private static String recursion(
      Path probes, EngineLine ours, @Nullable EngineLine oursCompiled, EngineLine other)
      throws IOException, InterruptedException {
    Table table = new Table("17 recursions, then probes in a new engine", "broken");
    List<String> recursion = List.of("recursion", probes.toString());
    List<String> limited = List.of("recursion", probes.toString(), FRAMES);
    table.row(ours.name() + ", no limit, 8 MB", said(ours, recursion));
    if (oursCompiled != null) {
      table.row(oursCompiled.name() + ", no limit, 8 MB", said(oursCompiled, recursion));
    }
    table.row(other.name() + ", no limit, 8 MB", said(other, recursion));
    EngineLine small = other.with(", 1,000 frames, 1 MB", "-Dstack=1048576");
    table.row(small.name(), said(small, limited));
    table.row(other.name() + ", 1,000 frames, 8 MB", said(other, limited));
    return table.toString();
  }

  private static String said(EngineLine line, List<String> arguments)
      throws IOException, InterruptedException {
    EngineLine.Ended ended = line.run(arguments);
    return ended.said().isEmpty() ? "ended with code " + ended.code() : ended.said().getLast();
  }

  private static String speed(
      int seconds, EngineLine ours, @Nullable EngineLine oursCompiled, EngineLine other)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            "median of the last third of " + seconds + " s",
            "small async function, µs",
            "loop of 5 million, ms",
            "build and stringify 20,000 objects, ms");
    for (EngineLine line : new EngineLine[] {ours, other, oursCompiled}) {
      if (line != null) {
        String[] micros = said(line, List.of("speed", Integer.toString(seconds))).split(" ", -1);
        table.row(
            line.name(), number(micros[0], 1), number(micros[1], 1000), number(micros[2], 1000));
      }
    }
    return table.toString();
  }

  private static String number(String micros, int unit) {
    return String.format(Locale.ROOT, "%.2f", Double.parseDouble(micros) / unit);
  }

  private static List<String> shared() {
    return List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
  }

  /// Without what Berth adds to it.
  private static EngineLine ours(Run run, String more, List<String> options) {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.contains("graalvm"))
            .collect(Collectors.joining(File.pathSeparator));
    return line(run, " (ours)" + more, options, classPath);
  }

  private static EngineLine other(Run run) throws IOException, InterruptedException {
    return line(run, "", JvmOptions.of(JsMode.INTERPRETED), otherClassPath(run));
  }

  private static EngineLine line(Run run, String more, List<String> options, String classPath) {
    Matcher version = VERSION.matcher(classPath);
    if (!version.find()) {
      throw new IllegalStateException("no GraalJS in " + classPath);
    }
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(options);
    java.addAll(shared());
    java.add("-cp");
    java.add(classPath);
    return new EngineLine(
        version.group(1) + more, java, run.folder().resolve("engines/EngineUnderTest.java"));
  }

  /// What Maven fetched for `engines/pom.xml`.
  ///
  /// @throws IllegalStateException when it cannot
  private static String otherClassPath(Run run) throws IOException, InterruptedException {
    System.err.println("Maven fetches another GraalJS ...");
    Path file = run.folder().resolve("target/engines-classpath");
    Process maven =
        new ProcessBuilder(
                run.folder().resolve("../mvnw").toString(),
                "-B",
                "-q",
                "-f",
                run.folder().resolve("engines/pom.xml").toString(),
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + file)
            .redirectErrorStream(true)
            .start();
    String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("Maven could not fetch another GraalJS: " + said.strip());
    }
    return Files.readString(file).strip();
  }
}
