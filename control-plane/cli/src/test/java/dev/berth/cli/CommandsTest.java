package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.bundle.BundleArchive;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the commands send, print and end with.
class CommandsTest {

  private static final String APP = "/groups/g1/apps/a1";
  private static final String NO_DIFFERENCE = "[]";

  @TempDir Path folder;
  @TempDir Path profiles;

  private final StringWriter printed = new StringWriter();
  private AnsweringServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new AnsweringServer()
            .on("GET /auth/profile", 200, "{\"roles\": [{\"group_id\": \"g1\"}]}")
            .on(
                "GET /groups/g1/apps",
                200,
                "[{\"_id\": \"a1\", \"client_app_id\": \"shop-abcde\", \"name\": \"shop\","
                    + " \"group_id\": \"g1\"}]");
    Files.writeString(
        folder.resolve("realm_config.json"),
        "{\"config_version\": 20210101, \"app_id\": \"shop-abcde\", \"name\": \"shop\"}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(Object command, String... arguments) {
    return new CommandRun(server, profiles, printed).run(command, arguments);
  }

  @Test
  void anAppThatIsUpToDateIsNotDeployed() {
    server.on("POST " + APP + "/import", 200, NO_DIFFERENCE);

    int exit = run(new PushCommand(), folder.toString());

    assertThat(exit).isZero();
    assertThat(printed.toString()).isEqualToIgnoringNewLines("shop-abcde is up to date");
    assertThat(server.requests())
        .containsExactly(
            "GET /auth/profile",
            "GET /groups/g1/apps",
            "GET /auth/profile",
            "GET /groups/g1/apps",
            "POST " + APP + "/import?strategy=replace-by-name&diff=true");
  }

  @Test
  void aChangedAppIsDeployedByWayOfADraft() {
    server
        .on("POST " + APP + "/import", 200, "[\"changed: function a\"]")
        .on("POST " + APP + "/import", 204, "")
        .on("POST " + APP + "/drafts", 201, "{\"_id\": \"d1\"}")
        .on(
            "POST " + APP + "/drafts/d1/deployment",
            201,
            "{\"_id\": \"x\", \"status\": \"created\"}")
        .on("GET " + APP + "/deployments/x", 200, "{\"_id\": \"x\", \"status\": \"successful\"}");

    int exit = run(new PushCommand(), folder.toString());

    assertThat(exit).isZero();
    assertThat(printed.toString())
        .contains("changed: function a")
        .contains("shop-abcde is deployed");
    assertThat(server.requests())
        .endsWith(
            "POST " + APP + "/drafts",
            "POST " + APP + "/import?strategy=replace-by-name",
            "POST " + APP + "/drafts/d1/deployment",
            "GET " + APP + "/deployments/x");
  }

  @Test
  void aRefusedImportThrowsItsDraftAway() {
    server
        .on("POST " + APP + "/import", 200, "[\"changed: function a\"]")
        .on("POST " + APP + "/import", 400, "{\"error\": \"values/a.json: wrong\"}")
        .on("POST " + APP + "/drafts", 201, "{\"_id\": \"d1\"}")
        .on("DELETE " + APP + "/drafts/d1", 204, "");

    int exit = run(new PushCommand(), folder.toString());

    assertThat(exit).isEqualTo(1);
    assertThat(printed.toString()).contains("failed: values/a.json: wrong");
    assertThat(server.requests()).last().isEqualTo("DELETE " + APP + "/drafts/d1");
  }

