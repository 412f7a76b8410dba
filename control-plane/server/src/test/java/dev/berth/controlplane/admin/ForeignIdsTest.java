package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.tenant.Grant;
import dev.berth.controlplane.tenant.NewKey;
import dev.berth.controlplane.tenant.Project;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in an app of one tenant, asked for by its true id in an app of another.
class ForeignIdsTest {

  private static final String NOTHING = "5f0000000000000000000000";

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private Client ann;
  private Client bob;
  private String herApp;
  private String hisApp;

  @BeforeEach
  void twoApps() {
    plane = RunningControlPlane.in(folder);
    Project hers = project("ann");
    Project his = project("bob");
    ann = signIn(hers);
    bob = signIn(his);
    herApp = app(ann, hers);
    hisApp = app(bob, his);
    fill();
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private Project project(String name) {
    return plane.plane.tenants().addProject(plane.plane.tenants().addOrganization(name), name);
  }

  private Client signIn(Project project) {
    NewKey key =
        plane
            .plane
            .administrators()
            .addKey(List.of(Grant.ownerOfOrganization(project.organizationId())));
    return plane.signIn(key.publicKey(), key.privateKey());
  }

  private static String app(Client client, Project project) {
    String apps = "/groups/" + project.id() + "/apps";
    return apps
        + "/"
        + client.post(apps, new JsonObject().put("name", "shop")).object(201).getString("_id");
  }

  /// One of everything that an app can have, and that has an id.
  private void fill() {
    JsonObject document = LocalApp.withSecret("x", "s3cret");
    JsonObject keys =
        new JsonObject().put("name", "api-key").put("type", "api-key").put("disabled", false);
    document.put("auth_providers", new JsonArray().add(keys));
    ann.post(herApp + "/import", document).require(204);
    JsonObject named = new JsonObject().put("name", "mine");
    ann.post(herApp + "/values", named.copy().put("value", 1)).require(201);
    ann.post(herApp + "/secrets", named.copy().put("value", "s")).require(201);
    ann.post(herApp + "/api_keys", named.copy()).require(201);
    JsonObject entry = new JsonObject().put("address", "10.0.0.0/8");
    ann.post(herApp + "/security/access_list", entry).require(201);
    ann.post(herApp + "/drafts").require(201);
  }

  /// He learns as little as of an id of nothing, and she has everything afterwards.
  @Test
  void anIdOfHersIsAnIdOfNothingInHisApp() {
    Map<String, String> ids = new TreeMap<>();
    SoftAssertions all = new SoftAssertions();
    for (Route route : plane.plane.api().routes()) {
      String below = belowApp(route);
      int parameter = below.indexOf("/{");
      if (parameter < 0) {
        continue;
      }
      String list = below.substring(0, parameter);
      String id = ids.computeIfAbsent(list, _ -> firstIdIn(ann.get(herApp + list)));
      if (!id.isEmpty()) {
        String asNothing = answer(bob, hisApp, route, NOTHING);
        all.assertThat(answer(bob, hisApp, route, id).replace(id, NOTHING))
            .as("%s with an id of hers", route)
            .isEqualTo(asNothing)
            .doesNotStartWith("2");
      }
    }
    ids.values().removeIf(String::isEmpty);

    all.assertAll();
    assertThat(ids.keySet())
        .contains(
            "/functions",
            "/values",
            "/secrets",
            "/services",
            "/api_keys",
            "/security/access_list",
            "/drafts",
            "/deployments");
    ids.forEach(
        (list, id) ->
            assertThat(ann.get(herApp + list).text()).as("%s is still hers", list).contains(id));
  }

  /// The path of a route behind that of the app; empty for routes of no app.
  private static String belowApp(Route route) {
    String app = "/apps/{app}";
    int end = route.template().indexOf(app);
    return end < 0 ? "" : route.template().substring(end + app.length());
  }

  private static String firstIdIn(Reply list) {
    if (list.status() != 200) {
      return "";
    }
    Object all = Json.decodeValue(list.text());
    if (all instanceof JsonObject object) {
      all =
          object.stream()
              .map(Map.Entry::getValue)
              .filter(JsonArray.class::isInstance)
              .findFirst()
              .orElse(new JsonArray());
    }
    return all instanceof JsonArray array
            && !array.isEmpty()
            && array.getValue(0) instanceof JsonObject first
        ? first.getString("_id", "")
        : "";
  }

  /// Status and text.
  private static String answer(Client client, String app, Route route, String id) {
    String path = app + belowApp(route).replaceAll("\\{[^}]*}", id);
    boolean hasBody = !route.method().equals(HttpMethod.GET);
    Reply reply =
        client.send(
            route.method().name(),
            path,
            hasBody ? "application/json" : null,
            hasBody ? "{}".getBytes(StandardCharsets.UTF_8) : null);
    return reply.status() + " " + reply.text();
  }
}
