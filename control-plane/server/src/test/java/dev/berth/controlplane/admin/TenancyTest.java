package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.tenant.Grant;
import dev.berth.controlplane.tenant.NewKey;
import dev.berth.controlplane.tenant.Project;
import dev.berth.controlplane.tenant.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every route there is, tried by everybody who may not use it.
class TenancyTest {

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private Project hers;
  private Project his;
  private Client ann;
  private Client bob;
  private String herApp;
  private List<Route> routesOfProjects;

  @BeforeEach
  void twoTenants() {
    plane = RunningControlPlane.in(folder);
    hers = project("ann");
    his = project("bob");
    ann = signIn(Grant.ownerOfOrganization(hers.organizationId()));
    bob = signIn(Grant.ownerOfOrganization(his.organizationId()));
    herApp =
        ann.post("/groups/" + hers.id() + "/apps", new JsonObject().put("name", "shop"))
            .object(201)
            .getString("_id");
    routesOfProjects =
        plane.plane.api().routes().stream()
            .filter(route -> route.template().contains("{group}"))
            .filter(route -> route.access() != Access.DIGEST)
            .toList();
  }

  private Project project(String name) {
    return plane.plane.tenants().addProject(plane.plane.tenants().addOrganization(name), name);
  }

  private Client signIn(Grant grant) {
    NewKey key = plane.plane.administrators().addKey(List.of(grant));
    return plane.signIn(key.publicKey(), key.privateKey());
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void idsOfAnotherTenantAreIdsOfNothingInEveryRoute() {
    SoftAssertions all = new SoftAssertions();
    assertThat(routesOfProjects).hasSizeGreaterThan(45);

    for (Route route : routesOfProjects) {
      Reply herProject = send(bob, route, hers.id());
      all.assertThat(herProject.status()).as("%s in her project", route).isEqualTo(404);
      if (route.template().contains("{app}")) {
        Reply herAppInHis = send(bob, route, his.id());
        all.assertThat(herAppInHis.status()).as("%s in his project", route).isEqualTo(404);
        all.assertThat(herAppInHis.text())
            .as("%s tells nothing of what is there", route)
            .isEqualTo(
                "{\"error\":\"app not found: '%s'\",\"error_code\":\"AppNotFound\"}"
                    .formatted(herApp));
      }
    }

    all.assertAll();
    ann.get("/groups/" + hers.id() + "/apps/" + herApp).require(200);
  }

  @Test
  void nobodyGetsAnywhereWithoutASession() {
    SoftAssertions all = new SoftAssertions();

    for (Route route : routesOfProjects) {
      all.assertThat(send(plane.nobody(), route, hers.id()).status())
          .as("%s", route)
          .isEqualTo(401);
      all.assertThat(send(plane.withToken("x.y.z"), route, hers.id()).status())
          .as("%s with nonsense", route)
          .isEqualTo(401);
      all.assertThat(send(plane.withToken(String.valueOf(ann.refresh)), route, hers.id()).status())
          .as("%s with a refresh token", route)
          .isEqualTo(401);
    }

    all.assertAll();
  }

  @Test
  void anEditorMakesAndDeletesNoApps() {
    Client editor = signIn(new Grant(hers.id(), Role.APP_EDITOR));
    String apps = "/groups/" + hers.id() + "/apps";

    editor.post(apps, new JsonObject().put("name", "other")).require(403);
    editor.delete(apps + "/" + herApp).require(403);

    editor.post(apps + "/" + herApp + "/drafts").require(201);
  }

  @Test
  void everybodySeesTheirOwnProjectsAndNoOthers() {
    JsonArray roles = bob.get("/auth/profile").object(200).getJsonArray("roles");

    assertThat(roles).hasSize(1);
    assertThat(roles.getJsonObject(0).getString("group_id")).isEqualTo(his.id());
  }

  @Test
  void draftsAreOfOneAdministrator() {
    Client other = signIn(Grant.ownerOfOrganization(hers.organizationId()));
    String drafts = "/groups/" + hers.id() + "/apps/" + herApp + "/drafts";
    String draft = ann.post(drafts).object(201).getString("_id");

    other.post(drafts + "/" + draft + "/deployment").require(404);
    other.delete(drafts + "/" + draft).require(404);

    assertThat(other.get(drafts).array(200)).isEmpty();
    other.post(drafts).require(201);
  }

  @Test
  void whoEndsASessionEndsAllOfItsTokens() {
    plane.withToken(String.valueOf(ann.refresh)).delete("/auth/session").require(204);

    ann.get("/auth/profile").require(401);
    plane.withToken(String.valueOf(ann.refresh)).post("/auth/session").require(401);
  }

  @Test
  void everyChangeIsWrittenDownWithoutWhatIsSecretInIt() {
    ann.post(
            "/groups/" + hers.id() + "/apps/" + herApp + "/secrets",
            new JsonObject().put("name", "token").put("value", "s3cret-value"))
        .require(201);

    Reply log = ann.get("/groups/" + hers.id() + "/audit");

    JsonObject last = log.array(200).getJsonObject(0);
    assertThat(last.getString("route")).endsWith("/secrets");
    assertThat(last.getString("method")).isEqualTo("POST");
    assertThat(last.getString("remoteAddress")).isEqualTo("127.0.0.1");
    assertThat(last.getString("administratorId")).hasSize(24);
    assertThat(log.text()).doesNotContain("s3cret-value");
    bob.get("/groups/" + his.id() + "/audit").require(200);
    assertThat(bob.get("/groups/" + his.id() + "/audit").text()).doesNotContain(herApp);
  }

  @Test
  void aChangeThatFailedIsWrittenDownToo() {
    Client reader = signIn(new Grant(hers.id(), Role.READ_ONLY));
    String app = "/groups/" + hers.id() + "/apps/" + herApp;

    reader.post(app + "/drafts").require(403);
    ann.delete(app + "/secrets/5f0000000000000000000000").require(404);
    ann.post(app + "/import", new JsonObject().put("functions", 3)).require(400);

    JsonArray log = ann.get("/groups/" + hers.id() + "/audit").array(200);
    assertThat(log.getJsonObject(0).getInteger("status")).isEqualTo(400);
    assertThat(log.getJsonObject(0).getString("route")).endsWith("/import");
    assertThat(log.getJsonObject(0).getString("error_code")).isEqualTo("InvalidApp");
    assertThat(log.getJsonObject(1).getInteger("status")).isEqualTo(404);
    assertThat(log.getJsonObject(2).getInteger("status")).isEqualTo(403);
    assertThat(log.getJsonObject(2).getString("administratorId"))
        .isNotEqualTo(log.getJsonObject(1).getString("administratorId"));
  }

  @Test
  void theAuditLogHasNoQuestionsAndNoAddressesOfUsers() {
    String app = "/groups/" + hers.id() + "/apps/" + herApp;

    ann.post(app + "/users/verify_token", new JsonObject().put("token", "x"));
    ann.delete(app + "/user_registrations/by_email/carol@example.com").require(404);

    Reply log = ann.get("/groups/" + hers.id() + "/audit");
    assertThat(log.array(200).getJsonObject(0).getString("route")).endsWith("/by_email/{email}");
    assertThat(log.text()).doesNotContain("verify_token", "carol");
  }

  @Test
  void whatBerthDoesNotHaveItSaysPlainly() {
    String app = "/groups/" + hers.id() + "/apps/" + herApp;

    assertThat(ann.get(app + "/push/notifications").object(501).getString("error"))
        .isEqualTo("Berth does not have this route of the Admin API");
    assertThat(ann.get("/flags").status()).isEqualTo(501);
    assertThat(bob.get(app + "/push/notifications").status()).isEqualTo(404);
  }

  /// A request whose body is as good as none, because nobody should come to read it.
  private Reply send(Client client, Route route, String project) {
    List<String> parts = new ArrayList<>();
    for (String part : route.template().split("/", -1)) {
      parts.add(
          switch (part) {
            case "{group}" -> project;
            case "{app}" -> herApp;
            default -> part.startsWith("{") ? "5f0000000000000000000000" : part;
          });
    }
    boolean hasBody = !route.method().equals(HttpMethod.GET);
    return client.send(
        route.method().name(),
        String.join("/", parts),
        hasBody ? "application/json" : null,
        hasBody ? "{}".getBytes(StandardCharsets.UTF_8) : null);
  }
}