  @Test
  void anAppWithErrorsIsNotSent() throws IOException {
    Files.createDirectories(folder.resolve("values"));
    Files.writeString(folder.resolve("values/a.json"), "{\"name\": \"a\"}");

    int exit = run(new PushCommand(), folder.toString());

    assertThat(exit).isEqualTo(1);
    assertThat(printed.toString()).contains("values/a.json:1 /value: \"value\" is required");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aPulledAppLiesInItsFolder() {
    byte[] archive =
        BundleArchive.zip(
            AppBundle.of(Map.of("realm_config.json", "{}\n".getBytes(StandardCharsets.UTF_8))),
            List.of("values"));
    server.on("GET " + APP + "/export", 200, new String(archive, StandardCharsets.ISO_8859_1));
    Path target = folder.resolve("copy");

    int exit = run(new PullCommand(), target.toString(), "--app", "shop");

    assertThat(exit).isZero();
    assertThat(target.resolve("realm_config.json")).hasContent("{}");
  }

  @Test
  void aFolderWithOtherThingsIsNotWrittenTo() throws IOException {
    Path target = Files.createDirectories(folder.resolve("other"));
    Files.writeString(target.resolve("letter.txt"), "dear");

    int exit = run(new PullCommand(), target.toString(), "--app", "shop");

    assertThat(exit).isEqualTo(1);
    assertThat(printed.toString()).contains("is not empty");
  }

  @Test
  void aSessionThatHasExpiredIsRenewedOnTheWay() {
    server
        .on(
            "POST /auth/providers/mongodb-cloud/login",
            200,
            "{\"access_token\": \"old\", \"refresh_token\": \"long\"}")
        .on("POST /auth/session", 201, "{\"access_token\": \"new\"}")
        .on(
            "GET " + APP + "/secrets",
            401,
            "{\"error\": \"x\", \"error_code\": \"InvalidSession\"}")
        .on("GET " + APP + "/secrets", 200, "[{\"_id\": \"s\", \"name\": \"key\"}]");
    run(new LoginCommand(), "--api-key", "pub", "--private-api-key", "priv");

    int exit = run(new SecretsCommand(), "list", "--app", "shop");

    assertThat(exit).isZero();
    assertThat(printed.toString()).contains("key");
    assertThat(server.requests())
        .endsWith(
            "GET " + APP + "/secrets as Bearer old",
            "POST /auth/session as Bearer long",
            "GET " + APP + "/secrets as Bearer new");
  }

  @Test
  void noTokenIsSentToAnotherAddress() {
    server.on(
        "POST /auth/providers/mongodb-cloud/login",
        200,
        "{\"access_token\": \"mine\", \"refresh_token\": \"long\"}");
    run(new LoginCommand(), "--api-key", "pub", "--private-api-key", "priv");

    Profile elsewhere =
        new ProfileStore(profiles).load("default").at(URI.create("http://other.example"));

    assertThat(elsewhere.accessToken()).isNull();
    assertThat(new ProfileStore(profiles).load("default").accessToken()).isEqualTo("mine");
  }

  @Test
  void listsArePrintedAsJsonWhenThatIsAskedFor() {
    int exit = run(new AppsCommand(), "list", "--output", "json");

    assertThat(exit).isZero();
    assertThat(printed.toString()).startsWith("[").contains("\"client_app_id\": \"shop-abcde\"");
  }

  @Test
  void aMistakeIsOneLineAndNoStack() {
    int exit = run(new SecretsCommand(), "list", "--app", "gone");

    assertThat(exit).isEqualTo(1);
    assertThat(printed.toString())
        .isEqualToIgnoringNewLines("failed: there is no app \"gone\" among yours");
  }

  @Test
  void aFunctionIsRunWithTheArgumentsGiven() {
    server.on(
        "POST " + APP + "/debug/execute_function",
        200,
        "{\"result\": {\"$numberInt\": \"3\"}, \"logs\": [\"adding\"]}");

    int exit = run(new FunctionCommand(), "run", "--app", "shop", "--name", "sum", "--args", "1");

    assertThat(exit).isZero();
    assertThat(printed.toString()).contains("adding").contains("\"$numberInt\": \"3\"");
    assertThat(server.requests())
        .last()
        .isEqualTo("POST " + APP + "/debug/execute_function?run_as_system=true");
  }
}
