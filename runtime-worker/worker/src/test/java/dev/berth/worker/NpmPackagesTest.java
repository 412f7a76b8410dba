package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The packages of `docs/npm-packages.md`, as npm installs them, do what people use them for. Not
/// run where there is no npm; a package that cannot be fetched is a failure.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NpmPackagesTest {

  private static final Path TESTS = Path.of("src/test/npm");
  private static final Path FOLDER = Path.of("target/npm");

  private @Nullable PackagesServer server;

  @BeforeAll
  void install(@TempDir Path folder) throws IOException, InterruptedException {
    server = new PackagesServer(folder);
    Assumptions.assumeTrue(isThere("npm"), "not run: there is no npm on the PATH");
    Files.createDirectories(FOLDER);
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(TESTS.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    String wanted = Files.readString(FOLDER.resolve("package-lock.json"));
    Path installed = FOLDER.resolve("installed.json");
    if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
      String said = npm("ci", "--ignore-scripts", "--no-audit", "--no-fund");
      assertThat(FOLDER.resolve("node_modules/moment")).as(said).exists();
      Files.writeString(installed, wanted);
    }
  }

  @AfterAll
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String npm(String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of("npm"), Stream.of(arguments)).toArray(String[]::new))
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return said;
  }

  private static BsonDocument versions() throws IOException {
    return BsonDocument.parse(Files.readString(TESTS.resolve("package.json")))
        .getDocument("dependencies");
  }

  @TestFactory
  List<DynamicTest> eachPackageWorks() throws IOException {
    return versions().keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> check(name)))
        .toList();
  }

  @Test
  void theExampleOfThePageWorks() throws IOException {
    Matcher example =
        Pattern.compile("^```js\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../../docs/npm-packages.md")));
    assertThat(example.find()).isTrue();
    try (RunningPackages app =
        new RunningPackages(FOLDER.resolve("node_modules"), example.group(1))) {
      assertThat(app.call(Objects.requireNonNull(server).url() + "/json"))
          .isInstanceOfSatisfying(
              Outcome.Returned.class,
              returned ->
                  assertThat(returned.value().asDocument())
                      .containsEntry("path", new BsonString("/json")));
    }
  }

  /// Twice: the second time in a context that has the package loaded already, if it was kept.
  private void check(String name) throws IOException {
    String source =
        "const equal = (actual, expected) => require('assert').deepStrictEqual(JSON.parse(JSON.stringify([actual])), [expected]); "
            + Files.readString(TESTS.resolve("checks/" + name.replace('/', '+') + ".js"));
    try (RunningPackages app = new RunningPackages(FOLDER.resolve("node_modules"), source)) {
      for (int i = 0; i < 2; i++) {
        assertThat(app.call(Objects.requireNonNull(server).url()))
            .as(String.valueOf(app.lines))
            .isInstanceOf(Outcome.Returned.class);
      }
    }
  }
}
