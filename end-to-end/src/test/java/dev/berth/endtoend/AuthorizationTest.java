package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may call an endpoint: secret schemes, expressions, and both together.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationTest {

  private static final String SECRET = "Super5ecr3tPa55w0rd";
  private static final String API_KEY =
      "TpqAKQgvhZE4r6AOzpVydJ9a3tB1BLMrgDzLlBLbihKNDzSJWTAHMVbsMoIOpnM6";
  private static final String DOCUMENTED_BODY = "{ \"message\": \"Hello!\" }";
  private static final String DOCUMENTED_SIGNATURE =
      "sha256=d4f0537db4e230d7a6028a6f7c3bb1b57c9d16f39176d78697e559ac333e0b36";
  private static final String UNAUTHORIZED =
      "{\"error\":\"unauthorized\",\"error_code\":\"AuthError\"}";

  /// What is asked for, and whether the request has it.
  enum Given {
    RIGHT,
    WRONG,
    ABSENT
  }

  enum Scheme {
    NO_VALIDATION,
    SECRET_AS_QUERY_PARAM,
    VERIFY_PAYLOAD
  }

  enum Guard {
    NONE("{}"),
    HEADER("{\"%%request.requestHeaders.x-secret-key\": \"my-secret\"}"),
    FUNCTION(
        """
        {"%%true": {"%function": {"name": "isRight",
          "arguments": ["%%request.requestHeaders.x-secret-key"]}}}""");

    private final String expression;

    Guard(String expression) {
      this.expression = expression;
    }
  }

  record Case(Scheme scheme, Given secret, Guard guard, Given key) {

    boolean mayRun() {
      return (scheme == Scheme.NO_VALIDATION || secret == Given.RIGHT)
          && (guard == Guard.NONE || key == Given.RIGHT);
    }
  }

  private final BerthProcess berth;

  AuthorizationTest(@TempDir Path folder) {
    AppFolder app =
        AppFolder.in(folder, "guarded")
            .write("functions/open.js", "exports = () => ({ran: true});")
            .write(
                "functions/isRight.js",
                """
                exports = (keys) => {
                  if (keys === undefined) throw new Error('no key at all');
                  return keys[0] === 'my-secret';
                };""")
            .write(
                "functions/config.json",
                """
                [{"name": "open", "run_as_system": true, "private": true},
                 {"name": "isRight", "run_as_system": true, "private": true}]""")
            .write("https_endpoints/config.json", endpoints());
    berth =
        BerthProcess.dev(
            folder, app.path().toString(), "--data", folder + "/db", "--secret", "key=" + SECRET);
  }

  private static String endpoints() {
    List<String> endpoints = new ArrayList<>();
    for (Scheme scheme : Scheme.values()) {
      for (Guard guard : Guard.values()) {
        endpoints.add(
            """
            {"route": "/%s/%s", "http_method": "POST", "function_name": "open",
             "validation_method": "%s", "secret_name": "key", "can_evaluate": %s,
             "respond_result": true, "return_type": "JSON"}"""
                .formatted(scheme, guard, scheme, guard.expression));
      }
    }
    endpoints.add(
        """
        {"route": "/passwordRequired", "http_method": "GET", "function_name": "open",
         "verification_method": "SECRET_AS_QUERY_PARAM", "secret_name": "key",
         "respond_result": true, "return_type": "JSON"}""");
    return "[" + String.join(",\n", endpoints) + "]";
  }

  @AfterAll
  void close() {
    berth.close();
  }

  private static Stream<Case> cases() {
    return Stream.of(Scheme.values())
        .flatMap(
            scheme ->
                Stream.of(Given.values())
                    .flatMap(
                        secret ->
                            Stream.of(Guard.values())
                                .flatMap(
                                    guard ->
                                        Stream.of(Given.values())
                                            .map(key -> new Case(scheme, secret, guard, key)))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRequestRunsWhenItHasWhatItsSchemeAndItsExpressionWant(Case given) {
    HttpResponse<String> answer = send(given);

    assertThat(answer.statusCode()).isEqualTo(given.mayRun() ? 200 : 401);
    assertThat(answer.body()).isEqualTo(given.mayRun() ? "{\"ran\":true}" : UNAUTHORIZED);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  private HttpResponse<String> send(Case given) {
    List<String> headers = new ArrayList<>();
    switch (given.key()) {
      case RIGHT -> headers.addAll(List.of("X-Secret-Key", "my-secret"));
      case WRONG -> headers.addAll(List.of("X-Secret-Key", "my-Secret"));
      case ABSENT -> {}
    }
    String query =
        switch (given.secret()) {
          case RIGHT -> "?secret=" + SECRET;
          case WRONG -> "?secret=wrong";
          case ABSENT -> "";
        };
    switch (given.secret()) {
      case RIGHT -> headers.addAll(List.of("Endpoint-Signature", DOCUMENTED_SIGNATURE));
      case WRONG -> headers.addAll(List.of("Endpoint-Signature", "sha256=" + "0".repeat(64)));
      case ABSENT -> {}
    }
    return berth.post(
        "/" + given.scheme() + "/" + given.guard() + query,
        DOCUMENTED_BODY,
        headers.toArray(String[]::new));
  }

  @Test
  void theReasonStandsInTheLogUnderTheIdOfTheRequest() {
    assertReason(berth.post("/NO_VALIDATION/HEADER", "x"), "can_evaluate of the endpoint is false");
    HttpResponse<String> failed = berth.post("/NO_VALIDATION/FUNCTION", "x");
    assertReason(failed, "can_evaluate of the endpoint could not be decided");
    assertReason(failed, "it threw: FunctionExecutionError");
    assertReason(
        berth.post("/VERIFY_PAYLOAD/NONE?secret=" + SECRET, "x"),
        "the signature header is missing");
    assertThat(berth.output()).doesNotContain(SECRET, "my-secret");
  }

  private void assertReason(HttpResponse<String> answer, String reason) {
    String id = answer.headers().firstValue("X-Berth-Request-Id").orElseThrow();

    berth.awaitLine(line -> line.contains(id) && line.contains(reason));
  }

  @Test
  void theDocumentedCallWithASecretIsAnswered() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(berth.url("/passwordRequired?secret=" + SECRET))
            .method(
                "GET",
                HttpRequest.BodyPublishers.ofString(
                    "{ \"data\": \"VGhpcyBpcyBzb21lIGRhdGEgdGhhdCB3YXMgZW5jb2RlZCBhcyBhIEJhc2U2NCBB"
                        + "U0NJSSBzdHJpbmc=\" }"));

    HttpResponse<String> answer =
        BerthProcess.send(request, "Accept", "application/json", "apiKey", API_KEY);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void theDocumentedSignatureIsAcceptedAndOnlyForItsBody() {
    String route = "/VERIFY_PAYLOAD/NONE";

    assertThat(signed(route, DOCUMENTED_BODY).statusCode()).isEqualTo(200);
    assertThat(signed(route, "{\"message\":\"Hello!\"}").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> signed(String route, String body) {
    return berth.post(
        route,
        body,
        "Accept",
        "application/json",
        "apiKey",
        API_KEY,
        "Endpoint-Signature",
        DOCUMENTED_SIGNATURE);
  }
}
