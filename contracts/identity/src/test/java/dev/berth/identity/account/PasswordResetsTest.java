package dev.berth.identity.account;

import static dev.berth.identity.Waiting.await;
import static dev.berth.identity.Waiting.denied;
import static dev.berth.identity.Waiting.granted;
import static dev.berth.identity.account.RunningIdentity.HOME;
import static dev.berth.identity.account.RunningIdentity.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AuthProvider.EmailPassword;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.AppUser;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Device;
import dev.berth.identity.Done;
import dev.berth.identity.EmailPasswordAccounts;
import dev.berth.identity.TestApps;
import dev.berth.identity.account.RunningIdentity.Link;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordResetsTest {

  private static final String EMAIL = "ann@example.com";
  private static final String NEW_PASSWORD = "battery staple";

  private static final DeployedApp MAILING =
      app("mailing-abcde", true, "https://shop.example.com/reset", null);
  private static final DeployedApp ASKING = app("asking-abcde", true, null, "resetFunc");
  private static final DeployedApp NEITHER = app("neither-abcde", true, null, null);
  private static final DeployedApp PENDING =
      app("pending-abcde", false, "https://shop.example.com/reset", null);

  @TempDir private Path folder;
  private RunningIdentity running;

  @BeforeEach
  void start() {
    running = RunningIdentity.in(folder, MAILING, ASKING, NEITHER, PENDING);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void theMailedLinkSetsANewPasswordOnce() {
    running.newUser(MAILING, EMAIL);
    granted(emailPassword().sendReset(MAILING, EMAIL));
    Link link = running.lastLink();

    granted(reset(MAILING, link, NEW_PASSWORD));

    assertThat(isRight(MAILING, NEW_PASSWORD)).isTrue();
    assertThat(isRight(MAILING, PASSWORD)).isFalse();
    assertThat(denied(reset(MAILING, link, "a third password")))
        .isEqualTo(new Denial(Code.BAD_REQUEST, "invalid token data"));
  }

  @Test
  void ofTwoResetsWithOneLinkAtOnceOneSucceeds() {
    running.newUser(MAILING, EMAIL);
    granted(emailPassword().sendReset(MAILING, EMAIL));
    Link link = running.lastLink();

    List<Future<? extends Answer<?>>> both =
        List.of(reset(MAILING, link, "first password"), reset(MAILING, link, "second password"));

    assertThat(both.stream().map(answer -> await(answer)).filter(Answer.Granted.class::isInstance))
        .hasSize(1);
  }

  @Test
  void aNewPasswordEndsEveryOtherLink() {
    running.newUser(MAILING, EMAIL);
    granted(emailPassword().sendReset(MAILING, EMAIL));
    Link older = running.lastLink();
    granted(emailPassword().sendReset(MAILING, EMAIL));

    granted(reset(MAILING, running.lastLink(), NEW_PASSWORD));

    assertThat(denied(reset(MAILING, older, PASSWORD)).message()).isEqualTo("invalid token data");
  }

  @Test
  void aLinkWorksFor30Minutes() {
    running.newUser(MAILING, EMAIL);
    granted(emailPassword().sendReset(MAILING, EMAIL));

    running.clock.pass(Duration.ofMinutes(30));

    assertThat(denied(reset(MAILING, running.lastLink(), NEW_PASSWORD)).message())
        .isEqualTo("invalid token data");
  }

  @Test
  void aLinkOfOneAppResetsNothingInAnother() {
    running.newUser(MAILING, EMAIL);
    running.newUser(NEITHER, EMAIL);
    granted(emailPassword().sendReset(MAILING, EMAIL));

    assertThat(denied(reset(NEITHER, running.lastLink(), NEW_PASSWORD)).message())
        .isEqualTo("invalid token data");
    assertThat(isRight(NEITHER, PASSWORD)).isTrue();
  }

  @Test
  void aNewPasswordIsAsLongAsAnyOther() {
    running.newUser(MAILING, EMAIL);
    granted(emailPassword().sendReset(MAILING, EMAIL));

    assertThat(denied(reset(MAILING, running.lastLink(), "short")).message())
        .isEqualTo("password must be between 6 and 128 characters");
    granted(reset(MAILING, running.lastLink(), NEW_PASSWORD));
  }

  @Test
  void withAFunctionNoMailIsSent() {
    running.newUser(ASKING, EMAIL);

    assertThat(denied(emailPassword().sendReset(ASKING, EMAIL)))
        .isEqualTo(new Denial(Code.BAD_REQUEST, "please use reset password via function"));
  }

  @Test
  void anAppThatResetsNoPasswordsSaysSo() {
    running.newUser(NEITHER, EMAIL);

    assertThat(denied(emailPassword().sendReset(NEITHER, EMAIL)).code())
        .isEqualTo(Code.BAD_REQUEST);
    assertThat(denied(runReset(NEITHER)).code()).isEqualTo(Code.BAD_REQUEST);
  }

  @Test
  void whoIsUnknownOrNotConfirmedCannotReset() {
    granted(emailPassword().register(PENDING, EMAIL, PASSWORD, HOME));
    Denial unknown = new Denial(Code.USER_NOT_FOUND, "user not found");

    assertThat(denied(emailPassword().sendReset(MAILING, EMAIL))).isEqualTo(unknown);
    assertThat(denied(emailPassword().sendReset(ASKING, EMAIL))).isEqualTo(unknown);
    assertThat(denied(runReset(ASKING))).isEqualTo(unknown);
    assertThat(denied(emailPassword().sendReset(PENDING, EMAIL))).isEqualTo(unknown);
  }

  @Test
  void theFunctionThatSaysSuccessChangesThePassword() {
    running.newUser(ASKING, EMAIL);
    running.functionWithStatus("resetFunc", "success");

    granted(
        emailPassword()
            .runReset(ASKING, EMAIL, NEW_PASSWORD, List.of(new BsonInt32(7), new BsonString("x"))));

    assertThat(isRight(ASKING, NEW_PASSWORD)).isTrue();
    List<BsonValue> arguments = running.calls.getFirst().arguments();
    BsonDocument first = arguments.getFirst().asDocument();
    assertThat(first.keySet())
        .containsExactly("username", "password", "token", "tokenId", "currentPasswordValid");
    assertThat(first.getString("password").getValue()).isEqualTo(NEW_PASSWORD);
    assertThat(first.getBoolean("currentPasswordValid").getValue()).isFalse();
    assertThat(arguments.subList(1, 3)).containsExactly(new BsonInt32(7), new BsonString("x"));
  }

  @Test
  void theFunctionLearnsWhetherThePasswordIsThePresentOne() {
    running.newUser(ASKING, EMAIL);
    running.functionWithStatus("resetFunc", "pending");

    granted(emailPassword().runReset(ASKING, EMAIL, PASSWORD, List.of()));

    BsonDocument first = running.calls.getFirst().arguments().getFirst().asDocument();
    assertThat(first.getBoolean("currentPasswordValid").getValue()).isTrue();
  }

  @Test
  void theFunctionThatSaysPendingLeavesItToTheToken() {
    running.newUser(ASKING, EMAIL);
    running.functionWithStatus("resetFunc", "pending");
    granted(runReset(ASKING));
    assertThat(isRight(ASKING, PASSWORD)).isTrue();

    BsonDocument first = running.calls.getFirst().arguments().getFirst().asDocument();
    Link token =
        new Link(first.getString("token").getValue(), first.getString("tokenId").getValue());
    granted(reset(ASKING, token, NEW_PASSWORD));

    assertThat(isRight(ASKING, NEW_PASSWORD)).isTrue();
  }

  @Test
  void theFunctionThatFailsChangesNothing() {
    running.newUser(ASKING, EMAIL);
    running.function("resetFunc", _ -> new Outcome.Threw("FunctionExecutionError", "no"));

    assertThat(denied(runReset(ASKING)))
        .isEqualTo(
            new Denial(Code.BAD_REQUEST, "failed to reset password for user \"ann@example.com\""));
    assertThat(isRight(ASKING, PASSWORD)).isTrue();
  }

  @Test
  void credentialsThatWereVerifiedAMomentAgoAreVoidAtOnce() {
    running.newUser(MAILING, EMAIL);
    granted(identify(PASSWORD));
    granted(emailPassword().sendReset(MAILING, EMAIL));

    granted(reset(MAILING, running.lastLink(), NEW_PASSWORD));

    assertThat(denied(identify(PASSWORD)).code()).isEqualTo(Code.INVALID_PASSWORD);
    granted(identify(NEW_PASSWORD));
  }

  private Future<Answer<AppUser>> identify(String password) {
    return running
        .accounts()
        .identify(MAILING, new Credential.EmailPassword(EMAIL, password), false, HOME);
  }

  private EmailPasswordAccounts emailPassword() {
    return running.accounts().emailPassword();
  }

  private Future<Answer<Done>> runReset(DeployedApp app) {
    return emailPassword().runReset(app, EMAIL, NEW_PASSWORD, List.of());
  }

  private Future<Answer<Done>> reset(DeployedApp app, Link link, String password) {
    return emailPassword().reset(app, link.token(), link.tokenId(), password);
  }

  private boolean isRight(DeployedApp app, String password) {
    return await(
            running
                .accounts()
                .logIn(app, new Credential.EmailPassword(EMAIL, password), Device.none(), HOME))
        instanceof Answer.Granted;
  }

  private static DeployedApp app(
      String id, boolean automatic, @Nullable String url, @Nullable String function) {
    return TestApps.app(
        id,
        TestApps.enabled(
            new EmailPassword(
                automatic, "https://shop.example.com/confirm", null, null, url, null, function)));
  }
}
