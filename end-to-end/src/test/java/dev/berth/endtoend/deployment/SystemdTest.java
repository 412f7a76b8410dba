package dev.berth.endtoend.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be said of the unit for systemd without installing it.
class SystemdTest {

  private static final String UNIT = "berth@.service";

  /// Of ten; what a unit without any hardening has is 9.6.
  private static final String MOST_EXPOSED = "20";

  private final String unit = DeployFolder.read("systemd/" + UNIT);

  @TempDir private Path folder;

  @Test
  void systemdTakesItAndFindsLittleExposed() throws IOException, InterruptedException {
    assumeTrue(
        DeployFolder.isThere("systemd-analyze"),
        "not run: there is no systemd-analyze on the PATH");
    // It looks for the program, which is not installed here, and for the user.
    String here = Path.of("..", "berth").toRealPath().toString();
    Files.writeString(
        folder.resolve(UNIT),
        unit.replace("/opt/berth/berth", here).replaceAll("(?m)^(User|Group)=.*\\n", ""));

    String said =
        DeployFolder.run(
            folder,
            "systemd-analyze",
            "--man=no",
            "--recursive-errors=no",
            "verify",
            "berth@gateway.service");
    Files.writeString(folder.resolve(UNIT), unit);
    DeployFolder.run(
        folder,
        "systemd-analyze",
        "security",
        "--offline=true",
        "--threshold=" + MOST_EXPOSED,
        folder.resolve(UNIT).toString());

    assertThat(said).doesNotContain(UNIT);
  }

  @Test
  void itStartsARoleAsAUserOfItsOwn() {
    assertThat(unit)
        .contains("\nUser=berth\n")
        .contains("\nExecStart=/opt/berth/berth start --role %i --config ")
        .contains("\nCapabilityBoundingSet=\n");
    assertThat(DeployFolder.read("systemd/berth.sysusers")).containsPattern("(?m)^u berth ");
  }

  @Test
  void itsVariablesAreSettingsThatThereAre() {
    List<String> named =
        Pattern.compile("\\bBERTH_[A-Z_]+(?==)")
            .matcher(unit + DeployFolder.read("systemd/berth.env"))
            .results()
            .map(found -> found.group())
            .toList();

    assertThat(named).isNotEmpty().isSubsetOf(DeployFolder.variables());
  }
}
