package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What can be said of the alert rules and dashboards without Prometheus and Grafana. That the
/// metrics they name exist is looked at where workers are measured.
class ObservabilityTest {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]+)");

  private static final String OPERATIONS =
      Observability.read(Path.of("..", "docs", "operations.md"));

  static Stream<Map<String, Object>> alerts() {
    return Observability.alerts().stream();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertSaysWhatItIsAndWhereToReadOn(Map<String, Object> alert) {
    String name = String.valueOf(alert.get("alert"));

    assertThat(alert).containsKeys("expr", "labels", "annotations");
    assertThat(alert.get("labels")).extracting("severity").isIn("page", "ticket");
    assertThat(alert.get("annotations"))
        .extracting("runbook")
        .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
    assertThat(OPERATIONS).containsPattern("(?m)^### " + Pattern.quote(name) + "$");
  }

  static List<Path> dashboards() {
    return Observability.dashboards();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelHasAPlaceOfItsOwnAndAQuestion(Path dashboard) {
    JsonArray panels = new JsonObject(Observability.read(dashboard)).getJsonArray("panels");
    boolean[][] taken = new boolean[24][1000];

    assertThat(panels).isNotEmpty();
    for (Object each : panels) {
      JsonObject panel = (JsonObject) each;
      JsonObject place = panel.getJsonObject("gridPos");
      for (int x = 0; x < place.getInteger("w"); x++) {
        for (int y = 0; y < place.getInteger("h"); y++) {
          boolean[] column = taken[place.getInteger("x") + x];
          assertThat(column[place.getInteger("y") + y]).as(panel.getString("title")).isFalse();
          column[place.getInteger("y") + y] = true;
        }
      }
      assertThat(panel.getJsonArray("targets"))
          .isNotEmpty()
          .allSatisfy(target -> assertThat(((JsonObject) target).getString("expr")).isNotBlank());
    }
  }

  @Test
  void thePlatformATenantAndAnAppHaveEachADashboardOfItsOwn() {
    List<JsonObject> all =
        dashboards().stream().map(each -> new JsonObject(Observability.read(each))).toList();

    assertThat(all)
        .extracting(dashboard -> dashboard.getString("title"))
        .containsExactlyInAnyOrder("Berth: platform", "Berth: tenant", "Berth: app");
    assertThat(all).extracting(dashboard -> dashboard.getString("uid")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void whatAQueryLeavesOpenCanBeChosen(Path dashboard) {
    JsonObject content = new JsonObject(Observability.read(dashboard));
    List<String> choices =
        content.getJsonObject("templating").getJsonArray("list").stream()
            .map(choice -> ((JsonObject) choice).getString("name"))
            .toList();

    List<String> open =
        VARIABLE
            .matcher(content.getJsonArray("panels").encode())
            .results()
            .map(variable -> variable.group(1))
            // What begins so Grafana knows by itself.
            .filter(name -> !name.startsWith("__"))
            .distinct()
            .toList();

    assertThat(open).isNotEmpty().isSubsetOf(choices);
  }

  @Test
  void promtoolTakesTheRulesAndTheConfiguration() throws IOException, InterruptedException {
    String promtool = onThePath("promtool");
    assumeTrue(promtool != null, "there is no promtool on the PATH");

    for (String[] check :
        List.of(new String[] {"rules", "alerts.yml"}, new String[] {"config", "prometheus.yml"})) {
      Process process =
          new ProcessBuilder(String.valueOf(promtool), "check", check[0], check[1])
              .directory(Observability.FOLDER.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
  }

  private static @Nullable String onThePath(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }
}
