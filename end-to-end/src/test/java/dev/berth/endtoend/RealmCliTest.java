package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The original's own command line, unmodified: `REALM_CLI` names the program, version 2.6.3. No
/// package registry has it, so without one this is not run; `CommandLineTest` of the control plane
/// replays what it sends.
class RealmCliTest {

  private static final Pattern SERVES = Pattern.compile("serves 0 apps at (http\\S+)");
  private static final Pattern PUBLIC_KEY = Pattern.compile("public key +(\\S+)");
  private static final Pattern PRIVATE_KEY = Pattern.compile("private key +(\\S+)");
  private static final Pattern APP_ID = Pattern.compile("shop-[a-z]{5}");
  private static final Pattern USER_ID = Pattern.compile("\"id\": \"([0-9a-f]{24})\"");

  @TempDir private Path folder;

  @Test
  void theOriginalProgramWorksUnchanged() {
    String program = System.getenv("REALM_CLI");
    assumeTrue(
        program != null, "REALM_CLI names no realm-cli, so the original program is not tried");
    Map<String, String> settings =
        Map.of(
            "BERTH_DATA", folder.resolve("data").toString(),
            "BERTH_PORT", "0",
            "BERTH_WORKERS", "1",
            "BERTH_JS", "interpreted",
            "BERTH_DATA_SOURCES", "*.*=own");
    try (BerthProcess berth = BerthProcess.run(folder, settings, "start")) {
      berth.awaitLine(line -> SERVES.matcher(line).find());
      Cli cli = new Cli(Path.of(program), folder, found(SERVES, berth.output()));
      String publicKey = found(PUBLIC_KEY, berth.output());

      cli.fails("login", "--api-key", publicKey, "--private-api-key", "wrong");
      cli.runs(
          "login", "--api-key", publicKey, "--private-api-key", found(PRIVATE_KEY, berth.output()));
      assertThat(cli.runs("whoami")).contains(publicKey);
      String app =
          found(APP_ID, cli.runs("apps", "create", "--name", "shop", "--location", "US-VA"));
      assertThat(cli.runs("apps", "list")).contains(app);

      cli.runs("pull", "--remote", app, "--local", "pulled");
      deploys(cli, app);
      manages(cli, app);
      refreshesItsSession(cli, app);

      cli.runs("apps", "delete", "--app", app);
      assertThat(cli.runs("apps", "list")).contains("No available apps");
      cli.runs("logout");
      assertThat(cli.fails("apps", "list")).contains("realm-cli login");
    }
  }

  private void deploys(Cli cli, String app) {
    write("functions/config.json", "[{\"name\": \"greet\"}, {\"name\": \"pad\"}]");
    write(
        "functions/greet.js",
        "exports = name => { console.log('greeting', name); return 'hello ' + name; };");
    write("functions/pad.js", "exports = text => require('left-pad')(text, 4, '.');");
    write("functions/package.json", "{\"dependencies\": {\"left-pad\": \"1.3.0\"}}");

    assertThat(cli.runs("apps", "diff", "--remote", app, "--local", "pulled"))
        .contains("added: function greet");
    assertThat(cli.runs("push", "--remote", app, "--local", "pulled", "--include-package-json"))
        .contains("Deployment complete", "Installed dependencies", "Successfully pushed");
    assertThat(cli.runs("push", "--remote", app, "--local", "pulled"))
        .contains("identical to proposed version, nothing to do");
    assertThat(cli.runs("function", "run", "--app", app, "--name", "greet", "--args", "Casey"))
        .contains("greeting Casey", "hello Casey");
    assertThat(cli.runs("function", "run", "--app", app, "--name", "pad", "--args", "x"))
        .contains("...x");
    cli.runs("pull", "--remote", app, "--local", "again", "--include-package-json");
    assertThat(folder.resolve("again/functions/package.json")).content().contains("left-pad");
    assertThat(folder.resolve("again/functions/greet.js"))
        .hasSameTextualContentAs(folder.resolve("pulled/functions/greet.js"));
  }

  private static void manages(Cli cli, String app) {
    cli.runs("secrets", "create", "--app", app, "--name", "token", "--value", "s3cret");
    assertThat(cli.runs("secrets", "list", "--app", app))
        .contains("token")
        .doesNotContain("s3cret");
    cli.runs("secrets", "delete", "--app", app, "--secret", "token");
    assertThat(cli.runs("logs", "list", "--app", app)).contains("Function greet: OK");
    cli.runs("accessList", "create", "--app", app, "--ip", "10.1.2.0/24");
    cli.runs("accessList", "update", "--app", app, "--ip", "10.1.2.0/24", "--new-ip", "10.1.3.4");
    assertThat(cli.runs("accessList", "list", "--app", app)).contains("10.1.3.4");
    cli.runs("accessList", "delete", "--app", app, "--ip", "10.1.3.4");
    cli.runs("users", "create", "--app", app, "--type", "api-key", "--name", "machine");
    String user =
        found(
            USER_ID,
            cli.runs(
                "users",
                "create",
                "--app",
                app,
                "--type",
                "email",
                "--email",
                "a@example.com",
                "--password",
                "a password"));
    assertThat(cli.runs("users", "list", "--app", app)).contains("a@example.com", "machine");
    for (String verb : List.of("disable", "enable", "revoke", "delete")) {
      cli.runs("users", verb, "--app", app, "--user", user);
    }
    assertThat(cli.runs("users", "list", "--app", app)).doesNotContain("a@example.com");
  }

  private void refreshesItsSession(Cli cli, String app) {
    cli.breakAccessToken();
    write("functions/greet.js", "exports = name => 'welcome ' + name;");

    cli.runs("push", "--remote", app, "--local", "pulled");

    assertThat(cli.runs("function", "run", "--app", app, "--name", "greet", "--args", "Kim"))
        .contains("welcome Kim");
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve("pulled").resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(matcher.groupCount());
  }

  /// The program with a home of its own.
  private record Cli(Path program, Path folder, String url) {

    String runs(String... arguments) {
      return run(0, arguments);
    }

    String fails(String... arguments) {
      return run(1, arguments);
    }

    private String run(int expected, String... arguments) {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of(arguments));
      command.addAll(
          List.of("--realm-url", url, "--atlas-url", url, "--telemetry", "off", "--yes"));
      command.add("--disable-colors");
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().put("HOME", folder.toString());
      try {
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isEqualTo(expected);
        return output;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// As if half an hour had passed.
    void breakAccessToken() {
      Path profile = folder.resolve(".config/realm-cli/default.yaml");
      try {
        Files.writeString(
            profile,
            Files.readString(profile)
                .replaceFirst("(access_token: [^.]+\\.[^.]+\\.)\\S+", "$1AAAA"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
