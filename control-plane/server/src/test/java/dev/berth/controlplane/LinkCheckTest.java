package dev.berth.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import dev.berth.controlplane.packages.PackageIntake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app whose data source leads nowhere does not go live.
class LinkCheckTest {

  private static final AppId SHOP = new AppId("shop-abcde");

  @TempDir private Path folder;

  @BeforeEach
  void anApp() throws IOException {
    Files.writeString(folder.resolve("root_config.json"), "{\"name\": \"shop\"}");
    Path source = Files.createDirectories(folder.resolve("data_sources/atlas"));
    Files.writeString(
        source.resolve("config.json"),
        "{\"name\": \"atlas\", \"type\": \"mongodb-atlas\", \"config\": {}}");
  }

  private List<String> problems(@Nullable AppId appId) {
    AppDirectory.Result read = AppDirectory.read(folder);
    assertThat(read).isInstanceOf(AppDirectory.Loaded.class);
    var checks =
        new DeploymentChecks(
            List.of(),
            _ -> new PackageIntake.Taken(Packages.none(), List.of()),
            (app, source) -> SHOP.equals(app) && source.equals("atlas"));
    return switch (checks.verdict(appId, (AppDirectory.Loaded) read, Secrets.none())) {
      case Verdict.Failed(List<Problem> problems) ->
          problems.stream().filter(Problem::isError).map(Problem::toString).toList();
      case Verdict.Passed _ -> List.of();
    };
  }

  @Test
  void anAppWhoseDataSourceIsLinkedPasses() {
    assertThat(problems(SHOP)).isEmpty();
  }

  @Test
  void anotherAppIsToldHowItsDataSourceIsLinked() {
    assertThat(problems(new AppId("bank-fghij")))
        .containsExactly(
            "data_sources/atlas/config.json: the data source is not linked to a database: an"
                + " operator links it with the setting data-source.bank-fghij.atlas=mongodb://…,"
                + " or with data-source.*.atlas for all apps");
  }

  @Test
  void anAppWithoutAnIdIsToldThatOneBelongsThere() {
    assertThat(problems(null))
        .singleElement()
        .asString()
        .contains("data-source.<App ID>.atlas=mongodb://…");
  }
}
