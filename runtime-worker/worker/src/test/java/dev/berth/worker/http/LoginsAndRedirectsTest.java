package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.service.GuestServiceException;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that lead to more than one.
@Timeout(120)
class LoginsAndRedirectsTest {

  private final Requests requests = Requests.anywhere();
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    requests.close();
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "-" : value;
  }

  private void see(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    request
        .body()
        .onSuccess(
            body -> {
              seen.add(
                  request.method()
                      + " "
                      + request.uri()
                      + " "
                      + header(request, "Authorization")
                      + " "
                      + header(request, "Cookie")
                      + " "
                      + header(request, "Content-Type")
                      + " "
                      + body);
              if (path.startsWith("/go/")) {
                request
                    .response()
                    .setStatusCode(Integer.parseInt(path.substring(4)))
                    .putHeader("Location", header(request, "X-To"))
                    .putHeader("Set-Cookie", "hop=1")
                    .end("moved");
              } else if (path.equals("/login")) {
                request.response().putHeader("Set-Cookie", "session=s3").end();
              } else {
                request.response().end("arrived");
              }
            });
  }

  private int server() {
    return requests.serve(this::see);
  }

  @Test
  void aRedirectIsAnAnswerUnlessItIsToBeFollowed() {
    int port = server();

    BsonDocument response =
        requests.response(
            "{method: 'get', url: 'http://127.0.0.2:%d/go/302', headers: {'X-To': ['/x']}}"
                .formatted(port));

    assertThat(response).containsEntry("statusCode", new BsonInt32(302));
    assertThat(seen).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "post, 301, GET /x Bearer-t hop=1 - ",
    "post, 302, GET /x Bearer-t hop=1 - ",
    "put, 303, GET /x Bearer-t hop=1 - ",
    "post, 307, POST /x Bearer-t hop=1 a/b body",
    "put, 308, PUT /x Bearer-t hop=1 a/b body",
  })
  void aRedirectIsFollowed(String method, int status, String second) {
    int port = server();

    BsonDocument response =
        requests.response(
            """
            {method: '%s', url: 'http://127.0.0.2:%d/go/%d', followRedirects: true, body: 'body',
             headers: {'X-To': ['/x'], Authorization: ['Bearer-t'], 'Content-Type': ['a/b']}}
            """
                .formatted(method, port, status));

    assertThat(response).containsEntry("text", new BsonString("arrived"));
    assertThat(seen.remove()).endsWith("/go/" + status + " Bearer-t - a/b body");
    assertThat(seen.remove().strip()).isEqualTo(second.strip());
  }

  @Test
  void secretsDoNotFollowToADifferentHost() {
    int here = server();
    int there = server();

    requests.response(
        """
        {method: 'post', url: 'http://127.0.0.2:%d/go/307', followRedirects: true, body: 'body', username: 'u', password: 'p',
         cookies: {mine: '1'}, headers: {'X-To': ['http://127.0.0.2:%d/x'], Cookie: ['c=1']}}
        """
            .formatted(here, there));

    assertThat(seen.remove()).contains("Basic dTpw");
    // The cookie of the first server follows: cookies know hosts, not ports.
    assertThat(seen.remove()).isEqualTo("POST /x - hop=1 - body");
  }

  @Test
  void redirectsWithoutEndEnd() {
    int port = server();

    GuestServiceException failure =
        requests.failure(
            "{method: 'get', url: 'http://127.0.0.2:%d/go/302', followRedirects: true, headers: {'X-To': ['/go/302']}}"
                .formatted(port));

    assertThat(failure.errorCode()).isEqualTo("HTTPError");
    assertThat(failure).hasMessageContaining("too many redirects");
    assertThat(seen).hasSize(1 + Requests.LIMITS.redirects());
  }

  @Test
  void aLoginGivesItsCookiesToTheRequestAndNothingElse() {
    int port = server();

    requests.response(
        "{method: 'post', url: 'http://127.0.0.2:%1$d/x', authUrl: 'http://a:b@127.0.0.2:%1$d/login', body: 'body'}"
            .formatted(port));

    assertThat(seen.remove()).isEqualTo("GET /login Basic YTpi - - ");
    assertThat(seen.remove()).isEqualTo("POST /x - session=s3 - body");
  }

  @ParameterizedTest
  @CsvSource({"right, 200", "wrong, 401"})
  void aDigestChallengeIsAnswered(String password, int status) {
    int port = requests.serve(LoginsAndRedirectsTest::demandDigest);

    BsonDocument response =
        requests.response(
            "{method: 'get', url: 'http://127.0.0.2:%d/x?y', digestAuth: true, username: 'u', password: '%s'}"
                .formatted(port, password));

    assertThat(response).containsEntry("statusCode", new BsonInt32(status));
  }

  /// Knows one user, whose password is `right`.
  private static void demandDigest(HttpServerRequest request) {
    String given = header(request, "Authorization");
    Matcher proof = Pattern.compile("response=\"(.*?)\".*cnonce=\"(.*?)\"").matcher(given);
    String who = md5("u:here:right");
    String what = md5("GET:/x?y");
    if (proof.find()
        && proof
            .group(1)
            .equals(md5(who + ":n0nce:00000001:" + proof.group(2) + ":auth:" + what))) {
      request.response().end("welcome");
    } else {
      request
          .response()
          .setStatusCode(401)
          .putHeader("WWW-Authenticate", "Digest realm=\"here\", nonce=\"n0nce\", qop=\"auth\"")
          .end();
    }
  }

  private static String md5(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
