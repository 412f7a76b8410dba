package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs a copy of the script in a folder with a blank in its name, with a `java` and a Maven that
/// only tell how they were called.
class BerthScriptTest {

  /// What every system has.
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "awk",
          "cat",
          "cp",
          "date",
          "dirname",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "unzip");

  @TempDir private Path temporary;
  private Path root;
  private Path jdks;

  /// The tools the script needs and nothing else: no java, no mvn.
  private Path tools;

  @BeforeEach
  void copyTheScript() throws IOException {
    root = Files.createDirectories(temporary.resolve("a folder/berth"));
    jdks = Files.createDirectories(temporary.resolve("all jdks"));
    tools = Files.createDirectories(temporary.resolve("tools"));
    Files.copy(Path.of("../../berth"), root.resolve("berth"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(Path.of("../../pom.xml"), root.resolve("pom.xml"));
    Files.createDirectories(root.resolve("deploy"));
    Files.copy(Path.of("../berth.properties"), root.resolve("deploy/berth.properties"));
    for (String tool : TOOLS) {
      Path found = Path.of("/usr/bin").resolve(tool);
      Path real = Files.exists(found) ? found : Path.of("/bin").resolve(tool);
      if (Files.exists(real)) {
        Files.createSymbolicLink(tools.resolve(tool), real);
      }
    }
  }

  @Test
  void anUnknownCommandIsToldWithTheKnownOnes() throws Exception {
    Run run = berth(Map.of(), "frobnicate");

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.errors).contains("no command 'frobnicate'").contains("dev DIR...");
  }

  @Test
  void helpAndVersionNeedNoJdkAndNoBuild() throws Exception {
    assertThat(berth(Map.of(), "help").output).contains("dev DIR...");
    assertThat(berth(Map.of(), "version").output).matches("Berth \\d+\\.\\d+\\.\\d+\\S*\\s+");
  }

  @Nested
  class WithoutAJdkThatFits {

    @Test
    void everyPlaceIsNamedWithWhatWasFoundThere() throws Exception {
      Path old = jdk("jdk-17", "17.0.15", true);
      Path runtime = jdk("runtime", "25.0.3", false);
      Files.createSymbolicLink(tools.resolve("java"), runtime.resolve("bin/java"));
      jdk("more/jdk-8", "1.8.0_402", true);

      Run run =
          berth(
              Map.of(
                  "JAVA_HOME",
                  old.toString(),
                  "BERTH_JDKS",
                  jdks.resolve("more") + ":" + jdks.resolve("nothing")),
              "dev",
              "app");

      assertThat(run.exitCode).isEqualTo(1);
      assertThat(run.errors)
          .contains("needs a JDK of version 25 or newer")
          .contains("JAVA_HOME: " + old + ", Java 17.0.15, too old")
          .contains("java on the PATH: " + runtime + ", Java 25.0.3, but without javac")
          .contains("jdk-8, Java 1.8.0_402, too old")
          .contains(jdks.resolve("nothing") + ": no JDK")
          .contains("apt install", "brew install", "sdk install java", "adoptium.net");
    }

    @Test
    void aJavaHomeThatIsNoJdkIsNamed() throws Exception {
      Run run =
          berth(Map.of("JAVA_HOME", jdks.toString(), "BERTH_JDKS", jdks.toString()), "dev", "app");

      assertThat(run.exitCode).isEqualTo(1);
      assertThat(run.errors).contains("JAVA_HOME: no JDK in " + jdks);
    }
  }

  @Nested
  class WithAJdk {

    @BeforeEach
    void addAJdkAndAMaven() throws IOException {
      jdk("jdk-26", "26", true);
      jdk("jdk-25", "25.0.3", true);
      jdk("jdk-17", "17.0.15", true);
      maven("exit 0");
    }

    @Test
    void aJdkOfTheTestedVersionIsPreferredAndTheJvmGetsTheArguments() throws Exception {
      Run run = dev("--port", "0", "an app");

      assertThat(run.exitCode).isEqualTo(7);
      assertThat(run.output)
          .contains("jdk-25")
          .contains("dev.berth.launcher.Main|dev|--port|0|an app|")
          .contains("-Xmx2g|");
    }

    @Test
    void itBuildsOnceAndSaysSoInOneLine() throws Exception {
      Run first = dev("app");
      Run second = dev("app");

      assertThat(first.errors.lines())
          .singleElement()
          .asString()
          .startsWith("Building Berth (first time: a few minutes)")
          .endsWith("target/berth-build.log");
      assertThat(second.errors).isEmpty();
    }

    @Test
    void itBuildsAgainWhenASourceIsNewer() throws Exception {
      dev("app");
      Path source = Files.createDirectories(root.resolve("gateway/src/main/java"));
      Files.writeString(source.resolve("A.java"), "class A {}");
      Files.setLastModifiedTime(
          source.resolve("A.java"), FileTime.from(Instant.now().plusSeconds(60)));

      assertThat(dev("app").errors).startsWith("Building Berth ... log:");
    }

    @Test
    void aTestOrAnAppThatIsNewerIsNoReasonToBuild() throws Exception {
      dev("app");
      Path test = Files.createDirectories(root.resolve("gateway/src/test/java"));
      Files.writeString(test.resolve("ATest.java"), "class ATest {}");
      Files.setLastModifiedTime(
          test.resolve("ATest.java"), FileTime.from(Instant.now().plusSeconds(60)));

      assertThat(dev("app").errors).isEmpty();
    }

    @Test
    void aFailedBuildShowsItsErrorsAndNamesTheLog() throws Exception {
      maven("echo '[INFO] lots of it'; echo '[ERROR] A.java:[3,4] missing ;'; exit 1");

      Run run = dev("app");

      assertThat(run.exitCode).isEqualTo(1);
      assertThat(run.errors)
          .contains("[ERROR] A.java:[3,4] missing ;")
          .contains("berth-build.log")
          .doesNotContain("lots of it");
      assertThat(root.resolve("target/berth/current")).doesNotExist();
      assertThat(root.resolve("target/berth.lock")).doesNotExist();
    }

    @Test
    void aLockWhoseOwnerIsGoneHoldsNobodyUp() throws Exception {
      Path lock = Files.createDirectories(root.resolve("target/berth.lock"));
      Files.writeString(lock.resolve("owner"), "999999999");

      assertThat(dev("app").exitCode).isEqualTo(7);
    }

    @Test
    void itRunsThroughALinkFromAnyFolder() throws Exception {
      Path link = temporary.resolve("link to berth");
      Files.createSymbolicLink(link, Path.of("a folder/berth/berth"));

      Run run = run(link, jdkEnvironment(), "dev", "app");

      assertThat(run.output).contains("|dev|app|").contains("cwd=" + temporary);
    }

    @Test
    void testPassesTheExitCodeOfMavenThrough() throws Exception {
      maven("echo \"maven $*\"; exit 3");

      Run run = berth(jdkEnvironment(), "test", "-pl", "gateway");

      assertThat(run.exitCode).isEqualTo(3);
      assertThat(run.output).contains("maven -B verify -pl gateway");
    }

    @Test
    void aMavenOfTheSystemServesWhenTheWrapperCannotFetchOne() throws Exception {
      executable(root.resolve("mvnw"), "echo 'no network' >&2; exit 1");
      executable(
          tools.resolve("mvn"),
          "[ \"$1\" = -v ] && { echo 'Apache Maven 3.8.7'; exit 0; }; echo \"system $*\"; exit 0");

      assertThat(berth(jdkEnvironment(), "test").output).contains("system -B verify");
    }

    @Test
    void withoutAnyMavenBothWaysAreNamed() throws Exception {
      executable(root.resolve("mvnw"), "echo 'no network' >&2; exit 1");
      executable(tools.resolve("mvn"), "echo 'Apache Maven 3.6.3'");

      Run run = dev("app");

      assertThat(run.exitCode).isEqualTo(1);
      assertThat(run.errors).contains("no network").contains("3.8.6 or newer").contains("3.6.3");
    }

    @Test
    void aJvmThatIsToCompileJavaScriptGetsTheCompilerAndNoCache() throws Exception {
      Run run = compiled("dev", "--workers", "0", "app");

      assertThat(run.output)
          .contains("/lib/compiled/jvm.options|--upgrade-module-path=" + root + "/target/berth/")
          .doesNotContain("AOTCache=");
    }

    @Test
    void withWorkerProcessesTheseCompileAndNotTheJvmThatStartsThem() throws Exception {
      assertThat(compiled("dev", "--workers", "2", "app").output).doesNotContain("upgrade-module");
      assertThat(compiled("dev", "app", "--workers=2").output).doesNotContain("upgrade-module");
    }

    @Test
    void aJvmThatOnlyPassesAnswersOnLetsNobodyWaitForACollection() throws Exception {
      assertThat(with("", "dev", "--workers", "2", "app"))
          .contains("|-XX:+UseZGC|", "|-XX:SoftMaxHeapSize=320m|")
          .doesNotContain("Serial");
      assertThat(with("-Xmx256m", "start"))
          .contains("|-XX:+UseZGC|", "|-Xmx256m|")
          .doesNotContain("Soft");
      assertThat(with("-XX:+UseG1GC", "start")).contains("G1").doesNotContain("ZGC", "Serial");
      assertThat(with("", "dev", "app")).contains("|-XX:+UseSerialGC|").doesNotContain("ZGC");
    }

    /// Such as `-Xmx256m` for a process that has little to do, as compose.yaml and the chart say.
    @ParameterizedTest
    @ValueSource(strings = {"", "-Xmx256m", "-Xms256m -Xmx2g", "-XX:MaxHeapSize=128m", "-Xmn64m"})
    void aRealJvmTakesTheOptionsWithThoseOfTheUser(String options) throws Exception {
      for (String[] command : List.of(new String[] {"start"}, new String[] {"dev", "app"})) {
        String given = with(options, command);
        List<String> real = new ArrayList<>(List.of(given.split("\\|", -1)));
        real.set(0, Path.of(System.getProperty("java.home"), "bin/java").toString());
        real = new ArrayList<>(real.subList(0, real.indexOf("-cp")));
        real.add("-version");

        Process process = new ProcessBuilder(real).redirectErrorStream(true).start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
      }
    }

    @Test
    void aServerWithoutWorkerProcessesHasTheCollectorThatTheWatchOverTheHeapKnows()
        throws Exception {
      Map<String, String> environment = new HashMap<>(jdkEnvironment());
      environment.put("BERTH_WORKERS", "0");
      environment.put("BERTH_JAVA_OPTS", "");

      assertThat(berth(environment, "start").output)
          .contains("|-XX:+UseSerialGC|")
          .doesNotContain("ZGC");
    }

    private String with(String options, String... command) throws Exception {
      Map<String, String> environment = new HashMap<>(jdkEnvironment());
      environment.put("BERTH_JAVA_OPTS", options);
      return berth(environment, command).output;
    }

    @Test
    void aJvmWithoutThatCollectorHasTheUsualOne() throws Exception {
      executable(
          jdks.resolve("jdk-25/bin/java"),
          """
          [ "$1" = -version ] && { echo 'openjdk version "25.0.3" 2026-01-01' >&2; exit 0; }
          [ "$2" = -version ] && exit 1
          printf '%s|' "$0" "$@"; exit 7
          """);

      assertThat(with("", "start")).contains("|-XX:+UseSerialGC|").doesNotContain("ZGC", "Soft");
    }

    @Test
    void aJdkThatWouldNotStartWithTheCompilerStartsWithoutIt() throws Exception {
      Files.writeString(
          jdks.resolve("jdk-25/release"), "JAVA_VERSION=\"25.0.3\"\nMODULES=\"java.base\"\n");

      assertThat(compiled("dev", "app").output).doesNotContain("upgrade-module");
    }

    @Test
    void anInstallationStartsWithARuntimeAloneAndBuildsNothing() throws Exception {
      Run installing = berth(jdkEnvironment(), "install", temporary.resolve("opt").toString());
      Path runtime = jdk("runtime", "25.0.3", false);

      Run run =
          run(
              temporary.resolve("opt/berth"),
              Map.of("JAVA_HOME", runtime.toString(), "BERTH_JDKS", jdks + "/nothing"),
              "start",
              "--role",
              "worker");

      assertThat(installing.exitCode).as(installing.errors).isZero();
      assertThat(temporary.resolve("opt/berth.properties")).exists();
      assertThat(run.exitCode).as(run.errors).isEqualTo(7);
      assertThat(run.errors).isEmpty();
      assertThat(run.output)
          .contains(runtime + "/bin/java|")
          .contains("|" + temporary + "/opt/lib/berth-launcher.jar|")
          .contains("|dev.berth.launcher.Main|start|--role|worker|");
    }

    @Test
    void anInstallationIsNeverWrittenOver() throws Exception {
      Files.createDirectories(temporary.resolve("opt/lib"));

      Run run = berth(jdkEnvironment(), "install", temporary.resolve("opt").toString());

      assertThat(run.exitCode).isEqualTo(1);
      assertThat(run.errors).contains("there is a Berth in " + temporary + "/opt already");
    }

    @Test
    void anInstallationSaysThatItCannotTestOrInstall() throws Exception {
      Files.createDirectories(root.resolve("lib"));
      Files.writeString(root.resolve("lib/berth-launcher.jar"), "");

      assertThat(berth(jdkEnvironment(), "test").errors).contains("without the sources");
      assertThat(berth(jdkEnvironment(), "install", "x").errors).contains("without the sources");
    }

    private Run compiled(String... arguments) throws Exception {
      Map<String, String> environment = new HashMap<>(jdkEnvironment());
      environment.put("BERTH_JS", "compiled");
      return berth(environment, arguments);
    }

    private Run dev(String... arguments) throws Exception {
      String[] all = Stream.concat(Stream.of("dev"), Stream.of(arguments)).toArray(String[]::new);
      return berth(jdkEnvironment(), all);
    }

    private Map<String, String> jdkEnvironment() {
      return Map.of("BERTH_JDKS", jdks.toString(), "BERTH_JAVA_OPTS", "-Xmx2g");
    }

    /// A wrapper that is there at once, and does with a build what the script says.
    private void maven(String build) throws IOException {
      Files.createDirectories(root.resolve("deploy/launcher/target"));
      Files.writeString(root.resolve("deploy/launcher/target/berth-launcher.jar"), "");
      executable(
          root.resolve("mvnw"),
          """
          [ "$1" = -v ] && exit 0
          for option; do
            case $option in -Dberth.lib=*) mkdir -p "${option#-Dberth.lib=}" ;; esac
          done
          """
              + build);
    }
  }

  /// A JDK whose java tells its version, and with which arguments it was called.
  private Path jdk(String name, String version, boolean withCompiler) throws IOException {
    Path home = jdks.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    executable(
        home.resolve("bin/java"),
        """
        [ "$1" = -version ] && { echo 'openjdk version "%s" 2026-01-01' >&2; exit 0; }
        [ "$2" = -version ] && exit 0
        printf '%%s|' "$0" "$@"; echo "cwd=$PWD"; exit 7
        """
            .formatted(version));
    if (withCompiler) {
      executable(home.resolve("bin/javac"), "exit 0");
    }
    return home.toRealPath();
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run berth(Map<String, String> environment, String... arguments) throws Exception {
    return run(root.resolve("berth"), environment, arguments);
  }

  private Run run(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList())
            .directory(temporary.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(temporary.resolve("out").toFile())
            .redirectError(temporary.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", temporary.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(temporary.resolve("out")),
        Files.readString(temporary.resolve("err")));
  }

  private record Run(int exitCode, String output, String errors) {}
}
