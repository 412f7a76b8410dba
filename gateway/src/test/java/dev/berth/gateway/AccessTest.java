package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static dev.berth.gateway.TestApps.endpoint;
import static dev.berth.gateway.TestApps.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.ValidationMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest extends GatewayTestBase {

  private static final String URL = "/app/shop-abcde/endpoint/door";
  private static final Endpoint DOOR = endpoint(HttpMethod.ANY, "/door", "open");
  private static final String SECRET = "Super5ecr3tPa55w0rd";
  private static final String UNAUTHORIZED =
      "{\"error\":\"unauthorized\",\"error_code\":\"AuthError\"}";
  private static final String MISSING =
      "{\"error\":\"must specify some form of authentication (either email+password, api-key, or"
          + " jwt) in the request header or body\",\"error_code\":\"MissingParameter\"}";
  private static final String INVALID =
      "{\"error\":\"invalid session: error finding user for endpoint\","
          + "\"error_code\":\"InvalidSession\"}";
  private static final String DOCUMENTED_BODY = "{ \"message\": \"Hello!\" }";
  private static final String DOCUMENTED_SIGNATURE =
      "sha256=d4f0537db4e230d7a6028a6f7c3bb1b57c9d16f39176d78697e559ac333e0b36";

  private void deployGuarded(ValidationMethod by) {
    deploy(
        app("shop-abcde")
            .with(guarded(DOOR, by, "key"), new RunAs.AsSystem())
            .secret("key", SECRET));
  }

  private void assertRefused(HttpRequest.Builder request, String body) {
    assertRefused(request, 401, body);
  }

  private void assertRefused(HttpRequest.Builder request, int status, String body) {
    HttpResponse<String> response = send(request);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void applicationAuthenticationWithoutCredentialsRunsNothing() {
    deploy(app("shop-abcde").with(DOOR, new RunAs.Caller()));

    assertRefused(request(URL), 400, MISSING);
    assertRefused(request(URL).header("Authorization", "Basic dTpw"), 400, MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "apiKey,         abc",
    "API-KEY,        abc",
    "email,          bob@example",
    "jwtTokenString, a.b.c",
    "Authorization,  Bearer abc",
    "Authorization,  bearer abc",
  })
  void credentialsOfNobodyAreRefused(String name, String value) {
    deploy(app("shop-abcde").with(DOOR, new RunAs.Caller()));

    assertRefused(request(URL).header(name, value), INVALID);
  }

  @Test
  void functionsThatRunAsAUserWaitForUsers() {
    deploy(app("shop-abcde").with(DOOR, new RunAs.AsUser("628e47baf4c2ac2796fc8a91")));
    assertRefused(request(URL), INVALID);

    deploy(app("shop-abcde").with(DOOR, new RunAs.ByScript("exports = () => 'x'")), 2);
    assertRefused(request(URL), INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?secret=" + SECRET,
        "?a=1&secret=" + SECRET + "&secret=wrong",
        "?%73ecret=Super5ecr3tPa55w0r%64"
      })
  void theRightSecretOpens(String query) {
    deployGuarded(ValidationMethod.SECRET_AS_QUERY_PARAM);

    assertThat(get(URL + query).statusCode()).isEqualTo(204);
    assertThat(invoker.onlyCall().request().facts().rawQueryString()).doesNotContain("ecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?secret",
        "?secret=",
        "?secret=wrong",
        "?secret=wrong&secret=" + SECRET,
        "?Secret=" + SECRET,
        "?%2573ecret=" + SECRET,
        "?secret=" + SECRET + "x",
      })
  void anyOtherSecretDoesNot(String query) {
    deployGuarded(ValidationMethod.SECRET_AS_QUERY_PARAM);

    assertRefused(request(URL + query), UNAUTHORIZED);
  }

  @Test
  void aSecretThatTheAppDoesNotHaveOpensNothing() {
    deploy(
        app("shop-abcde")
            .with(
                guarded(DOOR, ValidationMethod.SECRET_AS_QUERY_PARAM, "key"), new RunAs.AsSystem())
            .secret("key", ""));
    assertRefused(request(URL + "?secret="), UNAUTHORIZED);

    deploy(
        app("shop-abcde")
            .with(guarded(DOOR, ValidationMethod.VERIFY_PAYLOAD, "key"), new RunAs.AsSystem()),
        2);
    assertRefused(
        request(URL).POST(text("x")).header("Endpoint-Signature", DOCUMENTED_SIGNATURE),
        UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Endpoint-Signature", "endpoint-signature", "X-Hook-Signature"})
  void theDocumentedSignatureIsAccepted(String header) {
    deployGuarded(ValidationMethod.VERIFY_PAYLOAD);

    HttpResponse<String> response =
        send(request(URL).POST(text(DOCUMENTED_BODY)).header(header, DOCUMENTED_SIGNATURE));

    assertThat(response.statusCode()).isEqualTo(204);
  }

  @Test
  void signaturesAreHexInEitherCaseOverTheRawBytes() throws Exception {
    deployGuarded(ValidationMethod.VERIFY_PAYLOAD);
    String upper = "sha256=" + DOCUMENTED_SIGNATURE.substring(7).toUpperCase(Locale.ROOT);

    assertThat(
            send(request(URL).POST(text(DOCUMENTED_BODY)).header("Endpoint-Signature", upper))
                .statusCode())
        .isEqualTo(204);
    assertThat(send(request(URL).header("Endpoint-Signature", signatureOf(""))).statusCode())
        .isEqualTo(204);
    String large = "x".repeat(MAX_REQUEST_BYTES);
    assertThat(
            send(request(URL).POST(text(large)).header("Endpoint-Signature", signatureOf(large)))
                .statusCode())
        .isEqualTo(204);
  }

  private static String signatureOf(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "sha256=zz",
        "sha256=d4f0537db4e230d7a6028a6f7c3bb1b57c9d16f39176d78697e559ac333e0b37",
        "d4f0537db4e230d7a6028a6f7c3bb1b57c9d16f39176d78697e559ac333e0b36",
        "sha1=d4f0537db4e230d7a6028a6f7c3bb1b57c9d16f39176d78697e559ac333e0b36",
      })
  void anyOtherSignatureIsRefused(String signature) {
    deployGuarded(ValidationMethod.VERIFY_PAYLOAD);

    assertRefused(
        request(URL).POST(text(DOCUMENTED_BODY)).header("Endpoint-Signature", signature),
        UNAUTHORIZED);
  }

  @Test
  void aChangedBodyOrNoSignatureIsRefused() {
    deployGuarded(ValidationMethod.VERIFY_PAYLOAD);

    assertRefused(
        request(URL)
            .POST(text("{\"message\":\"Hello!\"}"))
            .header("Endpoint-Signature", DOCUMENTED_SIGNATURE),
        UNAUTHORIZED);
    assertRefused(request(URL).POST(text(DOCUMENTED_BODY)), UNAUTHORIZED);
  }

  @Test
  void onlyPagesOfAllowedOriginsMayCall() {
    deploy(app("shop-abcde").with(DOOR, new RunAs.AsSystem()).origin("https://a.example"));

    int listed = send(request(URL).header("Origin", "https://a.example")).statusCode();
    int none = get(URL).statusCode();
    HttpResponse<String> other = send(request(URL).header("Origin", "https://a.example.evil"));
    HttpResponse<String> both =
        send(
            request(URL)
                .header("Origin", "https://a.example")
                .header("Origin", "https://b.example"));
    HttpResponse<String> preflight =
        send(
            request(URL)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "null"));

    assertThat(List.of(listed, none)).containsOnly(204);
    assertThat(List.of(other, both, preflight))
        .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(403));
    assertThat(invoker.calls()).hasSize(2);
  }
}
