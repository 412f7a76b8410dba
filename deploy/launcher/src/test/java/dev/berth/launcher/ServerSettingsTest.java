package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.roles.Role;
import dev.berth.launcher.roles.RoleOptions;
import dev.berth.launcher.settings.ServerFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the settings of a process of a cluster mean, and what is said of those that mean nothing.
class ServerSettingsTest {

  private static final String DATABASE = "mongodb://database";
  private static final String SECRET = "a text that nobody guesses";

  @TempDir private Path folder;

  private static RoleOptions read(String roles, Map<String, String> settings) throws StartFailure {
    return new ServerSettings(ServerFile.read(null, settings), settings).inCluster(roles);
  }

  private Map<String, String> elsewhere() throws Exception {
    String file = Files.writeString(folder.resolve("a.pem"), "").toString();
    Map<String, String> settings = new HashMap<>();
    settings.put("MONGODB_URI", DATABASE);
    settings.put("BERTH_CLUSTER_HOST", "10.0.0.7");
    settings.put("BERTH_CLUSTER_SECRET", SECRET);
    settings.put("BERTH_CLUSTER_CERTIFICATE", file);
    settings.put("BERTH_CLUSTER_KEY", file);
    settings.put("BERTH_CLUSTER_AUTHORITY", file);
    return settings;
  }

  @Test
  void aProcessHasTheRolesOfAList() throws Exception {
    RoleOptions options = read("gateway, worker", Map.of("MONGODB_URI", DATABASE));

    assertThat(options.roles()).containsExactlyInAnyOrder(Role.GATEWAY, Role.WORKER);
    assertThat(options.drain()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.workersPerApp()).isEqualTo(2);
    assertThat(options.membership().port()).isEqualTo(5701);
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "gatewya",
                    Map.of(
                        "BERTH_PORT", "x",
                        "BERTH_DRAIN", "long",
                        "BERTH_WORKERS_PER_APP", "0",
                        "BERTH_CLUSTER_PORT", "0",
                        "BERTH_REGION", "eu",
                        "BERTH_CLUSTER_NAME", "no name",
                        "BERTH_CLUSTER_HOST", "0.0.0.0")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("there is no role gatewya")
        .hasMessageContaining("port must be a number")
        .hasMessageContaining("drain must be a duration")
        .hasMessageContaining("workers-per-app must be a number between 1 and 100")
        .hasMessageContaining("cluster-port is missing")
        .hasMessageContaining("there is no region eu; there are")
        .hasMessageContaining("cluster-name has")
        .hasMessageContaining("cluster-host must be an address");
  }

  @Test
  void theProcessesOfAClusterShareADatabase() {
    assertThatThrownBy(() -> read("gateway", Map.of()))
        .hasMessageContaining("mongodb-uri (MONGODB_URI) is missing");
  }

  @Test
  void aWorkerHasWorkerProcesses() {
    assertThatThrownBy(() -> read("worker", Map.of("MONGODB_URI", DATABASE, "BERTH_WORKERS", "0")))
        .hasMessageContaining("workers must be at least 1");
  }

  @Test
  void withASecretAndCertificatesAClusterMayLeaveTheMachine() throws Exception {
    assertThat(read("gateway", elsewhere()).membership().certificate()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "BERTH_CLUSTER_SECRET, , cluster-secret",
    "BERTH_CLUSTER_SECRET, short, at least 16 characters",
    "BERTH_CLUSTER_KEY, , need each other",
    "BERTH_CLUSTER_AUTHORITY, /no/such/file, cannot be read"
  })
  void withoutOneOfThemItMayNot(String setting, String value, String message) throws Exception {
    Map<String, String> settings = elsewhere();
    settings.put(setting, value == null ? "" : value);

    assertThatThrownBy(() -> read("gateway", settings)).hasMessageContaining(message);
  }

  @Test
  void whoHasAnotherSecretHasAnotherName() throws Exception {
    Map<String, String> other = elsewhere();
    other.put("BERTH_CLUSTER_SECRET", SECRET + "!");

    assertThat(read("gateway", other).membership().name())
        .isNotEqualTo(read("gateway", elsewhere()).membership().name())
        .doesNotContain(SECRET);
  }
}
