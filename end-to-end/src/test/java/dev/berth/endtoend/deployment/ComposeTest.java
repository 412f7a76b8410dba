package dev.berth.endtoend.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be said of the compose file without Docker.
class ComposeTest {

  private static final String FILE = "compose/compose.yaml";

  private final YamlObject compose = DeployFolder.yaml(DeployFolder.read(FILE)).getFirst();

  @Test
  void itFitsTheSchemaOfCompose() throws IOException, InterruptedException {
    DeployFolder.assertFitsSchema("compose", DeployFolder.FOLDER.resolve(FILE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "worker", "control-plane"})
  void eachRoleRunsWithoutRightsAndWithSettingsThatThereAre(String role) {
    YamlObject service = compose.object("services").object(role);

    assertThat(service.at("command")).isEqualTo(List.of("start", "--role", role));
    assertThat(service.at("read_only")).isEqualTo(true);
    assertThat(service.at("cap_drop")).isEqualTo(List.of("ALL"));
    assertThat(service.at("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
    assertThat(service.text("user")).startsWith("${BERTH_USER:?");
    assertThat(service.object("environment").members().keySet())
        .contains("MONGODB_URI", "BERTH_MASTER_KEY", "BERTH_CLUSTER_SECRET")
        .isSubsetOf(DeployFolder.variables());
  }

  @Test
  void onlyTheGatewayIsReachedFromOtherMachines() {
    Map<String, Object> services = compose.object("services").members();

    assertThat(services.keySet()).contains("mongo1", "mongo2", "mongo3", "prometheus", "grafana");
    services.forEach(
        (name, service) -> {
          Object ports = YamlObject.of(service).at("ports");
          if (!name.equals("gateway") && ports != null) {
            assertThat((List<?>) ports)
                .allMatch(port -> String.valueOf(port).startsWith("127.0.0.1:"));
          }
        });
  }

  @Test
  void everyFileThatIsMountedIsThere() {
    List<String> mounted =
        compose.object("services").members().values().stream()
            .map(YamlObject::of)
            .map(service -> service.at("volumes"))
            .filter(Objects::nonNull)
            .flatMap(volumes -> ((List<?>) volumes).stream())
            .map(volume -> String.valueOf(volume).split(":", -1)[0])
            .filter(path -> path.startsWith("."))
            // Those that ./prepare makes.
            .filter(path -> !path.equals("./secrets") && !path.equals("./data"))
            .toList();

    assertThat(mounted)
        .isNotEmpty()
        .allSatisfy(
            path -> assertThat(DeployFolder.FOLDER.resolve("compose").resolve(path)).exists());
  }

  @Test
  void whatPrometheusReadsIsARoleThatThereIs() {
    YamlObject prometheus =
        DeployFolder.yaml(DeployFolder.read("compose/prometheus.yml")).getFirst();

    YamlObject job = prometheus.objects("scrape_configs").getFirst();

    assertThat(job.text("metrics_path")).isEqualTo("/metrics/all");
    assertThat(Stream.of(job.objects("dns_sd_configs").getFirst().at("names")))
        .containsExactly(List.of("gateway", "worker", "control-plane"));
  }
}
