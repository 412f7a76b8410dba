package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the script may answer that says as whom an endpoint runs.
class ScriptTest extends UsersTestBase {

  private static final String DOOR = "/app/" + APP + "/endpoint/door";

  private void scriptAnswers(Outcome outcome) {
    invoker.answers(
        call ->
            Future.succeededFuture(
                call.function().equals("run_as:open")
                    ? outcome
                    : responded(new Outcome.Body.None())));
  }

  private static Outcome returned(BsonValue value) {
    return responded(new Outcome.Body.Result(value));
  }

  static Stream<Outcome> notAUser() {
    return Stream.of(
        new Outcome.Threw("FunctionExecutionError", "no"),
        new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded"),
        new Outcome.OverLimit(Limit.CPU_TIME, "CPU time limit exceeded"),
        new Outcome.NotFound("run_as:open"),
        new Outcome.Unavailable("busy"),
        new Outcome.Lost("gone"),
        responded(new Outcome.Body.None()),
        returned(new BsonUndefined()),
        returned(new BsonNull()),
        returned(new BsonInt32(1)),
        returned(BsonBoolean.TRUE),
        returned(new BsonArray()),
        returned(new BsonDocument()),
        returned(new BsonDocument("runAsSystem", BsonBoolean.FALSE)),
        returned(new BsonDocument("runAsSystem", new BsonString("true"))),
        returned(new BsonDocument("runAsSystem", BsonBoolean.TRUE).append("id", new BsonInt32(1))),
        returned(new BsonString("")),
        returned(new BsonString("628e47baf4c2ac2796fc8a91")),
        returned(new BsonString("system")),
        returned(new BsonString("x".repeat(100_000))));
  }

  @ParameterizedTest
  @MethodSource("notAUser")
  void whatNamesNoUserIsRefusedAndRunsNothing(Outcome outcome) {
    deploy(shop(APP, false, new RunAs.ByScript("exports = 1")));
    scriptAnswers(outcome);

    HttpResponse<String> answer = get(DOOR);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"invalid session: error finding user for endpoint\","
                + "\"error_code\":\"InvalidSession\"}");
    assertThat(invoker.calls()).hasSize(1);
  }

  @Test
  void aScriptMayChooseTheSystem() {
    deploy(shop(APP, false, new RunAs.ByScript("exports = 1")));
    scriptAnswers(returned(new BsonDocument("runAsSystem", BsonBoolean.TRUE)));

    assertThat(get(DOOR).statusCode()).isEqualTo(204);
    assertThat(invoker.calls().getLast().envelope().caller()).isEqualTo(Caller.system());
  }

  @Test
  void aUserOfAnotherAppIsNobodyHere() {
    deploy(shop("other-abcde", false, new RunAs.Caller()));
    Tokens stranger = signUp("other-abcde", EMAIL);
    deploy(shop(APP, false, new RunAs.ByScript("exports = 1")));
    scriptAnswers(returned(new BsonString(stranger.userId())));
    assertThat(get(DOOR).statusCode()).isEqualTo(401);

    deploy(shop(APP, false, new RunAs.AsUser(stranger.userId())), 2);
    assertThat(get(DOOR).statusCode()).isEqualTo(401);
  }

  @Test
  void aDisabledUserIsNobodyToRunAs() {
    deploy(shop(APP, false, new RunAs.Caller()));
    Tokens bob = signUp(APP, EMAIL);
    deploy(shop(APP, false, new RunAs.AsUser(bob.userId())), 2);
    assertThat(get(DOOR).statusCode()).isEqualTo(204);

    granted(identity.administration().disable(new AppId(APP), bob.userId()));

    assertThat(get(DOOR).statusCode()).isEqualTo(401);
  }
}
