package dev.berth.launcher.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Secrets;
import dev.berth.gateway.door.Door;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.worker.http.OutboundPolicy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Apps that come over the wire, on a whole server with real JavaScript.
class DevAdministrationTest {

  private static final Path QUICKSTART = Path.of("../../examples/quickstart");
  private static final String APPS = "/api/admin/v3.0/groups/626572746870726f6a656374/apps";
  private static final Pattern KEY =
      Pattern.compile("public key +([a-z]{8})\\s+private key +([0-9a-f-]{36})");

  private final HttpClient http = HttpClient.newHttpClient();
  private final StringWriter printed = new StringWriter();
  @TempDir private Path folder;
  private @Nullable DevServer server;
  private String token = "";

  @AfterEach
  void stop() {
    http.close();
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void whatIsDeployedOverTheWireIsServedAtOnceAndAfterARestart() throws Exception {
    start(false);
    JsonObject app = new JsonObject(send("POST", APPS, name("shop"), 201));
    String one = APPS + "/" + app.getString("_id");

    send("POST", one + "/import?strategy=replace-by-name", document("Ahoy"), 204);

    String endpoint = "/app/" + app.getString("client_app_id") + "/endpoint/hello";
    assertThat(send("GET", endpoint, null, 200)).isEqualTo("\"Ahoy\"");
    send("POST", one + "/import?strategy=replace-by-name", document("Moin"), 204);
    assertThat(send("GET", endpoint, null, 200)).isEqualTo("\"Moin\"");
    stopServer();
    start(false);
    assertThat(send("GET", endpoint, null, 200)).isEqualTo("\"Moin\"");
    send("DELETE", one, null, 204);
    send("GET", endpoint, null, 404);
  }

  @Test
  void aFunctionIsRunAndItsLogHasWhatItPrinted() throws Exception {
    start(false);
    JsonObject app = new JsonObject(send("POST", APPS, name("shop"), 201));
    String one = APPS + "/" + app.getString("_id");
    send("POST", one + "/import", document("Ahoy"), 204);
    JsonObject call = new JsonObject().put("name", "hello").put("arguments", new JsonArray());

    String result = send("POST", one + "/debug/execute_function?run_as_system=true", call, 200);

    assertThat(new JsonObject(result).getString("result")).isEqualTo("Ahoy");
    JsonArray logs = new JsonArray();
    for (int i = 0; i < 500 && logs.isEmpty(); i++) {
      logs = new JsonObject(send("GET", one + "/logs", null, 200)).getJsonArray("logs");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(logs.getJsonObject(0).getJsonArray("messages")).containsExactly("said it");
  }

  @Test
  void aFunctionIsTriedBeforeItIsDeployed() throws Exception {
    start(false);
    JsonObject app = new JsonObject(send("POST", APPS, name("shop"), 201));
    String one = APPS + "/" + app.getString("_id");
    String tried = one + "/debug/execute_function_source?run_as_system=true&user_id=";
    JsonObject source =
        new JsonObject()
            .put("source", "exports = async (n) => { console.log('tried'); return n + 1; };")
            .put("eval_source", "exports(41)");
    send("POST", tried, source, 404);
    send("POST", one + "/import", document("Ahoy"), 204);

    JsonObject answer = new JsonObject(send("POST", tried, source, 200));

    assertThat(answer.getJsonObject("result").getString("$numberInt")).isEqualTo("42");
    assertThat(answer.getJsonArray("logs")).containsExactly("tried");
    assertThat(send("POST", tried, source.copy().put("eval_source", "nothing()"), 400))
        .contains("nothing is not defined");
    source.remove("eval_source");
    assertThat(send("POST", tried, source, 400)).contains("MissingParameter");
  }

  @Test
  void aTokenThatAUserShowsIsLookedAtForItsAppAlone() throws Exception {
    start(false);
    JsonObject app = new JsonObject(send("POST", APPS, name("shop"), 201));
    JsonObject other = new JsonObject(send("POST", APPS, name("other"), 201));
    String one = APPS + "/" + app.getString("_id");
    send("POST", one + "/import", document("Ahoy").put("auth", providers()), 204);
    send("POST", APPS + "/" + other.getString("_id") + "/import", document("Ahoy"), 204);
    String login =
        "/api/client/v2.0/app/"
            + app.getString("client_app_id")
            + "/auth/providers/anon-user/login";
    JsonObject session = new JsonObject(send("POST", login, new JsonObject(), 200));
    JsonObject shown = new JsonObject().put("token", session.getString("access_token"));

    JsonObject claims = new JsonObject(send("POST", one + "/users/verify_token", shown, 200));

    assertThat(claims.getString("sub")).isEqualTo(session.getString("user_id"));
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(1800);
    assertThat(claims.getString("domain_id")).isEqualTo(app.getString("client_app_id"));
    String elsewhere = APPS + "/" + other.getString("_id") + "/users/verify_token";
    assertThat(send("POST", elsewhere, shown, 401)).contains("InvalidSession");
    JsonObject refresh = new JsonObject().put("token", session.getString("refresh_token"));
    send("POST", one + "/users/verify_token", refresh, 401);
    send("PUT", one + "/users/" + session.getString("user_id") + "/logout", null, 204);
    send("POST", one + "/users/verify_token", shown, 401);
  }

  @Test
  void whoHasRegisteredIsConfirmedOrRemovedByAnAdministrator() throws Exception {
    start(false);
    JsonObject app = new JsonObject(send("POST", APPS, name("shop"), 201));
    String one = APPS + "/" + app.getString("_id");
    JsonObject providers = providers();
    providers
        .getJsonObject("providers")
        .getJsonObject("local-userpass")
        .getJsonObject("config")
        .put("autoConfirm", false)
        .put("runConfirmationFunction", true)
        .put("confirmationFunctionName", "hello");
    JsonObject document = document("Ahoy").put("auth", providers);
    document
        .getJsonObject("functions")
        .getJsonObject("sources")
        .put("hello.js", "exports = () => ({ status: 'pending' });");
    send("POST", one + "/import", document, 204);
    String client = "/api/client/v2.0/app/" + app.getString("client_app_id") + "/auth/providers";
    for (String email : List.of("ann@example.com", "bob@example.com")) {
      JsonObject person = new JsonObject().put("email", email).put("password", "hunter22");
      send("POST", client + "/local-userpass/register", person, 201);
    }
    String by = one + "/user_registrations/by_email/";
    JsonObject ann =
        new JsonObject().put("username", "ann@example.com").put("password", "hunter22");
    send("POST", client + "/local-userpass/login", ann, 401);

    send("POST", by + "ann%40example.com/confirm", null, 204);
    send("DELETE", by + "bob%40example.com", null, 204);

    send("POST", client + "/local-userpass/login", ann, 200);
    assertThat(send("GET", one + "/user_registrations/pending_users", null, 200)).isEqualTo("[]");
    assertThat(send("POST", by + "ann%40example.com/confirm", null, 400))
        .contains("UserAlreadyConfirmed");
    send("DELETE", by + "ann%40example.com", null, 400);
    send("POST", by + "bob%40example.com/confirm", null, 404);
    send("POST", by + "bob%40example.com/run_confirm", null, 404);
    JsonObject bob = new JsonObject().put("email", "bob@example.com").put("password", "hunter22");
    send("POST", client + "/local-userpass/register", bob, 201);
    send("POST", by + "bob%40example.com/run_confirm", null, 202);
    assertThat(send("POST", by + "bob%40example.com/send_confirm", null, 400))
        .contains("the app sends none");
  }

  @Test
  void whoSignsInAndWhoIsRefusedIsInTheLogWithoutWhatTheyShowed() throws Exception {
    start(false);
    JsonObject app = new JsonObject(send("POST", APPS, name("shop"), 201));
    String one = APPS + "/" + app.getString("_id");
    send("POST", one + "/import", document("Ahoy").put("auth", providers()), 204);
    String login =
        "/api/client/v2.0/app/" + app.getString("client_app_id") + "/auth/providers/%s/login";
    JsonObject stranger =
        new JsonObject().put("username", "a@example.com").put("password", "hunter22");

    String granted = send("POST", login.formatted("anon-user"), new JsonObject(), 200);
    send("POST", login.formatted("local-userpass"), stranger, 401);

    JsonArray logs = new JsonArray();
    for (int i = 0; i < 500 && logs.size() < 2; i++) {
      logs = new JsonObject(send("GET", one + "/logs?type=AUTH", null, 200)).getJsonArray("logs");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(logs).hasSize(2);
    List<JsonObject> both = logs.stream().map(JsonObject.class::cast).toList();
    JsonObject failed =
        both.stream().filter(each -> each.containsKey("error")).findAny().orElseThrow();
    JsonObject succeeded =
        both.stream().filter(each -> !each.containsKey("error")).findAny().orElseThrow();
    assertThat(succeeded.getString("user_id"))
        .isEqualTo(new JsonObject(granted).getString("user_id"));
    assertThat(succeeded.getJsonObject("auth_event")).isEqualTo(event("anon-user", false));
    assertThat(failed.getJsonObject("auth_event")).isEqualTo(event("local-userpass", true));
    assertThat(failed.getString("error_code")).isEqualTo("InvalidPassword");
    assertThat(logs.encode()).doesNotContain("hunter22").doesNotContain("token");
  }

  private static JsonObject event(String provider, boolean failed) {
    return new JsonObject().put("type", "LOGIN").put("provider", provider).put("failed", failed);
  }

  private static JsonObject providers() {
    JsonObject providers = new JsonObject();
    for (String name : List.of("anon-user", "local-userpass")) {
      providers.put(
          name,
          new JsonObject()
              .put("name", name)
              .put("type", name)
              .put("disabled", false)
              .put(
                  "config",
                  new JsonObject()
                      .put("autoConfirm", true)
                      .put("resetPasswordUrl", "http://localhost/reset")));
    }
    return new JsonObject().put("providers", providers);
  }

  @Test
  void aCallThatRunsWhenItsAppIsDeletedIsAnsweredAndTheNextOneFindsNoApp() throws Exception {
    start(false);
    JsonObject app = new JsonObject(send("POST", APPS, name("shop"), 201));
    String one = APPS + "/" + app.getString("_id");
    String slow =
        "exports = () => { console.log('it began'); return new Promise(r => setTimeout(() => r('done'), 1500)); };";
    JsonObject document = document("Ahoy");
    document.getJsonObject("functions").getJsonObject("sources").put("hello.js", slow);
    send("POST", one + "/import", document, 204);
    String endpoint = "/app/" + app.getString("client_app_id") + "/endpoint/hello";
    CompletableFuture<String> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return send("GET", endpoint, null, 200);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 500 && !printed.toString().contains("it began"); i++) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    send("DELETE", one, null, 204);

    assertThat(running.join()).isEqualTo("\"done\"");
    send("GET", endpoint, null, 404);
  }

  @Test
  void anAppOfAFolderIsListedAndChangedThereAlone() throws Exception {
    start(false);
    JsonObject app = new JsonArray(send("GET", APPS, null, 200)).getJsonObject(0);
    String one = APPS + "/" + app.getString("_id");

    String refused = send("POST", one + "/import", document("Ahoy"), 409);

    assertThat(app.getString("client_app_id")).isEqualTo("quickstart-abcde");
    assertThat(refused).contains("is served from a folder");
    assertThat(send("GET", one + "/description", null, 200)).contains("\"route\":\"/hello\"");
  }

  @Test
  void aServerShowsItsFirstAdministratorOnceAndLetsNobodyElseIn() throws Exception {
    start(true);
    send("GET", APPS, null, 401);
    Matcher key = KEY.matcher(printed.toString());
    assertThat(key.find()).isTrue();
    JsonObject credentials =
        new JsonObject().put("username", key.group(1)).put("apiKey", key.group(2));

    String tokens =
        send("POST", "/api/admin/v3.0/auth/providers/mongodb-cloud/login", credentials, 200);

    token = new JsonObject(tokens).getString("access_token");
    assertThat(send("GET", APPS, null, 200)).isEqualTo("[]");
    stopServer();
    printed.getBuffer().setLength(0);
    start(true);
    assertThat(printed.toString()).doesNotContain("private key");
    assertThat(send("GET", APPS, null, 200)).isEqualTo("[]");
  }

  @Test
  void theMasterKeyIsForItsOwnerAndAnotherOneEndsTheStart() throws Exception {
    start(false);
    Path key = folder.resolve("data/master.key");
    stopServer();

    assertThat(Files.getPosixFilePermissions(key).toString()).doesNotContain("OTHERS", "GROUP");
    Files.writeString(key, "A".repeat(43) + "=");
    try {
      start(false);
    } catch (StartFailure failure) {
      assertThat(failure).hasMessageContaining("encrypted with the master key");
      return;
    }
    throw new AssertionError("started with the wrong master key");
  }

  private static JsonObject name(String name) {
    return new JsonObject().put("name", name);
  }

  private static JsonObject document(String greeting) {
    JsonObject function =
        new JsonObject().put("name", "hello").put("private", false).put("run_as_system", true);
    JsonObject endpoint =
        new JsonObject()
            .put("route", "/hello")
            .put("http_method", "GET")
            .put("function_name", "hello")
            .put("validation_method", "NO_VALIDATION")
            .put("return_type", "JSON")
            .put("respond_result", true)
            .put("disabled", false);
    String source = "exports = () => { console.log('said it'); return '" + greeting + "'; };";
    return new JsonObject()
        .put("config_version", 20210101)
        .put("name", "shop")
        .put("functions", sources(function, source))
        .put("endpoints", new JsonObject().put("config", new JsonArray().add(endpoint)));
  }

  private static JsonObject sources(JsonObject function, String source) {
    return new JsonObject()
        .put("config", new JsonArray().add(function))
        .put("sources", new JsonObject().put("hello.js", source));
  }

  private void start(boolean signIn) throws StartFailure {
    Console console =
        new Console("test", new PrintWriter(printed, true), new PrintWriter(printed, true));
    server =
        DevServer.start(
            new DevOptions(
                signIn ? List.of() : List.of(QUICKSTART),
                "127.0.0.1",
                0,
                folder.resolve("data"),
                Secrets.none(),
                null,
                null,
                LimitSettings.standard(),
                OutboundPolicy.any(),
                null,
                null,
                Door.open(),
                null,
                signIn,
                DataSourceSettings.allOwn(),
                null),
            console);
  }

  private void stopServer() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  private String send(String method, String path, @Nullable JsonObject body, int expected)
      throws IOException, InterruptedException {
    if (server == null) {
      throw new IllegalStateException("there is no server");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(expected);
    return response.body();
  }
}
