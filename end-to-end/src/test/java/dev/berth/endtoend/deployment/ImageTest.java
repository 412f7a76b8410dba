package dev.berth.endtoend.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What can be said of the Dockerfile without building it.
class ImageTest {

  private static final Pattern FROM =
      Pattern.compile("(?m)^FROM (?:--platform=\\S+ )?(\\S+)(?: AS (\\S+))?$");
  private static final Pattern COPY_FROM = Pattern.compile("COPY --from=(\\S+)");

  private final String dockerfile = DeployFolder.read("image/Dockerfile");

  /// A line with those that continue it.
  private final List<String> instructions =
      dockerfile
          .replaceAll("(?m)^#.*\\n", "")
          .replaceAll("\\\\\\n\\s*", "")
          .lines()
          .filter(line -> !line.isBlank())
          .toList();

  @Test
  void everyStageStartsFromAnotherOneOrFromAnExactVersion() {
    Set<String> stages = new HashSet<>();

    for (MatchResult from : FROM.matcher(dockerfile).results().toList()) {
      if (!stages.contains(from.group(1))) {
        assertThat(from.group(1)).matches("[a-z/-]+:\\d+\\.\\d+\\S*");
      }
      stages.add(from.group(2));
    }

    assertThat(stages).contains("berth", "berth-without-npm");
    assertThat(COPY_FROM.matcher(dockerfile).results().map(copy -> copy.group(1)).toList())
        .isNotEmpty()
        .allMatch(stages::contains);
  }

  @Test
  void itRunsAsAUserWithoutRightsWhoseNumberIsKnown() {
    List<String> users = instructions.stream().filter(line -> line.startsWith("USER ")).toList();

    assertThat(users.getLast()).isEqualTo("USER 10001:10001");
    assertThat(dockerfile).contains("--uid 10001", "--gid 10001");
  }

  @Test
  void whatItInstallsLeavesNothingBehind() {
    assertThat(instructions)
        .filteredOn(line -> line.contains("apt-get install"))
        .isNotEmpty()
        .allMatch(line -> line.contains("--no-install-recommends"))
        .allMatch(line -> line.contains("rm -rf /var/lib/apt/lists/*"));
  }

  @Test
  void itStartsBerthWithoutAShellInBetweenAndWithSettingsThatThereAre() {
    assertThat(instructions).contains("ENTRYPOINT [\"/opt/berth/berth\"]");
    assertThat(Pattern.compile("\\bBERTH_[A-Z_]+(?==)").matcher(dockerfile).results())
        .isNotEmpty()
        .allMatch(variable -> DeployFolder.variables().contains(variable.group()));
  }

  @Test
  void allThatIsWrittenGoesToFoldersThatMayBeWritten() {
    assertThat(dockerfile)
        .contains("BERTH_DATA=/var/lib/berth", "XDG_CACHE_HOME=/tmp", "npm_config_cache=/tmp")
        .contains("VOLUME /var/lib/berth");
  }
}
