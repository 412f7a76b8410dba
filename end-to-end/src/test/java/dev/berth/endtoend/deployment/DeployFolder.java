package dev.berth.endtoend.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The folder `deploy`, and the programs that judge files in it where a machine has them.
final class DeployFolder {

  static final Path FOLDER = Path.of("..", "deploy");

  private static final Path CHECKS = Path.of("src", "test", "deployment");

  /// Where npm puts what the schemas are in.
  private static final Path INSTALLED = Path.of("target", "deployment");

  /// Variables that are no settings: what the script and what the secrets read.
  private static final List<String> OTHER_VARIABLES =
      List.of("BERTH_JAVA_OPTS", "BERTH_MASTER_KEY", "MONGODB_URI");

  private DeployFolder() {}

  static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The documents of a text in YAML.
  static List<YamlObject> yaml(String text) {
    Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
    return StreamSupport.stream(reader.loadAll(text).spliterator(), false)
        .filter(document -> document != null)
        .map(YamlObject::of)
        .toList();
  }

  /// The variables of the environment that a process of Berth understands.
  static Set<String> variables() {
    Properties reference = new Properties();
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve("berth.properties"))) {
      reference.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> variables = new TreeSet<>(OTHER_VARIABLES);
    for (String setting : reference.stringPropertyNames()) {
      variables.add("BERTH_" + setting.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    return variables;
  }

  /// Holds a file against the schema of what it is for, or reports that this was not run.
  ///
  /// @param kind `compose` or `kubernetes`
  static void assertFitsSchema(String kind, Path file) throws IOException, InterruptedException {
    assumeTrue(isThere("node") && isThere("npm"), "not run: there is no node and npm on the PATH");
    Files.createDirectories(INSTALLED);
    for (String name : List.of("package.json", "package-lock.json", "check.js")) {
      Files.copy(
          CHECKS.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"))) {
      run(INSTALLED, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    run(INSTALLED, "node", "check.js", kind, file.toAbsolutePath().toString());
  }

  /// Runs a program that must end well within two minutes.
  ///
  /// @return what it printed
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile("berth-check", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(said, StandardCharsets.UTF_8);
      assertThat(ended).as("ends: %s", text).isTrue();
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      Files.delete(said);
    }
  }

  static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
