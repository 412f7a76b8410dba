package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"hush-hush", "=hush-hush", "na me=hush-hush", "-x=hush-hush"})
  void aMalformedSecretIsRefusedAndNotShown(String secret) {
    int exitCode = run("dev", "--secret=" + secret, "app");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains("--secret").contains("NAME=VALUE").doesNotContain("hush");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aSecretThatIsGivenTwiceIsRefused() {
    assertThat(run("dev", "--secret", "a=hush", "--secret", "a=hush2", "app")).isEqualTo(2);
    assertThat(err.toString()).contains("--secret a is given twice").doesNotContain("hush");
  }

  @Test
  void whatACommandCannotDoIsToldInOneLine() {
    assertThat(run("push", "no-such-folder")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("berth: the app has errors:\n  no-such-folder: no such folder; ")
        .doesNotContain("\tat ");
  }

  @Test
  void aGroupOfCommandsSaysThatOneIsMissing() {
    assertThat(run("secrets")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("berth: what should be done with secrets?\nTry 'berth secrets --help'.\n");
  }

  @Test
  void everyCommandExplainsItself() {
    List<CommandLine> commands = new ArrayList<>(Main.commandLine().getSubcommands().values());
    for (int i = 0; i < commands.size(); i++) {
      commands.addAll(commands.get(i).getSubcommands().values());
    }
    assertThat(commands).hasSizeGreaterThan(40);
    for (CommandLine command : commands) {
      String[] words = command.getCommandSpec().qualifiedName().split(" ", -1);
      String[] asked = Arrays.copyOfRange(words, 1, words.length + 1);
      asked[words.length - 1] = "--help";
      assertThat(run(asked)).as("%s: %s", List.of(asked), err).isZero();
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aUsageErrorIsToldInTwoLines() {
    assertThat(run("dev")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("berth: Missing required parameter: 'DIR'\nTry 'berth dev --help'.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "public,10.0.0.0/8", "public,+10.0.0.0/33", "any,-db.local"})
  void aRuleAboutTheNetworkThatIsNoneIsRefused(String outbound) {
    assertThat(run("dev", "--outbound=" + outbound, "app")).isEqualTo(2);
    assertThat(err.toString()).startsWith("berth: --outbound: ").contains("Try 'berth dev --help'");
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertThat(run("dev", "--port", "70000", "app")).isEqualTo(2);
    assertThat(err.toString()).contains("between 0 and 65535");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"apps.example.com", "https://apps.example.com/", "ftp://x", "https://a b"})
  void aPublicUrlThatIsNoneIsRefused(String url) {
    assertThat(run("dev", "--public-url", url, "app")).isEqualTo(2);
    assertThat(err.toString()).contains("--public-url").contains(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moon=https://eu.example.com", "aws-eu-west-1=eu.example.com", "x"})
  void aRegionThatIsNoneIsRefused(String region) {
    assertThat(run("dev", "--region", region, "app")).isEqualTo(2);
    assertThat(err.toString()).contains("region").contains("aws-eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void aShellLearnsAllCommands(String shell) {
    assertThat(run("completion", shell)).isZero();
    assertThat(out.toString()).contains("accessList apiKeys apps cluster completion deploy dev");
  }

  @Test
  void aShellThatIsNotKnownIsRefused() {
    assertThat(run("completion", "fish")).isEqualTo(2);
    assertThat(err.toString()).contains("fish");
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    assertThat(run("dev", "--tls-certificate", "berth.crt", "app")).isEqualTo(2);
    assertThat(err.toString()).contains("--tls-certificate and --tls-key need each other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--trusted-proxy", "--allow-from"})
  void whatIsNoAddressIsRefused(String option) {
    assertThat(run("dev", option, "proxy.lan", "app")).isEqualTo(2);
    assertThat(err.toString()).contains(option + ": \"proxy.lan\" is no IP address or range");
  }

  @Test
  void aMistakeOfTheUserIsOneLineAndNoStackTrace(@TempDir Path folder) {
    assertThat(run("dev", folder.resolve("nowhere").toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("berth: there is no folder " + folder.resolve("nowhere") + "\n");
  }

  @Test
  void versionIsPrinted() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).startsWith("Berth ");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
