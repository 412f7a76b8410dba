package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Caller;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

/// What an endpoint can say about the users who call it.
class EndpointUsersTest extends UsersTestBase {

  private static final String DOOR = "/app/" + APP + "/endpoint/door";
  private static final Endpoint OPEN = TestApps.endpoint(HttpMethod.ANY, "/door", "open");

  private void deployDoor(boolean fetchesData, boolean createsUsers, long revision) {
    deploy(
        users(APP, false)
            .with(TestApps.forUsers(OPEN, fetchesData, createsUsers), new RunAs.Caller()),
        revision);
  }

  @Test
  void customDataIsSeenWhereTheEndpointAsksForIt() {
    deployDoor(true, false, 1);
    Tokens bob = signUp(APP, EMAIL);
    String key = apiKeyOf(bob, "key");

    ask("GET", DOOR, bob.access());
    send(request(DOOR).header("apiKey", key));
    deployDoor(false, false, 2);
    ask("GET", DOOR, bob.access());

    List<BsonDocument> seen =
        invoker.calls().stream()
            .map(call -> (Caller.SignedIn) call.envelope().caller())
            .map(Caller.SignedIn::customData)
            .toList();
    BsonDocument kept = new BsonDocument("points", new BsonInt32(7));
    assertThat(seen).containsExactly(kept, kept, new BsonDocument());
  }

  @Test
  void aTokenMakesAUserWhereTheEndpointSaysSo() {
    String jwt = externalToken(APP, "new here");
    deployDoor(false, false, 1);
    assertThat(send(request(DOOR).header("jwtTokenString", jwt)).statusCode()).isEqualTo(401);
    assertThat(invoker.calls()).isEmpty();

    deployDoor(false, true, 2);
    assertThat(send(request(DOOR).header("jwtTokenString", jwt)).statusCode()).isEqualTo(204);

    Tokens known = logIn(APP, "custom-token", JsonObject.of("token", jwt));
    assertThat(invoker.onlyCall().envelope().caller().user())
        .extracting(Caller.SignedIn::id)
        .isEqualTo(known.userId());
  }

  @Test
  void whoGuessesTooOftenIsAskedToWait() {
    deployDoor(false, false, 1);
    signUp(APP, EMAIL);
    HttpResponse<String> answer = guess(0);
    for (int i = 1; i < 50 && answer.statusCode() == 401; i++) {
      answer = guess(i);
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(errorCode(answer)).isEqualTo("TooManyRequests");
    assertThat(Integer.parseInt(header(answer, "Retry-After"))).isPositive();
    assertThat(invoker.calls()).isEmpty();
  }

  private HttpResponse<String> guess(int number) {
    return send(request(DOOR).header("email", EMAIL).header("password", "guess " + number));
  }
}
