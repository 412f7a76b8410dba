package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.OpenApi;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.tenant.Grant;
import dev.berth.controlplane.tenant.NewKey;
import dev.berth.controlplane.tenant.Project;
import dev.berth.controlplane.tenant.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The OpenAPI document against what it is about: every operation in it, tried by everybody.
class OpenApiTest {

  private static final String NOTHING = "5f0000000000000000000000";

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private JsonObject document;
  private Project hers;
  private String herApp;

  /// One operation of the document.
  ///
  /// @param role that it needs; `null` when it is about no project
  private record Operation(String method, String path, JsonObject json, @Nullable String role) {

    boolean isDigest() {
      return scheme().equals("digest");
    }

    String scheme() {
      JsonArray security = json.getJsonArray("security");
      return security.isEmpty() ? "" : security.getJsonObject(0).fieldNames().iterator().next();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeEach
  void read() {
    plane = RunningControlPlane.in(folder);
    document = plane.nobody().get(OpenApi.PATH).object(200);
    hers = project("ann");
    herApp =
        signIn(Grant.ownerOfOrganization(hers.organizationId()))
            .post("/groups/" + hers.id() + "/apps", new JsonObject().put("name", "shop"))
            .object(201)
            .getString("_id");
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

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(path);
      for (String method : methods.fieldNames()) {
        if (!method.equals("parameters")) {
          JsonObject json = methods.getJsonObject(method);
          String name = method.toUpperCase(Locale.ROOT);
          operations.add(new Operation(name, path, json, json.getString("x-berth-role")));
        }
      }
    }
    return operations;
  }

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() {
    Set<String> inTable = new HashSet<>();
    for (Route route : plane.plane.api().routes()) {
      assertThat(inTable.add(route.method() + " " + route.template()))
          .as("%s once", route)
          .isTrue();
    }

    assertThat(operations().stream().map(Operation::toString))
        .containsExactlyInAnyOrderElementsOf(inTable);
    assertThat(inTable).hasSizeGreaterThan(120);
  }

  @Test
  void everyOperationHasAnIdOfItsOwnAndItsParameters() {
    Set<String> ids = new HashSet<>();
    for (Operation operation : operations()) {
      assertThat(ids.add(operation.json.getString("operationId"))).as("%s", operation).isTrue();
      JsonArray parameters =
          document.getJsonObject("paths").getJsonObject(operation.path).getJsonArray("parameters");
      assertThat(parameters).hasSize(operation.path.split("\\{", -1).length - 1);
    }
  }

  @Test
  void whatIsThereForNobodyIsRefusedToNobody() {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : operations()) {
      int status = send(plane.nobody(), operation, hers.id()).status();
      if (operation.scheme().isEmpty()) {
        all.assertThat(status).as("%s", operation).isNotEqualTo(403);
      } else {
        all.assertThat(status).as("%s", operation).isEqualTo(401);
      }
    }
    all.assertAll();
  }

  @Test
  void whatBelongsToAnotherTenantIsNotFoundWhateverTheRole() {
    Project his = project("bob");
    SoftAssertions all = new SoftAssertions();
    List<Grant> grants =
        List.of(
            Grant.ownerOfOrganization(his.organizationId()),
            new Grant(his.id(), Role.PROJECT_OWNER),
            new Grant(his.id(), Role.APP_EDITOR),
            new Grant(his.id(), Role.READ_ONLY));
    for (Grant grant : grants) {
      Client bob = signIn(grant);
      for (Operation operation : ofProjects()) {
        Reply herProject = send(bob, operation, hers.id());
        all.assertThat(herProject.status()).as("%s for %s", operation, grant).isEqualTo(404);
        all.assertThat(herProject.text()).doesNotContain("shop", "role");
        if (operation.path.contains("{app}")) {
          Reply herAppInHis = send(bob, operation, his.id());
          all.assertThat(herAppInHis.status()).as("%s for %s", operation, grant).isEqualTo(404);
          all.assertThat(herAppInHis.text()).contains("app not found").doesNotContain("role");
        }
      }
    }
    all.assertAll();
  }

