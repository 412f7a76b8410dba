package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.ServiceTerms;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.tenant.NewKey;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever runs an installation, those who own an organization in it, and those who own another.
class OrganizationsTest {

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private Client operator;
  private String herOrg;
  private String herProject;
  private Client ann;
  private Client bob;

  @BeforeEach
  void twoOrganizations() {
    plane = RunningControlPlane.in(folder);
    NewKey first = plane.plane.firstAdministrator().orElseThrow();
    operator = plane.signIn(first.publicKey(), first.privateKey());
    herOrg = organization("ann");
    String hisOrg = organization("bob");
    ann = owner(herOrg);
    bob = owner(hisOrg);
    herProject = ann.post("/orgs/" + herOrg + "/groups", named("web")).object(201).getString("id");
  }

  private String organization(String name) {
    return operator.post("/orgs", named(name)).object(201).getString("id");
  }

  private static JsonObject named(String name) {
    return new JsonObject().put("name", name);
  }

  private Client owner(String organization) {
    return signIn(key(operator, organization, role("ORG_OWNER", null)));
  }

  private static JsonObject key(Client by, String organization, JsonObject role) {
    return by.post(
            "/orgs/" + organization + "/apiKeys",
            new JsonObject().put("roles", new JsonArray().add(role)))
        .object(201);
  }

  private static JsonObject role(String name, @org.jspecify.annotations.Nullable String project) {
    JsonObject role = new JsonObject().put("role_name", name);
    return project == null ? role : role.put("group_id", project);
  }

