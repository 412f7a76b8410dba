package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The documented calls that say who is calling, against endpoints with application
/// authentication.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {

  private static final String SECRET = "Super5ecr3tPa55w0rd";
  private static final String SIGNING_KEY = "a_key_that_two_systems_know_alone";

  /// `{"aud": "myapp-abcde", "sub": "1234567890", "name": "John Doe", "exp": 2145916800}`,
  /// signed with the key above.
  private static final String JWT =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJteWFwcC1hYmNkZSIsInN1YiI6IjEyMzQ"
          + "1Njc4OTAiLCJuYW1lIjoiSm9obiBEb2UiLCJleHAiOjIxNDU5MTY4MDB9.qewuU8s8kC1ohYAFdchpjF"
          + "AUcI_l_CXXkraZ60gpGLE";

  private final BerthProcess berth;
  private final String apiKey;

  AuthenticationTest(@TempDir Path folder) {
    AppFolder app =
        AppFolder.in(folder, "myapp")
            .write(
                ".mdb/meta.json",
                "{\"config_version\": 20230101, \"client_app_id\": \"myapp-abcde\"}")
            .write("auth/providers.json", providers())
            .write("functions/config.json", functions())
            .write(
                "functions/hello.js",
                """
                exports = (request) => {
                  const { name } = request.body === undefined ? { name: 'nobody' } : JSON.parse(request.body.text());
                  return `Hello, ${name}!`;
                };""")
            .write(
                "functions/latest.js",
                "exports = () => ({ greeting: 'Hello, Leafie!', date: new Date(1654589430998) });")
            .write(
                "functions/custom.js",
                """
                exports = async (request, response) => {
                  const requestBody = JSON.parse(request.body.text());
                  const { insertedId } = await context.services.get('mongodb-atlas').db('myDb')
                    .collection('myCollection').insertOne({ date: new Date(), requestBody });
                  response.setStatusCode(201);
                  response.setBody(JSON.stringify({ insertedId, message: 'Successfully saved the request body' }));
                };""")
            .write(
                "functions/scripted.js",
                "exports = () => ({ system: context.runningAsSystem(), user: context.user.type });")
            .write("functions/open.js", "exports = () => context.user.data.email;")
            .write("https_endpoints/config.json", endpoints());
    berth =
        BerthProcess.dev(
            folder,
            app.path().toString(),
            "--data",
            folder + "/db",
            "--secret",
            "key=" + SECRET,
            "--secret",
            "signingKey=" + SIGNING_KEY,
            "--limit",
            "cpu-time=1s");
    apiKey = signUp();
  }

  private static String providers() {
    return """
        {"anon-user": {"name": "anon-user", "type": "anon-user", "disabled": false},
         "api-key": {"name": "api-key", "type": "api-key", "disabled": false},
         "local-userpass": {"name": "local-userpass", "type": "local-userpass", "disabled": false,
           "config": {"autoConfirm": true, "runResetFunction": false,
             "resetPasswordUrl": "https://shop.example.com/reset?lang=en", "resetPasswordSubject": "New password"}},
         "custom-token": {"name": "custom-token", "type": "custom-token", "disabled": false,
           "config": {"signingAlgorithm": "HS256"}, "secret_config": {"signingKeys": ["signingKey"]}}}
        """;
  }

  private static String functions() {
    return """
        [{"name": "hello"}, {"name": "latest"}, {"name": "open"}, {"name": "custom", "run_as_system": true},
         {"name": "scripted", "run_as_user_id_script_source":
           "exports = ({ query }) => { while (query.how === 'loop'); return query.how === 'system' ? { runAsSystem: true } : query.how; }"}]
        """;
  }

  private static String endpoints() {
    String endpoint =
        """
        {"route": "%s", "http_method": "%s", "function_name": "%s", "respond_result": true, "return_type": "JSON",
         "validation_method": "%s", "secret_name": "key", "create_user_on_auth": true}""";
    return List.of(
            endpoint.formatted("/hello", "*", "hello", "NO_VALIDATION"),
            endpoint.formatted("/hello/latest", "GET", "latest", "NO_VALIDATION"),
            endpoint.formatted("/custom", "POST", "custom", "NO_VALIDATION"),
            endpoint.formatted("/scripted", "GET", "scripted", "NO_VALIDATION"),
            endpoint.formatted("/passwordRequired", "GET", "open", "SECRET_AS_QUERY_PARAM"),
            endpoint.formatted("/sendMessage", "POST", "open", "VERIFY_PAYLOAD"))
        .toString();
  }

  @AfterAll
  void close() {
    berth.close();
  }

  /// Registers `bob@example` and makes an API key for him.
  private String signUp() {
    String bob = "{\"email\": \"bob@example\", \"password\": \"Pa55w0rd!\"}";
    assertThat(client("/app/myapp-abcde/auth/providers/local-userpass/register", bob).statusCode())
        .isEqualTo(201);
    HttpResponse<String> made =
        client(
            "/auth/api_keys",
            "{\"name\": \"key\"}",
            "Authorization",
            "Bearer " + tokenOf("refresh_token"));
    return field(made, "key");
  }

  private String tokenOf(String field) {
    return field(
        client(
            "/app/myapp-abcde/auth/providers/local-userpass/login",
            "{\"username\": \"bob@example\", \"password\": \"Pa55w0rd!\"}"),
        field);
  }

  private HttpResponse<String> client(String path, String body, String... headers) {
    URI url = URI.create(berth.baseUrl() + "/api/client/v2.0" + path);
    return BerthProcess.send(
        HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
  }

  private static String field(HttpResponse<String> answer, String name) {
    Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
    if (!field.find()) {
      throw new AssertionError("no " + name + " in " + answer.body());
    }
    return field.group(1);
  }

  @Test
  void aCallWithAnApiKeyIsAnsweredUnderBothNamesOfTheHeader() {
    assertThat(berth.post("/hello", "{\"name\": \"Casey\"}", "apiKey", apiKey).body())
        .isEqualTo("\"Hello, Casey!\"");
    assertThat(
            berth
                .post(
                    "/hello",
                    "{ \"name\": \"Alice\" }",
                    "api-key",
                    apiKey,
                    "Content-Type",
                    "application/json")
                .body())
        .isEqualTo("\"Hello, Alice!\"");
  }

  @Test
  void theFormatFollowsTheAcceptHeader() {
    assertThat(berth.get("/hello/latest", "Accept", "application/ejson", "apiKey", apiKey).body())
        .isEqualTo(
            "{\"greeting\":\"Hello, Leafie!\",\"date\":{\"$date\":{\"$numberLong\":\"1654589430998\"}}}");
    assertThat(berth.get("/hello/latest", "Accept", "application/json", "apiKey", apiKey).body())
        .isEqualTo("{\"greeting\":\"Hello, Leafie!\",\"date\":\"2022-06-07T08:10:30.998Z\"}");
  }

  @Test
  void aDocumentIsStoredByACallWithAKey() {
    HttpResponse<String> answer =
        berth.post("/custom", "{\"type\": \"event\", \"name\": \"New Year\"}", "apiKey", apiKey);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).contains("Successfully saved the request body");
  }

  @Test
  void aCallWithAnAccessTokenIsAnswered() {
    HttpResponse<String> answer =
        berth.get(
            "/hello",
            "Authorization",
            "Bearer " + tokenOf("access_token"),
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("\"Hello, nobody!\"");
  }

  @Test
  void aCallWithAnAddressAndAPasswordIsAnswered() {
    assertThat(
            berth
                .post(
                    "/hello",
                    "{ \"name\": \"Bob\" }",
                    "email",
                    "bob@example",
                    "password",
                    "Pa55w0rd!")
                .body())
        .isEqualTo("\"Hello, Bob!\"");
  }

  @Test
  void aCallWithATokenOfAnotherSystemIsAnswered() {
    assertThat(berth.post("/hello", "{ \"name\": \"Carlos\" }", "jwtTokenString", JWT).body())
        .isEqualTo("\"Hello, Carlos!\"");
  }

  @Test
  void aSecretIsAskedForAfterTheUser() {
    String right = "/passwordRequired?secret=" + SECRET;

    assertThat(berth.get(right, "apiKey", apiKey).body()).isEqualTo("\"bob@example\"");
    assertThat(berth.get("/passwordRequired", "apiKey", apiKey).body())
        .isEqualTo("{\"error\":\"unauthorized\",\"error_code\":\"AuthError\"}");
    assertThat(berth.get(right).body()).contains("MissingParameter");
  }

  @Test
  void theDocumentedSignatureIsAskedForAfterTheUser() {
    String signature = "sha256=d4f0537db4e230d7a6028a6f7c3bb1b57c9d16f39176d78697e559ac333e0b36";
    String body = "{ \"message\": \"Hello!\" }";

    assertThat(
            berth
                .post("/sendMessage", body, "apiKey", apiKey, "Endpoint-Signature", signature)
                .body())
        .isEqualTo("\"bob@example\"");
    assertThat(berth.post("/sendMessage", body, "Endpoint-Signature", signature).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aScriptSaysAsWhomAnEndpointRuns() {
    assertThat(berth.get("/scripted?how=system").body())
        .isEqualTo("{\"system\":true,\"user\":\"system\"}");
    assertThat(berth.get("/scripted?how=system", "apiKey", apiKey).body())
        .isEqualTo("{\"system\":true,\"user\":\"normal\"}");
    for (String how : List.of("loop", "628e47baf4c2ac2796fc8a91", "")) {
      HttpResponse<String> answer = berth.get("/scripted?how=" + how);

      assertThat(answer.statusCode()).as(how).isEqualTo(401);
      assertThat(answer.body()).contains("InvalidSession");
    }
  }

  @Test
  void aResetLinkIsPrintedAndWorksOnce() {
    String reset = "/app/myapp-abcde/auth/providers/local-userpass/reset";
    client(
        "/app/myapp-abcde/auth/providers/local-userpass/register",
        "{\"email\": \"eve@example\", \"password\": \"Pa55w0rd!\"}");

    assertThat(client(reset + "/send", "{\"email\": \"eve@example\"}").statusCode()).isEqualTo(200);

    Pattern link =
        Pattern.compile("https://shop\\.example\\.com/reset\\?lang=en&token=(\\S+)&tokenId=(\\S+)");
    berth.awaitLine(line -> link.matcher(line).find());
    Matcher printed = link.matcher(berth.output());
    assertThat(printed.find()).isTrue();
    String body =
        "{\"token\": \"%s\", \"tokenId\": \"%s\", \"password\": \"another one\"}"
            .formatted(printed.group(1), printed.group(2));
    assertThat(client(reset, body).statusCode()).isEqualTo(200);
    assertThat(client(reset, body).body()).contains("invalid token data");
    assertThat(berth.get("/hello", "email", "eve@example", "password", "another one").statusCode())
        .isEqualTo(200);
  }

  @Test
  void theLogSaysWhyAndShowsNoCredential() {
    berth.get("/hello", "apiKey", "some-guessed-key");

    berth.awaitLine(line -> line.contains("request not authenticated"));
    assertThat(berth.output())
        .contains("myapp-abcde")
        .doesNotContain("some-guessed-key", "Pa55w0rd!", apiKey, SIGNING_KEY);
  }
}
