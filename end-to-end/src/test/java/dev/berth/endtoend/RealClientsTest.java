package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The original client SDKs, unmodified as npm has them, do what their users did with them.
///
/// Access tokens live for seconds here, so that every client meets its end now and then.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsTest {

  @RegisterExtension private static final DataServer DATA = new DataServer();

  private static final String SIGNING_KEY = "a_key_that_two_systems_know_alone";
  private static final Path TESTS = Repository.root().resolve("end-to-end/src/test");
  private static final Path CLIENTS = Repository.root().resolve("end-to-end/target/clients");

  private final Path folder;
  private @Nullable BerthProcess berth;

  RealClientsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void install() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        isThere("node") && isThere("npm"), "not run: there is no node and npm on the PATH");
    Files.createDirectories(CLIENTS);
    try (Stream<Path> files = Files.list(TESTS.resolve("clients"))) {
      for (Path file : files.toList()) {
        Files.copy(file, CLIENTS.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(CLIENTS.resolve("node_modules/.package-lock.json"))) {
      String said = run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      assertThat(CLIENTS.resolve("node_modules/realm-web")).as(said).exists();
    }
    AppFolder app = AppFolder.copyOf(TESTS.resolve("apps/clients"), folder, DATA);
    berth =
        BerthProcess.dev(
            folder,
            DATA,
            app.path().toString(),
            "--data",
            folder + "/db",
            "--secret",
            "signingKey=" + SIGNING_KEY,
            "--limit",
            "access-token=3s");
  }

  @AfterAll
  void close() {
    if (berth != null) {
      berth.close();
    }
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  @TestFactory
  List<DynamicTest> realmWeb() throws IOException, InterruptedException {
    return checks("realm-web.js");
  }

  @TestFactory
  List<DynamicTest> realmWebData() throws IOException, InterruptedException {
    return checks("realm-web-data.js");
  }

  @TestFactory
  List<DynamicTest> realmWebUpdates() throws IOException, InterruptedException {
    return checks("realm-web-updates.js");
  }

  @TestFactory
  List<DynamicTest> stitch() throws IOException, InterruptedException {
    return checks("stitch.js");
  }

  /// A test for each line that says how a check went.
  private List<DynamicTest> checks(String script) throws IOException, InterruptedException {
    BerthProcess server = berth;
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    String said =
        run(
            Map.of(
                "BERTH_URL",
                server.baseUrl(),
                "BERTH_APP",
                DATA.appId("clients"),
                "BERTH_DATABASE",
                DATA.database(),
                "BERTH_SIGNING_KEY",
                SIGNING_KEY,
                "HOME",
                folder.toString()),
            "node",
            script);
    List<String> lines =
        said.lines().filter(line -> line.startsWith("ok ") || line.startsWith("not ok ")).toList();
    assertThat(lines).as(said).hasSizeGreaterThan(5);
    return lines.stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.replaceFirst("^(not )?ok ", "").replaceFirst(":.*", ""),
                    () -> assertThat(line).startsWith("ok ")))
        .toList();
  }

  private static String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(CLIENTS.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(BerthProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " did not end:\n" + said);
    }
    return said;
  }
}