  private Client signIn(JsonObject key) {
    return plane.signIn(key.getString("publicKey"), key.getString("privateKey"));
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void eachRoleMayDoWhatItSaysInItsProject() {
    Client owner = signIn(key(ann, herOrg, role("GROUP_OWNER", herProject)));
    Client editor = signIn(key(ann, herOrg, role("GROUP_APP_EDITOR", herProject)));
    Client reader = signIn(key(ann, herOrg, role("GROUP_READ_ONLY", herProject)));
    String apps = "/groups/" + herProject + "/apps";

    String app = apps + "/" + owner.post(apps, named("shop")).object(201).getString("_id");

    editor.post(apps, named("till")).require(403);
    editor.post(app + "/secrets", named("key").put("value", "x")).require(201);
    reader.post(app + "/secrets", named("other").put("value", "x")).require(403);
    reader.get(app).require(200);
    for (Client each : List.of(owner, editor, reader)) {
      each.get("/orgs/" + herOrg + "/apiKeys").require(404);
      assertThat(each.get("/orgs").array(200)).isEmpty();
    }
  }

  @Test
  void whatBelongsToAnotherOrganizationIsNotThere() {
    SoftAssertions all = new SoftAssertions();
    List<Route> routes =
        plane.plane.api().routes().stream()
            .filter(route -> route.template().contains("{org}"))
            .toList();
    assertThat(routes).hasSizeGreaterThan(12);

    for (Route route : routes) {
      String path = route.template().replace("{org}", herOrg).replaceAll("\\{.*?}", "x");
      boolean reads = route.method().equals(HttpMethod.GET);
      Reply answer =
          bob.send(
              route.method().name(),
              path,
              reads ? null : "application/json",
              reads ? null : new byte[] {'{', '}'});
      all.assertThat(answer.status()).as("%s", route).isEqualTo(404);
    }

    all.assertAll();
    bob.post("/orgs", named("third")).require(403);
    assertThat(bob.get("/orgs").array(200)).hasSize(1);
    assertThat(operator.get("/orgs").array(200)).hasSize(3);
    bob.post(
            "/orgs/" + bob.get("/orgs").array(200).getJsonObject(0).getString("id") + "/apiKeys",
            new JsonObject().put("roles", new JsonArray().add(role("GROUP_OWNER", herProject))))
        .require(404);
  }

  @Test
  void aDeletedKeyIsWorthNothingAtOnceAndTheLastOwnerStays() {
    JsonObject made = key(ann, herOrg, role("GROUP_READ_ONLY", herProject));
    Client reader = signIn(made);
    reader.get("/groups/" + herProject + "/apps").require(200);
    JsonArray keys = ann.get("/orgs/" + herOrg + "/apiKeys").array(200);

    ann.delete("/orgs/" + herOrg + "/apiKeys/" + made.getString("id")).require(204);

    reader.get("/groups/" + herProject + "/apps").require(401);
    assertThat(keys).hasSize(2);
    assertThat(keys.encode()).doesNotContain("privateKey");
    JsonObject owner = ann.get("/orgs/" + herOrg + "/apiKeys").array(200).getJsonObject(0);
    assertThat(
            ann.delete("/orgs/" + herOrg + "/apiKeys/" + owner.getString("id"))
                .object(409)
                .getString("error_code"))
        .isEqualTo("LastOwner");
  }

  /// In each round one of the two is refused, or finds itself gone.
  @Test
  void ofTwoOwnersWhoRemoveEachOtherAtOnceOneStays() {
    for (int round = 0; round < 20; round++) {
      String organization = organization("round " + round);
      JsonObject one = key(operator, organization, role("ORG_OWNER", null));
      JsonObject other = key(operator, organization, role("ORG_OWNER", null));
      Client first = signIn(one);
      Client second = signIn(other);
      String keys = "/orgs/" + organization + "/apiKeys/";

      CompletableFuture<Integer> ofFirst =
          CompletableFuture.supplyAsync(() -> first.delete(keys + other.getString("id")).status());
      int ofSecond = second.delete(keys + one.getString("id")).status();

      assertThat(List.of(ofFirst.join(), ofSecond)).contains(204).containsAnyOf(401, 404, 409);
      Client left = ofSecond == 204 ? second : first;
      left.get("/orgs/" + organization + "/apiKeys").require(200);
    }
  }

  @Test
  void peopleSignInWithAPassword() {
    JsonObject person =
        new JsonObject()
            .put("username", "eve")
            .put("password", "correct horse")
            .put("roles", new JsonArray().add(role("GROUP_READ_ONLY", herProject)));

    ann.post("/orgs/" + herOrg + "/users", person).require(201);

    plane
        .nobody()
        .post(
            "/auth/providers/local-userpass/login",
            new JsonObject().put("username", "eve").put("password", "correct horse"))
        .require(200);
    ann.post("/orgs/" + herOrg + "/users", person).require(409);
  }

  @Test
  void onlyWhatIsEmptyIsDeleted() {
    String apps = "/groups/" + herProject + "/apps";
    String app = apps + "/" + ann.post(apps, named("shop")).object(201).getString("_id");

    ann.delete("/orgs/" + herOrg + "/groups/" + herProject).require(409);
    operator.delete("/orgs/" + herOrg).require(409);
    ann.delete(app).require(204);
    ann.delete("/orgs/" + herOrg + "/groups/" + herProject).require(204);
    ann.delete("/orgs/" + herOrg).require(403);
    operator.delete("/orgs/" + herOrg).require(204);

    ann.get("/orgs").require(401);
    operator.delete("/orgs/" + LocalTenant.ORGANIZATION).require(409);
  }

  @Test
  void everyChangeIsInTheAuditLogOfTheOrganization() {
    ann.post("/orgs/" + herOrg + "/groups", named("shops")).require(201);

    assertThat(
            ann.get("/orgs/" + herOrg + "/audit").array(200).stream().map(JsonObject.class::cast))
        .extracting(entry -> entry.getString("method") + " " + entry.getString("route"))
        .contains(
            "POST /api/admin/v3.0/orgs/{org}/groups", "POST /api/admin/v3.0/orgs/{org}/apiKeys");
  }

  @Test
  void whatIsServedNamesWhoseItIs() {
    JsonObject app = deployed("shop");

    String tenant = terms(app).tenant();

    assertThat(ann.get("/orgs").array(200).stream().map(JsonObject.class::cast))
        .extracting(each -> each.getString("name"))
        .containsExactly(tenant);
    plane.restart();
    assertThat(terms(app).tenant()).isEqualTo(tenant);
  }

  @Test
  void theQuotaOfAnOrganizationGoesForItsAppsAndTheOneOfAnAppFirst() {
    JsonObject app = deployed("shop");
    String quota = "/orgs/" + herOrg + "/quota";
    String ofApp = "/orgs/" + herOrg + "/apps/" + app.getString("client_app_id") + "/quota";

    operator.put(quota, new JsonObject().put("requests_per_second", 50)).require(200);
    assertThat(terms(app).requestsPerSecond()).isEqualTo(50);

    operator
        .put(ofApp, new JsonObject().put("requests_per_second", 5).put("concurrent_requests", 2))
        .require(200);
    assertThat(terms(app).requestsPerSecond()).isEqualTo(5);
    assertThat(terms(app).concurrentRequests()).isEqualTo(2);

    ann.put(quota, new JsonObject()).require(403);
    ann.put(ofApp, new JsonObject()).require(403);
    operator.put(quota, new JsonObject().put("requests", 1)).require(400);
    operator.put(ofApp, new JsonObject().put("apps", 1)).require(400);
    plane.restart();
    assertThat(terms(app).requestsPerSecond()).isEqualTo(5);
    assertThat(ann.get(ofApp).object(200).getJsonObject("effective"))
        .isEqualTo(
            new JsonObject()
                .putNull("apps")
                .put("requests_per_second", 5)
                .put("concurrent_requests", 2)
                .putNull("stored_code_bytes"));
  }

  private JsonObject deployed(String name) {
    String apps = "/groups/" + herProject + "/apps";
    JsonObject app = ann.post(apps, named(name)).object(201);
    ann.post(
            apps + "/" + app.getString("_id") + "/import",
            AppDocuments.withFunction("exports = () => 1;"))
        .require(204);
    return app;
  }

  private ServiceTerms terms(JsonObject app) {
    return Objects.requireNonNull(plane.catalog.find(new AppId(app.getString("client_app_id"))))
        .terms();
  }

  @Test
  void anOrganizationHasNoMoreAppsAndNoMoreCodeThanItMay() {
    JsonObject app = deployed("shop");
    operator
        .put(
            "/orgs/" + herOrg + "/quota",
            new JsonObject().put("apps", 1).put("stored_code_bytes", 2_000))
        .require(200);
    String apps = "/groups/" + herProject + "/apps";
    String one = apps + "/" + app.getString("_id");

    assertThat(ann.post(apps, named("till")).object(409).getString("error_code"))
        .isEqualTo("AppLimitReached");
    Reply large =
        ann.post(
            one + "/import",
            AppDocuments.withFunction("exports = () => '" + "x".repeat(3_000) + "';"));
    assertThat(large.object(413).getString("error_code")).isEqualTo("StoredCodeLimitReached");
    ann.post(one + "/import", AppDocuments.withFunction("exports = () => 2;")).require(204);
  }

  @Test
  void theAddressesThatMayCallAnAppAreThoseOnItsListAtOnceAndAfterARestart() {
    JsonObject app = deployed("shop");
    String list =
        "/groups/" + herProject + "/apps/" + app.getString("_id") + "/security/access_list";
    String everywhere =
        ann.get(list).object(200).getJsonArray("allowed_ips").getJsonObject(0).getString("_id");
    long revision =
        Objects.requireNonNull(plane.catalog.find(new AppId(app.getString("client_app_id"))))
            .revision()
            .number();

    ann.post(list, new JsonObject().put("address", "203.0.113.0/24")).require(201);
    ann.delete(list + "/" + everywhere).require(204);

    assertThat(terms(app).allowedAddresses()).containsExactly("203.0.113.0/24");
    assertThat(
            Objects.requireNonNull(plane.catalog.find(new AppId(app.getString("client_app_id"))))
                .revision()
                .number())
        .isEqualTo(revision);
    ann.post(list, new JsonObject().put("address", "203.0.113.0/24")).require(409);
    ann.post(list, new JsonObject().put("address", "::::")).require(400);
    plane.restart();
    assertThat(terms(app).allowedAddresses()).containsExactly("203.0.113.0/24");
  }

  @Test
  void howLongUsersStaySignedInCountsAtOnceAndAfterARestart() {
    JsonObject app = deployed("shop");
    String expiration =
        "/groups/"
            + herProject
            + "/apps/"
            + app.getString("_id")
            + "/security/refresh_token_expiration";
    assertThat(ann.get(expiration).object(200)).isEqualTo(seconds(5_184_000));

    ann.put(expiration, seconds(1_800)).require(204);

    assertThat(ann.get(expiration).object(200)).isEqualTo(seconds(1_800));
    assertThat(terms(app).refreshTokenLife()).isEqualTo(Duration.ofMinutes(30));
    for (Object wrong : List.of(1_799, 157_680_001, 1_800.5, 1e30, "1800", new JsonArray())) {
      Reply refused = ann.put(expiration, seconds(wrong));
      refused.require(400);
      assertThat(refused.text()).as("%s", wrong).contains("expiration_time_seconds");
    }
    ann.put(expiration, new JsonObject()).require(400);
    bob.put(expiration, seconds(3_600)).require(404);
    plane.restart();
    assertThat(terms(app).refreshTokenLife()).isEqualTo(Duration.ofMinutes(30));
  }

  private static JsonObject seconds(Object value) {
    return new JsonObject().put("expiration_time_seconds", value);
  }
}
