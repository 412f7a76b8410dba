package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// As whom an endpoint runs: every authentication mode, with every kind of credentials, with the
/// providers switched on and off.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationModesTest extends UsersTestBase {

  private static final String DOOR = "/app/" + APP + "/endpoint/door";

  enum Mode {
    APPLICATION,
    SYSTEM,
    USER_ID,
    SCRIPT
  }

  enum Sent {
    NOTHING(false, false),
    BEARER(true, false),
    EMAIL_AND_PASSWORD(true, true),
    API_KEY(true, true),
    API_KEY_AS_OF_OLD(true, true),
    JWT(true, true),
    BEARER_AND_A_WRONG_KEY(true, false),
    WRONG_BEARER(false, false),
    WRONG_BEARER_AND_A_RIGHT_KEY(false, false),
    REFRESH_TOKEN(false, false),
    WRONG_PASSWORD(false, false),
    UNKNOWN_EMAIL(false, false),
    EMAIL_ALONE(false, false),
    WRONG_KEY(false, false),
    WRONG_JWT(false, false),
    TWO_CREDENTIALS(false, false),
    TWO_KEYS(false, false);

    private final boolean valid;
    private final boolean needsProvider;

    Sent(boolean valid, boolean needsProvider) {
      this.valid = valid;
      this.needsProvider = needsProvider;
    }
  }

  record Case(Mode mode, Sent sent, boolean disabled) {

    /// Whether the request says who calls.
    boolean namesAUser() {
      return sent.valid && !(sent.needsProvider && disabled);
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (boolean disabled : new boolean[] {false, true}) {
      for (Mode mode : Mode.values()) {
        for (Sent sent : Sent.values()) {
          cases.add(new Case(mode, sent, disabled));
        }
      }
    }
    return cases;
  }

  private final Tokens bob;
  private final Tokens other;
  private final String key;
  private final String jwt = externalToken(APP, "jo");
  private final Tokens jo;
  private long revision = 1;

  AuthenticationModesTest() {
    deploy(shop(APP, false, new RunAs.Caller()));
    bob = signUp(APP, EMAIL);
    other = signUp(APP, "ann@example");
    jo = logIn(APP, "custom-token", JsonObject.of("token", jwt));
    key = apiKeyOf(bob, "key");
  }

  @Override
  void stop() {
    // One gateway serves all cases.
  }

  @Override
  void closeIdentity() {
    // And one database.
  }

  @AfterAll
  void stopAll() {
    super.closeIdentity();
    super.stop();
  }

  private RunAs runAs(Mode mode) {
    return switch (mode) {
      case APPLICATION -> new RunAs.Caller();
      case SYSTEM -> new RunAs.AsSystem();
      case USER_ID -> new RunAs.AsUser(other.userId());
      case SCRIPT -> new RunAs.ByScript("exports = () => 'decided below'");
    };
  }

  private HttpRequest.Builder send(Sent sent) {
    HttpRequest.Builder request = request(DOOR);
    return switch (sent) {
      case NOTHING -> request;
      case BEARER -> request.header("Authorization", "Bearer " + bob.access());
      case EMAIL_AND_PASSWORD -> request.header("Email", EMAIL).header("PASSWORD", PASSWORD);
      case API_KEY -> request.header("apiKey", key);
      case API_KEY_AS_OF_OLD -> request.header("api-key", key);
      case JWT -> request.header("jwtTokenString", jwt);
      case BEARER_AND_A_WRONG_KEY -> send(Sent.BEARER).header("apiKey", "wrong");
      case WRONG_BEARER -> request.header("Authorization", "Bearer wrong");
      case WRONG_BEARER_AND_A_RIGHT_KEY -> send(Sent.WRONG_BEARER).header("apiKey", key);
      case REFRESH_TOKEN -> request.header("Authorization", "Bearer " + bob.refresh());
      case WRONG_PASSWORD -> request.header("email", EMAIL).header("password", "not this one");
      case UNKNOWN_EMAIL -> request.header("email", "no@body").header("password", PASSWORD);
      case EMAIL_ALONE -> request.header("email", EMAIL);
      case WRONG_KEY -> request.header("apiKey", "wrong");
      case WRONG_JWT -> request.header("jwtTokenString", jwt + "x");
      case TWO_CREDENTIALS -> send(Sent.API_KEY).header("jwtTokenString", jwt);
      case TWO_KEYS -> send(Sent.API_KEY).header("api-key", "another");
    };
  }

  private String userOf(Sent sent) {
    return sent == Sent.JWT ? jo.userId() : bob.userId();
  }

  private static Invocation.EndpointCall theCall(RecordingInvoker invoker) {
    return invoker.calls().stream()
        .filter(call -> call.function().equals("open"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFunctionRunsAsItsModeSaysOrNotAtAll(Case given) {
    invoker.forget();
    invoker.answers(
        call ->
            Future.succeededFuture(
                GatewayTestBase.responded(
                    call.function().startsWith("run_as:")
                        ? new Outcome.Body.Result(new BsonString(other.userId()))
                        : new Outcome.Body.None())));
    deploy(shop(APP, given.disabled(), runAs(given.mode())), ++revision);

    HttpResponse<String> answer = send(send(given.sent()));

    if (given.mode() == Mode.APPLICATION && !given.namesAUser()) {
      boolean missing = given.sent() == Sent.NOTHING;
      assertThat(answer.statusCode()).isEqualTo(missing ? 400 : 401);
      assertThat(errorCode(answer)).isEqualTo(missing ? "MissingParameter" : "InvalidSession");
      assertThat(invoker.calls()).isEmpty();
      return;
    }
    assertThat(answer.statusCode()).isEqualTo(204);
    Caller caller = theCall(invoker).envelope().caller();
    Caller.SignedIn user = caller.user();
    switch (given.mode()) {
      case APPLICATION -> assertThat(caller).isInstanceOf(Caller.SignedIn.class);
      case SYSTEM -> assertThat(caller).isInstanceOf(Caller.SystemUser.class);
      case USER_ID, SCRIPT ->
          assertThat(
                  switch (caller) {
                    case Caller.InPlaceOf(Caller.SignedIn rights, _) -> rights.id();
                    case Caller.SignedIn rights -> rights.id();
                    case Caller.SystemUser _, Caller.Nobody _ -> "nobody";
                  })
              .isEqualTo(other.userId());
    }
    if (given.namesAUser()) {
      assertThat(user).extracting(Caller.SignedIn::id).isEqualTo(userOf(given.sent()));
    } else if (given.mode() == Mode.SYSTEM) {
      assertThat(user).isNull();
    }
  }

  @Test
  void theScriptGetsTheRequestAndRunsAsTheSystem() {
    invoker.forget();
    invoker.answers(
        call ->
            Future.succeededFuture(
                GatewayTestBase.responded(
                    new Outcome.Body.Result(new BsonString(other.userId())))));
    deploy(shop(APP, false, new RunAs.ByScript("exports = 1")), ++revision);

    send(request(DOOR + "?desk=front").POST(text("{}")));

    Invocation.EndpointCall script = invoker.calls().getFirst();
    assertThat(script.function()).isEqualTo("run_as:open");
    assertThat(script.wantsResult()).isTrue();
    assertThat(script.envelope().caller()).isEqualTo(Caller.system());
    assertThat(script.request().query().getFirst().value()).isEqualTo("front");
    assertThat(script.requestId()).isEqualTo(theCall(invoker).requestId());
  }
}
