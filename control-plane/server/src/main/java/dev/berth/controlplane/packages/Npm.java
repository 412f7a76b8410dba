package dev.berth.controlplane.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The npm of this machine. Installs what a `package.json` says without running any code of it.
public final class Npm {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final String WAYS_OUT =
      "install Node.js with npm, or put the folder node_modules, or an archive of it, beside"
          + " package.json";

  /// No audit and no advertisement is asked for either: both would send what is installed.
  private static final List<String> OPTIONS =
      List.of(
          "--ignore-scripts",
          "--omit=dev",
          "--no-audit",
          "--no-fund",
          "--no-update-notifier",
          "--no-progress",
          "--loglevel=error",
          "--logs-max=0",
          "--fetch-retries=1",
          // Whatever is to come from a repository fails, deep in the tree of packages too.
          "--git=berth-has-no-git");

  private static final Pattern ERROR_LINE = Pattern.compile("npm (?:error|ERR!) (.+)");

  private static final Pattern WITHOUT_MEANING =
      Pattern.compile("(code|errno|syscall|path) .*|A complete log of this run .*|\\s*");

  private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

  private static final int LONGEST_OUTPUT = 1 << 16;
  private static final int LONGEST_MESSAGE = 300;

  private final String command;
  private final Duration atMost;

  /// @param command that starts npm
  /// @param atMost what an installation may take
  Npm(String command, Duration atMost) {
    this.command = command;
    this.atMost = atMost;
  }

  /// The one on the path.
  public static Npm ofThisMachine() {
    boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
    return new Npm(isWindows ? "npm.cmd" : "npm", LONGEST);
  }

  /// Installs into a folder that holds a `package.json`, and a lock file or not. Blocks.
  ///
  /// @param locked whether there is a lock file, to the letter of which it is done
  /// @param output a file for what npm prints, elsewhere
  /// @throws FailedInstallationException with what npm says, when it fails
  /// @throws RefusedPackagesException when there is no npm, or the thread is interrupted
  void install(Path folder, boolean locked, Path output) throws IOException {
    Process process = start(folder, locked, output);
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new FailedInstallationException(
            "npm did not finish within " + atMost.toSeconds() + " s");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RefusedPackagesException("npm was stopped");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new FailedInstallationException("npm: " + message(output, process.exitValue()));
    }
  }

  private Process start(Path folder, boolean locked, Path output) throws IOException {
    List<String> words = new ArrayList<>(List.of(command, locked ? "ci" : "install"));
    words.addAll(OPTIONS);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    withoutSecrets(builder.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException notThere) {
      throw new RefusedPackagesException(
          "its packages are to be installed, and there is no npm on this machine; " + WAYS_OUT);
    }
  }

  /// What belongs to Berth is none of npm's business.
  private static void withoutSecrets(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("BERTH_")
                    || name.startsWith("SMTP_")
                    || name.equals("MONGODB_URI"));
  }

  /// The first line that says something: the others explain it, or how npm is used.
  private static String message(Path output, int exitCode) throws IOException {
    String text;
    try (InputStream printed = Files.newInputStream(output)) {
      text = new String(printed.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
    }
    if (text.contains("ENOGIT") || text.contains("berth-has-no-git")) {
      return "a package is to come from a Git repository, which is not supported";
    }
    String line =
        text.lines()
            .map(ERROR_LINE::matcher)
            .filter(match -> match.matches())
            .map(match -> Objects.requireNonNull(match.group(1)).strip())
            .filter(said -> !WITHOUT_MEANING.matcher(said).matches())
            .findFirst()
            .orElse("it failed with exit code " + exitCode);
    return printable(CREDENTIALS.matcher(line).replaceAll("//"));
  }

  private static String printable(String line) {
    String safe =
        line.codePoints()
            .limit(LONGEST_MESSAGE)
            .collect(
                StringBuilder::new,
                (text, c) -> text.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c),
                StringBuilder::append)
            .toString();
    return safe.length() < line.length() ? safe + "..." : safe;
  }
}
