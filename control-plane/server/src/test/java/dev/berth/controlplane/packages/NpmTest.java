package dev.berth.controlplane.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.appmodel.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How npm is started and heard: a script stands in its place, and once it is the real one.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one of a Unix shell")
class NpmTest {

  private static final String MANIFEST = "{\"dependencies\": {\"ms\": \"^2\"}}";
  private static final String LOCK = "{\"lockfileVersion\": 3, \"packages\": {}}";

  private static final String INSTALLS =
      """
      mkdir -p node_modules/ms node_modules/.bin
      echo 'exports = 1;' > node_modules/ms/index.js
      """;

  @TempDir Path folder;

  private TakenPackages app(String script) throws IOException {
    return app(script, Duration.ofMinutes(1));
  }

  private TakenPackages app(String script, Duration atMost) throws IOException {
    Path command = folder.resolve("npm-script");
    Files.writeString(command, "#!/bin/sh\nkept='" + folder + "'\n" + script);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    return new TakenPackages(folder, TakenPackages.SMALL, new Npm(command.toString(), atMost))
        .with("package.json", MANIFEST);
  }

  private String kept(String file) throws IOException {
    return Files.readString(folder.resolve(file)).strip();
  }

  @Test
  void whatNpmInstallsIsTaken() throws IOException {
    TakenPackages app = app(INSTALLS);

    assertThat(app.problems()).isEmpty();
    assertThat(app.files().text("ms/index.js")).isEqualTo("exports = 1;\n");
  }

  @Test
  void npmIsAskedToRunNoScriptAndSeesTheManifestAlone() throws IOException {
    TakenPackages app =
        app("echo $* > $kept/words; ls -A > $kept/files; cat package.json > $kept/manifest");

    app.take();

    assertThat(kept("words"))
        .startsWith("install --ignore-scripts --omit=dev --no-audit --no-fund ")
        .contains(" --git=berth-has-no-git");
    assertThat(kept("files")).isEqualTo("package.json");
    assertThat(kept("manifest")).isEqualTo(MANIFEST);
  }

  @Test
  void aLockFileIsFollowedToTheLetter() throws IOException {
    TakenPackages app =
        app("echo $1 > $kept/words; ls -A > $kept/files").with("package-lock.json", LOCK);

    app.take();

    assertThat(kept("words")).isEqualTo("ci");
    assertThat(kept("files")).isEqualTo("package-lock.json\npackage.json");
  }

  @Test
  void npmIsStartedOnceForTheSameManifest() throws IOException {
    TakenPackages app = app(INSTALLS);
    Packages first = app.take().packages();
    app.take();

    assertThat(app.take().packages()).isEqualTo(first);
    assertThat(app.installations()).isOne();
  }

  @Test
  void anotherManifestOrLockIsInstalledAgain() throws IOException {
    TakenPackages app = app(INSTALLS);
    app.take();
    app.with("package.json", MANIFEST + " ").take();
    app.with("package-lock.json", LOCK).take();

    assertThat(app.installations()).isEqualTo(3);
  }

  @Test
  void aManifestThatAsksForNothingStartsNothing() throws IOException {
    TakenPackages app = app("exit 1").with("package.json", "{\"name\": \"functions\"}");

    assertThat(app.problems()).isEmpty();
    assertThat(app.installations()).isZero();
  }

  @Test
  void aLockFileAloneIsAWarning() throws IOException {
    TakenPackages app = app("exit 1").with("package-lock.json", LOCK);
    Files.delete(app.functions("package.json"));

    assertThat(app.problems())
        .containsExactly(
            "WARNING functions/package-lock.json: no packages are installed: there is no"
                + " package.json beside it");
  }

  @Test
  void aManifestOrLockWithProblemsStartsNothing() throws IOException {
    TakenPackages app = app("exit 1").with("package-lock.json", "{");
    assertThat(app.problems())
        .singleElement()
        .asString()
        .contains("package-lock.json:1: malformed");

    app.with("package.json", "{\n\"dependencies\": {\"ms\": \"file:../../x\"}}");
    assertThat(app.problems())
        .singleElement()
        .asString()
        .startsWith("ERROR functions/package.json:2 /dependencies/ms: ");
    assertThat(app.installations()).isZero();
  }

  @Test
  void ofWhatNpmPrintsTheFirstLineThatSaysSomethingIsShown() throws IOException {
    TakenPackages app =
        app(
            """
            echo 'npm warn deprecated'
            echo 'npm error code E404' >&2
            echo 'npm error 404 Not Found - GET https://joe:hush@registry.example/ms' >&2
            echo 'npm error A complete log of this run can be found in: /root/.npm' >&2
            exit 1
            """);

    assertThat(app.problems())
        .containsExactly(
            "ERROR functions/package.json: npm: 404 Not Found - GET https://registry.example/ms");
  }

  @Test
  void anNpmThatFailsWithoutAWordIsNamedByItsExitCode() throws IOException {
    assertThat(app("exit 7").problems())
        .containsExactly("ERROR functions/package.json: npm: it failed with exit code 7");
  }