  @Test
  void whoHasTooSmallARoleIsRefusedAndNobodyElseIs() {
    SoftAssertions all = new SoftAssertions();
    List<Role> roles = List.of(Role.READ_ONLY, Role.APP_EDITOR, Role.PROJECT_OWNER);
    for (Role role : roles) {
      Client client = signIn(new Grant(hers.id(), role));
      for (Operation operation : ofProjectsAndTheEndOfTheAppLast()) {
        Role needed = needed(operation);
        int status = send(client, operation, hers.id()).status();
        if (role.includes(needed)) {
          all.assertThat(status).as("%s by %s", operation, role).isNotEqualTo(403);
        } else {
          all.assertThat(status).as("%s by %s", operation, role).isEqualTo(403);
        }
      }
    }
    all.assertAll();
  }

  @Test
  void anOrganizationIsNotFoundByWhoeverHasNoSayInIt() {
    Project his = project("bob");
    SoftAssertions all = new SoftAssertions();
    List<Grant> grants =
        List.of(
            Grant.ownerOfOrganization(his.organizationId()),
            new Grant(hers.id(), Role.PROJECT_OWNER),
            new Grant(hers.id(), Role.READ_ONLY));
    assertThat(ofOrganizations()).hasSizeGreaterThan(10);
    for (Grant grant : grants) {
      Client client = signIn(grant);
      for (Operation operation : ofOrganizations()) {
        Reply reply = send(client, operation, hers.id());
        all.assertThat(reply.status()).as("%s for %s", operation, grant).isEqualTo(404);
        all.assertThat(reply.text()).contains("organization not found").doesNotContain("role");
      }
    }
    all.assertAll();
  }

  /// What only the operator may do is told to the owner, who knows that there is the
  /// organization.
  @Test
  void theOwnerOfAnOrganizationDoesWithItWhatIsLeftToHer() {
    Client ann = signIn(Grant.ownerOfOrganization(hers.organizationId()));
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : ofOrganizations()) {
      Access access = access(operation);
      Reply reply = send(ann, operation, hers.id());
      if (access == Access.OPERATE) {
        all.assertThat(reply.status()).as("%s", operation).isEqualTo(403);
      } else {
        all.assertThat(reply.status()).as("%s", operation).isNotEqualTo(403);
        all.assertThat(reply.text()).doesNotContain("organization not found");
      }
    }
    all.assertAll();
  }

  @Test
  void theDocumentSaysWhatIsForTheOwnersOfTheFirstOrganizationAlone() {
    List<Operation> operations = operations();

    assertThat(operations).anyMatch(operation -> access(operation) == Access.OPERATE);
    for (Operation operation : operations) {
      assertThat(operation.json.getString("x-berth-organization"))
          .as("%s", operation)
          .isEqualTo(access(operation) == Access.OPERATE ? LocalTenant.ORGANIZATION : null);
    }
  }

  private Access access(Operation operation) {
    return plane.plane.api().routes().stream()
        .filter(route -> operation.toString().equals(route.method() + " " + route.template()))
        .map(Route::access)
        .findFirst()
        .orElseThrow();
  }

  private List<Operation> ofOrganizations() {
    return about("{org}");
  }

  /// Of an app that is gone nobody learns who may do something with it.
  private List<Operation> ofProjectsAndTheEndOfTheAppLast() {
    return ofProjects().stream()
        .sorted(
            Comparator.comparing(
                operation ->
                    operation.method.equals("DELETE") && operation.path.endsWith("/apps/{app}")))
        .toList();
  }

  private List<Operation> ofProjects() {
    return about("{group}");
  }

  private List<Operation> about(String parameter) {
    return operations().stream()
        .filter(operation -> operation.role != null && !operation.isDigest())
        .filter(operation -> operation.path.contains(parameter))
        .toList();
  }

  private static Role needed(Operation operation) {
    return Arrays.stream(Role.values())
        .filter(role -> role.wireName().equals(operation.role))
        .findFirst()
        .orElseThrow();
  }

  /// A request whose body is as good as none, because nobody should come to read it.
  private Reply send(Client client, Operation operation, String project) {
    List<String> parts = new ArrayList<>();
    for (String part : operation.path.split("/", -1)) {
      parts.add(
          switch (part) {
            case "{group}" -> project;
            case "{org}" -> hers.organizationId();
            case "{app}" -> herApp;
            default -> part.startsWith("{") ? NOTHING : part;
          });
    }
    boolean hasBody = !operation.method.equals("GET");
    return client.send(
        operation.method,
        String.join("/", parts),
        hasBody ? "application/json" : null,
        hasBody ? "{}".getBytes(StandardCharsets.UTF_8) : null);
  }
}
