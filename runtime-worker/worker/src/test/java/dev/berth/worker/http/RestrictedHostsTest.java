package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that want to go where the operator does not let them.
@Timeout(120)
class RestrictedHostsTest {

  private final BlockingQueue<String> visited = new LinkedBlockingQueue<>();

  private void visit(HttpServerRequest request) {
    visited.add(request.localAddress().host());
    String to = request.getParam("to");
    if (to == null) {
      request.response().end("the secret");
    } else {
      request.response().setStatusCode(302).putHeader("Location", to).end();
    }
  }

  private static void assertRestricted(Requests requests, String arguments) {
    assertThat(requests.failure(arguments).errorCode()).isEqualTo("RestrictedHost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.3",
        "localhost",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]",
        "①②⑦.⓪.⓪.①",
      })
  void noSpellingOfAnInnerAddressIsReached(String host) {
    try (Requests requests = Requests.restricted()) {
      assertRestricted(requests, "{method: 'get', url: 'http://%s/'}".formatted(host));
      assertRestricted(
          requests,
          "{method: 'get', url: 'http://127.0.0.1/', authUrl: 'http://%s/'}".formatted(host));
    }
  }

  @Test
  void whatTheOperatorAllowsIsReached() {
    try (Requests requests = Requests.restricted()) {
      int port = requests.serve(this::visit);

      BsonDocument response =
          requests.response("{method: 'get', url: 'http://127.0.0.2:%d/'}".formatted(port));

      assertThat(response).containsEntry("text", new BsonString("the secret"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.3:%d/", "//127.0.0.3:%d/", "http://[::ffff:127.0.0.3]:%d/"})
  void aRedirectLeadsNowhereElse(String location) {
    try (Requests requests = Requests.restricted()) {
      int open = requests.serve(this::visit);
      int inner = requests.serve(Requests.FORBIDDEN, this::visit);

      assertRestricted(
          requests,
          "{method: 'get', url: 'http://127.0.0.2:%d/', query: {}, followRedirects: true}"
              .formatted(open)
              .replace("/', query", "/?to=" + location.formatted(inner) + "', query"));

      assertThat(visited).containsExactly(Requests.ALLOWED);
    }
  }

  @Test
  void aLoginLeadsNowhereElse() {
    try (Requests requests = Requests.restricted()) {
      int open = requests.serve(this::visit);
      int inner = requests.serve(Requests.FORBIDDEN, this::visit);

      assertRestricted(
          requests,
          "{method: 'get', url: 'http://127.0.0.2:%d/', authUrl: 'http://127.0.0.3:%d/'}"
              .formatted(open, inner));

      assertThat(visited).isEmpty();
    }
  }

  /// The owner of a name may answer what they like, and differently each time.
  private static final class Rebinding implements HostResolver {

    private final List<String> answers;
    private int asked;

    Rebinding(String... answers) {
      this.answers = List.of(answers);
    }

    @Override
    public synchronized Future<List<InetAddress>> resolve(String host) {
      return Requests.addresses(answers.get(asked++));
    }

    synchronized int asked() {
      return asked;
    }
  }

  @Test
  void aNameThatChangesItsMeaningLeadsNowhereElse() {
    var resolver =
        new Rebinding(Requests.ALLOWED, Requests.FORBIDDEN, Requests.ALLOWED, Requests.FORBIDDEN);
    try (Requests requests = Requests.restricted(resolver)) {
      int port = requests.serve(this::visit);
      String url = "{method: 'get', url: 'http://rebinding.test:%d/%s', followRedirects: true}";

      requests.response(url.formatted(port, ""));
      assertThat(resolver.asked()).isEqualTo(1);
      assertRestricted(requests, url.formatted(port, ""));
      assertRestricted(requests, url.formatted(port, "?to=/again"));

      assertThat(resolver.asked()).isEqualTo(4);
      assertThat(visited).containsExactly(Requests.ALLOWED, Requests.ALLOWED);
    }
  }

  @Test
  void oneInnerAddressAmongOthersIsEnoughToRefuse() {
    HostResolver resolver = _ -> Requests.addresses(Requests.ALLOWED, Requests.FORBIDDEN);
    try (Requests requests = Requests.restricted(resolver)) {
      int port = requests.serve(this::visit);

      assertRestricted(requests, "{method: 'get', url: 'http://two.test:%d/'}".formatted(port));

      assertThat(visited).isEmpty();
    }
  }

  @Test
  void aNameWithoutAnAddressIsNotKnown() {
    try (Requests requests = Requests.restricted(_ -> Requests.addresses())) {
      assertThat(requests.failure("{method: 'get', url: 'http://none.test/'}"))
          .hasMessage("http request: the host \"none.test\" is not known");
    }
  }

  @Test
  void theNextAddressIsTriedWhenOneDoesNotAnswer() {
    HostResolver resolver = _ -> Requests.addresses("127.0.0.9", Requests.ALLOWED);
    var policy = OutboundPolicy.parse("public,+127.0.0.0/8");
    try (Requests requests = Requests.under(policy, resolver)) {
      int port = requests.serve(this::visit);

      requests.response("{method: 'get', url: 'http://two.test:%d/'}".formatted(port));

      assertThat(visited).containsExactly(Requests.ALLOWED);
    }
  }
}