  @Test
  void whatFailedIsTriedAgainLaterAndLater() throws IOException {
    TakenPackages app = app("exit 7");
    List<String> first = app.problems();

    assertThat(app.problems()).isEqualTo(first);
    assertThat(app.after(Duration.ofSeconds(9)).problems()).isEqualTo(first);
    assertThat(app.installations()).isEqualTo(1);
    assertThat(app.after(Duration.ofSeconds(1)).problems()).isEqualTo(first);
    assertThat(app.installations()).isEqualTo(2);
    assertThat(app.after(Duration.ofSeconds(19)).problems()).isEqualTo(first);
    assertThat(app.installations()).isEqualTo(2);
    assertThat(app.after(Duration.ofSeconds(1)).problems()).isEqualTo(first);
    assertThat(app.installations()).isEqualTo(3);
    assertThat(app.after(Duration.ofDays(1)).problems()).isEqualTo(first);
    assertThat(app.installations()).isEqualTo(4);
  }

  @Test
  void anotherManifestIsTriedAtOnceAfterAFailure() throws IOException {
    TakenPackages app = app("exit 7");
    app.take();

    app.with("package.json", MANIFEST + " ").take();

    assertThat(app.installations()).isEqualTo(2);
  }

  @Test
  void aMachineThatGetsItsNpmTriesAtOnce() throws IOException {
    TakenPackages app = TakenPackages.in(folder).with("package.json", MANIFEST);
    app.take();

    app.take();

    assertThat(app.installations()).isEqualTo(2);
  }

  @Test
  void aPackageFromARepositoryIsRefusedInPlainWords() throws IOException {
    assertThat(app("echo 'npm error code ENOGIT' >&2; exit 1").problems())
        .containsExactly(
            "ERROR functions/package.json: npm: a package is to come from a Git repository, which"
                + " is not supported");
  }

  @Test
  void whatPackagesAskForThemselvesIsLookedAtToo() throws IOException {
    TakenPackages app =
        app(
            INSTALLS
                + """
                echo '{"packages": {"node_modules/ms": {"resolved": "file:/etc/x.tgz"}}}' \
                  > node_modules/.package-lock.json
                """);

    assertThat(app.problems())
        .containsExactly(
            "ERROR functions/package.json: a package is to come from \"file:/etc/x.tgz\"; allowed is"
                + " https://");
  }

  @Test
  void anNpmThatDoesNotFinishIsEnded() throws IOException {
    TakenPackages app = app("echo $$ > $kept/pid; sleep 600 & wait", Duration.ofMillis(500));

    assertThat(app.problems())
        .containsExactly("ERROR functions/package.json: npm did not finish within 0 s");
    ProcessHandle.of(Long.parseLong(kept("pid"))).ifPresent(process -> process.onExit().join());
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws IOException {
    TakenPackages app = app("pwd > $kept/place; " + INSTALLS);
    app.take();

    assertThat(Path.of(kept("place"))).doesNotExist();
  }

  @Test
  void secretsOfBerthAreNotInItsEnvironment() throws IOException {
    app("env > $kept/environment").take();

    try (Stream<String> lines = kept("environment").lines()) {
      assertThat(lines)
          .noneMatch(line -> line.startsWith("MONGODB_URI") || line.startsWith("BERTH_"));
    }
  }

  @Test
  void withoutNpmBothWaysOutAreNamed() throws IOException {
    TakenPackages app = TakenPackages.in(folder).with("package.json", MANIFEST);

    assertThat(app.problems())
        .containsExactly(
            "ERROR functions/package.json: its packages are to be installed, and there is no npm on"
                + " this machine; install Node.js with npm, or put the folder node_modules, or an"
                + " archive of it, beside package.json");
  }

  @Test
  void theRealNpmInstallsARealPackage() throws IOException {
    TakenPackages app =
        new TakenPackages(folder, TakenPackages.SMALL, Npm.ofThisMachine())
            .with("package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}");
    List<String> problems = app.problems();
    assumeTrue(
        problems.stream().noneMatch(NpmTest::isAboutTheMachine),
        () -> "no npm, or no registry: " + problems);

    assertThat(problems).isEmpty();
    assertThat(app.files().text("ms/index.js")).contains("module.exports");
    assertThat(app.files().isFile("ms/package.json")).isTrue();
  }

  @Test
  void theRealNpmGetsNothingFromARepository() throws IOException {
    // It looks like an archive on the web, and npm takes it for a repository.
    TakenPackages app =
        new TakenPackages(folder, TakenPackages.SMALL, Npm.ofThisMachine())
            .with("package.json", "{\"dependencies\": {\"ms\": \"https://github.com/vercel/ms\"}}");
    List<String> problems = app.problems();
    assumeTrue(
        problems.stream().noneMatch(NpmTest::isAboutTheMachine),
        () -> "no npm, or no registry: " + problems);

    assertThat(problems)
        .containsExactly(
            "ERROR functions/package.json: npm: a package is to come from a Git repository, which"
                + " is not supported");
  }

  private static boolean isAboutTheMachine(String problem) {
    return problem.contains("no npm on this machine")
        || problem.contains("request to ")
        || problem.contains("network")
        || problem.contains("did not finish");
  }
}
