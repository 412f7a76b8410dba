package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.region.Placement;
import dev.berth.appmodel.region.ServedRegions;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where apps are, in an installation that serves two regions.
class RegionsTest {

  private static final String EU = "https://eu.apps.example.com";
  private static final String APPS = "/groups/" + LocalTenant.PROJECT + "/apps";

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private Client client;

  @BeforeEach
  void start() {
    ServedRegions regions =
        ServedRegions.parse(
            List.of("aws-eu-west-1=" + EU, "aws-us-east-2=https://us.apps.example.com"));
    plane = RunningControlPlane.in(folder, settings -> settings.with(regions).withLocalAccess());
    client = plane.nobody();
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void everyAppIsShownWithTheUrlWhereItIsServed() {
    JsonObject local =
        client
            .post(
                APPS,
                new JsonObject()
                    .put("name", "local")
                    .put("location", "IE")
                    .put("deployment_model", "LOCAL"))
            .object(201);
    JsonObject global = client.post(APPS, new JsonObject().put("name", "wide")).object(201);

    String localUrl = EU + "/app/" + local.getString("client_app_id") + "/endpoint";
    assertThat(local.getString("endpoint_base_url")).isEqualTo(localUrl);
    assertThat(local.getString("provider_region")).isEqualTo("aws-eu-west-1");
    assertThat(global.getString("endpoint_base_url"))
        .isEqualTo(plane.url() + "/app/" + global.getString("client_app_id") + "/endpoint");
    assertThat(description(local).getString("endpoint_base_url")).isEqualTo(localUrl);
    assertThat(client.get(APPS).array(200).stream().map(JsonObject.class::cast))
        .extracting(app -> app.getString("endpoint_base_url"))
        .contains(localUrl);
  }

  private JsonObject description(JsonObject app) {
    return client.get(path(app) + "/description").object(200);
  }

  private static String path(JsonObject app) {
    return APPS + "/" + app.getString("_id");
  }

  @Test
  void anAppStaysWhereItWasMadeWhateverItsFilesSay() {
    JsonObject app =
        client
            .post(
                APPS,
                new JsonObject()
                    .put("name", "shop")
                    .put("provider_region", "aws-us-east-2")
                    .put("deployment_model", "LOCAL"))
            .object(201);

    client
        .post(
            path(app) + "/import?strategy=replace-by-name",
            AppDocuments.withFunction("exports = () => 1;"))
        .require(204);

    assertThat(app.getString("location")).isEqualTo("US-VA");
    assertThat(live(app)).isEqualTo(new Placement(DeploymentModel.LOCAL, "aws-us-east-2"));
  }

  private Placement live(JsonObject app) {
    return Placement.of(
        Objects.requireNonNull(plane.catalog.find(new AppId(app.getString("client_app_id"))))
            .definition());
  }

  @Test
  void aMigrationCountsAtOnceAndOutlivesTheProcessAndARollback() {
    JsonObject app = client.post(APPS, new JsonObject().put("name", "shop")).object(201);
    String path = path(app);
    String source = "exports = () => 1;";
    client.post(path + "/import", AppDocuments.withFunction(source)).require(204);
    assertThat(client.get(path + "/deployment_migration").object(200)).isEmpty();

    client.put(path + "/deployment_migration", to("LOCAL", "aws-eu-west-1")).require(204);

    Placement eu = new Placement(DeploymentModel.LOCAL, "aws-eu-west-1");
    assertThat(live(app)).isEqualTo(eu);
    assertThat(client.get(path).object(200).getString("endpoint_base_url")).startsWith(EU);
    JsonObject status = client.get(path + "/deployment_migration").object(200);
    assertThat(status.getString("status")).isEqualTo("successful");
    assertThat(status.getJsonObject("from")).isEqualTo(to("GLOBAL", "aws-us-east-1"));
    assertThat(status.getJsonObject("to")).isEqualTo(to("LOCAL", "aws-eu-west-1"));

    JsonArray history = client.get(path + "/deployments").array(200);
    String first = history.getJsonObject(history.size() - 1).getString("_id");
    client.post(path + "/deployments/" + first + "/redeploy").require(204);
    assertThat(live(app)).isEqualTo(eu);
    plane.restart();
    assertThat(live(app)).isEqualTo(eu);
  }

  private static JsonObject to(String model, String region) {
    return new JsonObject().put("deployment_model", model).put("provider_region", region);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOCAL  | aws-sa-east-1 | does not serve the region aws-sa-east-1; it serves [aws-eu-west-1",
        "LOCAL  | moon          | there is no provider region moon",
        "EVERY  | aws-us-east-1 | there is no deployment model EVERY",
        "GLOBAL | aws-us-east-1 | the app is GLOBAL in aws-us-east-1 already"
      })
  void aMigrationThatCannotBeIsRefused(String model, String region, String message) {
    String path = path(client.post(APPS, new JsonObject().put("name", "shop")).object(201));

    JsonObject answer = client.put(path + "/deployment_migration", to(model, region)).object(400);

    assertThat(answer.getString("error")).contains(message);
    assertThat(client.get(path + "/deployment_migration").object(200)).isEmpty();
  }

  @Test
  void anAppThatCannotBeServedElsewhereStaysWhereItWas() {
    JsonObject app = client.post(APPS, new JsonObject().put("name", "shop")).object(201);
    client
        .post(path(app) + "/import", AppDocuments.withFunction("exports = () => 1;"))
        .require(204);
    String quota =
        "/orgs/" + LocalTenant.ORGANIZATION + "/apps/" + app.getString("client_app_id") + "/quota";
    client.put(quota, new JsonObject().put("stored_code_bytes", 1)).require(200);

    client.put(path(app) + "/deployment_migration", to("LOCAL", "aws-eu-west-1")).require(413);

    assertThat(live(app)).isEqualTo(Placement.USUAL);
    JsonObject status = client.get(path(app) + "/deployment_migration").object(200);
    assertThat(status.getString("status")).isEqualTo("failed");
    assertThat(status.getString("message")).isEqualTo("the app stayed GLOBAL in aws-us-east-1");
    assertThat(client.get(path(app)).object(200).getString("deployment_model")).isEqualTo("GLOBAL");
  }

  @Test
  void theRegionsOnOfferAreThoseThatAreServed() {
    assertThat(client.get("/provider_regions").array(200).stream().map(JsonObject.class::cast))
        .extracting(region -> region.getString("id"))
        .containsExactly("aws-eu-west-1", "aws-us-east-2");
  }
}
