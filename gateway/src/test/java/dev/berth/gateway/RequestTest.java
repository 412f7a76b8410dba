package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.HttpMethod;
import dev.berth.invocation.Caller;
import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.EndpointRequest.QueryParameter;
import dev.berth.invocation.Header;
import dev.berth.invocation.Invocation;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTest extends GatewayTestBase {

  private static final String URL = "/app/shop-abcde/endpoint/echo";

  @BeforeEach
  void deployEcho() {
    deploy(app("shop-abcde").with(HttpMethod.ANY, "/echo", "echo"));
  }

  private EndpointRequest received() {
    return invoker.onlyCall().request();
  }

  @Test
  void theInvocationSaysWhatRunsAndAsWhom() {
    HttpResponse<String> response = get(URL);

    Invocation.EndpointCall call = invoker.onlyCall();
    assertThat(call.appId().value()).isEqualTo("shop-abcde");
    assertThat(call.function()).isEqualTo("echo");
    assertThat(call.wantsResult()).isTrue();
    assertThat(call.envelope().caller()).isEqualTo(Caller.system());
    assertThat(call.envelope().timeLimit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(call.request().facts().remoteIpAddress()).isEqualTo("127.0.0.1");
    assertThat(header(response, "X-Berth-Request-Id")).isEqualTo(call.requestId().value());
  }

  @Test
  void aRequestWithoutABodyHasNone() {
    send(request(URL).POST(BodyPublishers.noBody()));

    assertThat(received().body()).isNull();
  }

  @Test
  void theBodyIsTheBytesReceivedWhateverTheContentType() {
    byte[] bytes = new byte[50_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }

    send(
        request(URL)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofByteArray(bytes)));

    assertThat(received().body()).isEqualTo(Buffer.buffer(bytes));
  }

  @Test
  void aChunkedBodyIsPutTogether() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(
          "POST "
              + URL
              + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(204);
    }

    assertThat(received().body()).isEqualTo(Buffer.buffer("abcdefg"));
  }

  @Test
  void aGetMayHaveABody() {
    send(request(URL).method("GET", text("data")));

    assertThat(received().body()).isEqualTo(Buffer.buffer("data"));
  }

  @Test
  void queryParametersAreDecodedOnceInOrderTheFirstOfEachCounts() {
    get(URL + "?regions=na,eu&b=1&a=x+y&b=2&e=%C3%A9&plus=%2B&flag&empty=&twice=%2541");

    assertThat(received().query())
        .containsExactly(
            new QueryParameter("regions", "na,eu"),
            new QueryParameter("b", "1"),
            new QueryParameter("a", "x y"),
            new QueryParameter("e", "é"),
            new QueryParameter("plus", "+"),
            new QueryParameter("flag", ""),
            new QueryParameter("empty", ""),
            new QueryParameter("twice", "%41"));
    assertThat(received().facts().rawQueryString())
        .isEqualTo("regions=na,eu&b=1&a=x+y&b=2&e=%C3%A9&plus=%2B&flag&empty=&twice=%2541");
  }

  @Test
  void theSecretIsHiddenInEverySpelling() {
    get(URL + "?a=1&secret=s1&b=2&%73ecret=s2&secre%74&s%65cret=s3&Secret=kept&secrets=kept");

    assertThat(received().facts().rawQueryString()).isEqualTo("a=1&b=2&Secret=kept&secrets=kept");
    assertThat(received().query())
        .extracting(QueryParameter::name)
        .containsExactly("a", "b", "Secret", "secrets");
  }

  @Test
  void queryTextThatCannotBeDecodedStaysAsItIs() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send("GET " + URL + "?a=%zz&b=%&c=%4&d=%ff&%zz=e HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(204);
    }

    assertThat(received().query())
        .containsExactly(
            new QueryParameter("a", "%zz"),
            new QueryParameter("b", "%"),
            new QueryParameter("c", "%4"),
            new QueryParameter("d", "%ff"),
            new QueryParameter("%zz", "e"));
  }

  @Test
  void tenThousandQueryParametersArrive() {
    StringBuilder query = new StringBuilder("?");
    for (int i = 0; i < 10_000; i++) {
      query.append('k').append(i).append("=v&");
    }

    get(URL + query);

    assertThat(received().query()).hasSize(10_000);
    assertThat(received().query().getLast()).isEqualTo(new QueryParameter("k9999", "v"));
  }

  @Test
  void headersHaveCanonicalNamesAndKeepTheirOrder() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(
          "GET "
              + URL
              + " HTTP/1.1\r\nhost: h\r\nX-CUSTOMHEADER: some-value\r\n"
              + "content-type: text/x\r\nx-customheader: some-other-value\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(204);
    }

    assertThat(received().facts().headers())
        .containsExactly(
            new Header("Host", "h"),
            new Header("X-Customheader", "some-value"),
            new Header("Content-Type", "text/x"),
            new Header("X-Customheader", "some-other-value"));
  }

  @Test
  void headerValuesAreReadAsUtf8() throws IOException {
    String sent = new String("grün".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (RawConnection connection = raw()) {
      connection.send("GET " + URL + " HTTP/1.1\r\nHost: h\r\nColour: " + sent + "\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(204);
    }

    assertThat(received().facts().headers()).contains(new Header("Colour", "grün"));
  }

  @Test
  void aClientThatWaitsIsToldToContinue() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(
          "POST "
              + URL
              + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
              + "Expect: 100-continue\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(100);
      connection.send("ok");
      assertThat(connection.read().status()).isEqualTo(204);
    }

    assertThat(received().body()).isEqualTo(Buffer.buffer("ok"));
  }
}
