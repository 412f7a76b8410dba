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
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationsTest {

  private static final String EMAIL = "ann@example.com";

  private static final DeployedApp AUTOMATIC = app("automatic-abcde", true, null, null);
  private static final DeployedApp MAILING =
      app("mailing-abcde", false, "https://shop.example.com/confirm?lang=en#top", null);
  private static final DeployedApp ASKING = app("asking-abcde", false, null, "confirmUser");
  private static final DeployedApp NEITHER = app("neither-abcde", false, null, null);
  private static final DeployedApp OFF =
      TestApps.app(
          "off-abcde",
          TestApps.disabled(new EmailPassword(true, null, null, null, null, null, null)));

  @TempDir private Path folder;
  private RunningIdentity running;

  @BeforeEach
  void start() {
    running = RunningIdentity.in(folder, AUTOMATIC, MAILING, ASKING, NEITHER, OFF);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void withAutomaticConfirmationOneCanSignInAtOnce() {
    granted(register(AUTOMATIC));

    assertThat(logIn(AUTOMATIC)).isInstanceOf(Answer.Granted.class);
    assertThat(running.mails).isEmpty();
  }

  @Test
  void automaticConfirmationComesBeforeAFunctionAndAFunctionBeforeMail() {
    DeployedApp all = app("all-abcde", true, "https://example.com", "confirmUser");
    DeployedApp both = app("both-abcde", false, "https://example.com", "confirmUser");
    running.functionWithStatus("confirmUser", "pending");

    granted(register(all));
    assertThat(running.calls).isEmpty();

    granted(register(both));
    assertThat(running.calls).hasSize(1);
    assertThat(running.mails).isEmpty();
  }

  @Test
  void anAddressThatIsTakenCannotBeRegisteredAgain() {
    granted(register(AUTOMATIC));
    granted(register(MAILING));

    assertThat(denied(register(AUTOMATIC)))
        .isEqualTo(new Denial(Code.ACCOUNT_NAME_IN_USE, "name already in use"));
    assertThat(denied(register(MAILING)))
        .as("also when it is not confirmed")
        .isEqualTo(new Denial(Code.ACCOUNT_NAME_IN_USE, "name already in use"));
  }

  @Test
  void ofManyWhoRegisterTheSameAddressAtOnceOneSucceeds() {
    List<Future<Answer<Done>>> all =
        IntStream.range(0, 8).mapToObj(_ -> register(AUTOMATIC)).toList();
    await(Future.all(all));

    assertThat(all.stream().map(Future::result).filter(Answer.Granted.class::isInstance))
        .hasSize(1);
  }

  @Test
  void letterCaseMakesAnotherAddress() {
    granted(register(AUTOMATIC));

    granted(emailPassword().register(AUTOMATIC, "Ann@example.com", PASSWORD, HOME));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 129})
  void aPasswordHas6To128Characters(int length) {
    assertThat(denied(emailPassword().register(AUTOMATIC, EMAIL, "x".repeat(length), HOME)))
        .isEqualTo(new Denial(Code.BAD_REQUEST, "password must be between 6 and 128 characters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ann@example.com\r\nBcc: all@example.com"})
  void whatIsNoAddressIsNotRegistered(String email) {
    assertThat(denied(emailPassword().register(AUTOMATIC, email, PASSWORD, HOME)).code())
        .isEqualTo(Code.INVALID_PARAMETER);
  }

  /// The link would go to somebody else than the address that others see.
  @ParameterizedTest
  @ValueSource(
      strings = {"ceo@example.com <m@evil.example>", "m@evil.example (ceo)", "ann", "a@b,c@d"})
  void whoIsMailedALinkHasAnAddressAndNothingBesides(String email) {
    assertThat(denied(emailPassword().register(MAILING, email, PASSWORD, HOME)).code())
        .isEqualTo(Code.INVALID_PARAMETER);
    assertThat(running.mails).isEmpty();
  }

  @Test
  void anAppThatCannotConfirmRegistersNobody() {
    assertThat(denied(register(NEITHER)))
        .isEqualTo(new Denial(Code.BAD_REQUEST, "the app has no way to confirm users"));
  }

  @Test
  void whereTheProviderIsOffNothingIsDone() {
    EmailPasswordAccounts accounts = emailPassword();
    DeployedApp absent = TestApps.app("absent-abcde");

    for (DeployedApp app : List.of(OFF, absent)) {
      for (Future<Answer<Done>> answer :
          List.of(
              accounts.register(app, EMAIL, PASSWORD, HOME),
              accounts.confirm(app, "token", "id"),
              accounts.sendConfirmation(app, EMAIL),
              accounts.runConfirmation(app, EMAIL),
              accounts.reset(app, "token", "id", PASSWORD),
              accounts.sendReset(app, EMAIL),
              accounts.runReset(app, EMAIL, PASSWORD, List.of()))) {
        assertThat(denied(answer))
            .isEqualTo(
                new Denial(
                    Code.AUTH_PROVIDER_NOT_FOUND,
                    "authentication via 'local-userpass' is unsupported"));
      }
    }
  }

  @Test
  void theMailedLinkConfirmsOnce() {
    granted(register(MAILING));
    assertThat(deniedLogIn(MAILING))
        .isEqualTo(new Denial(Code.AUTH_ERROR, "confirmation required"));
    Link link = running.lastLink();
    assertThat(running.mails.getLast().link())
        .startsWith("https://shop.example.com/confirm?lang=en&token=")
        .endsWith("#top");

    granted(confirm(MAILING, link));

    assertThat(logIn(MAILING)).isInstanceOf(Answer.Granted.class);
    assertThat(denied(confirm(MAILING, link)))
        .isEqualTo(new Denial(Code.BAD_REQUEST, "invalid token data"));
  }

  @Test
  void onlyWhoKnowsThePasswordLearnsThatAConfirmationIsMissing() {
    granted(register(MAILING));

    assertThat(denied(logIn(MAILING, "wrong horse")).code()).isEqualTo(Code.INVALID_PASSWORD);
  }

  @Test
  void anEarlierLinkWorksAfterAnotherWasSent() {
    granted(register(MAILING));
    Link first = running.lastLink();

    granted(emailPassword().sendConfirmation(MAILING, EMAIL));

    assertThat(running.lastLink()).isNotEqualTo(first);
    granted(confirm(MAILING, first));
  }

  @Test
  void aLinkWorksFor30Minutes() {
    granted(register(MAILING));

    running.clock.pass(Duration.ofMinutes(30));

    assertThat(denied(confirm(MAILING, running.lastLink())).message())
        .isEqualTo("invalid token data");
  }

  @Test
  void aWrongOrStrangeTokenConfirmsNothing() {
    granted(register(MAILING));
    Link link = running.lastLink();
    String token = link.token();
    String id = link.tokenId();

    for (Future<Answer<Done>> answer :
        List.of(
            emailPassword().confirm(MAILING, "", id),
            emailPassword().confirm(MAILING, token + "x", id),
            emailPassword().confirm(MAILING, token, ""),
            emailPassword().confirm(MAILING, token, "000000000000000000000000"),
            emailPassword().confirm(MAILING, token, "{\"$ne\": 1}"),
            emailPassword().confirm(AUTOMATIC, token, id))) {
      assertThat(denied(answer)).isEqualTo(new Denial(Code.BAD_REQUEST, "invalid token data"));
    }
    assertThat(denied(emailPassword().reset(MAILING, token, id, "another horse")).message())
        .as("a confirmation is no reset")
        .isEqualTo("invalid token data");
  }

  @Test
  void whenTheMailCannotBeSentTheAddressIsFreeAgain() {
    running.breakMail();
    assertThat(await(register(MAILING).map(false).otherwise(true))).isTrue();

    running.mendMail();

    granted(register(MAILING));
  }

  @Test
  void theFunctionThatSaysSuccessConfirms() {
    running.functionWithStatus("confirmUser", "success");

    granted(register(ASKING));

    assertThat(logIn(ASKING)).isInstanceOf(Answer.Granted.class);
    BsonDocument argument = running.calls.getFirst().arguments().getFirst().asDocument();
    assertThat(argument.keySet()).containsExactly("username", "token", "tokenId");
    assertThat(argument.getString("username").getValue()).isEqualTo(EMAIL);
  }

  @Test
  void theFunctionThatSaysPendingLeavesItToTheToken() {
    running.functionWithStatus("confirmUser", "pending");
    granted(register(ASKING));
    assertThat(deniedLogIn(ASKING).message()).isEqualTo("confirmation required");

    BsonDocument argument = running.calls.getFirst().arguments().getFirst().asDocument();
    granted(
        emailPassword()
            .confirm(
                ASKING,
                argument.getString("token").getValue(),
                argument.getString("tokenId").getValue()));

    assertThat(logIn(ASKING)).isInstanceOf(Answer.Granted.class);
  }

  @Test
  void theFunctionThatFailsLeavesTheAddressFree() {
    List<Outcome> failures =
        List.of(
            new Outcome.Returned(new BsonDocument("status", new BsonString("fail"))),
            new Outcome.Returned(new BsonDocument("status", new BsonInt32(1))),
            new Outcome.Returned(BsonNull.VALUE),
            new Outcome.Threw("FunctionExecutionError", "no such mailbox"));
    for (Outcome failure : failures) {
      running.function("confirmUser", _ -> failure);

      assertThat(denied(register(ASKING)))
          .isEqualTo(new Denial(Code.BAD_REQUEST, "failed to confirm user \"ann@example.com\""));
    }
    running.functionWithStatus("confirmUser", "success");
    granted(register(ASKING));
  }

  @Test
  void aFunctionThatCannotBeRunLeavesTheAddressFree() {
    running.function("confirmUser", _ -> new Outcome.Unavailable("no worker"));
    assertThat(await(register(ASKING).map(false).otherwise(true))).isTrue();

    running.functionWithStatus("confirmUser", "success");

    granted(register(ASKING));
  }

  @Test
  void theFunctionCanBeRunAgainUntilItConfirms() {
    running.functionWithStatus("confirmUser", "pending");
    granted(register(ASKING));
    running.functionWithStatus("confirmUser", "success");

    granted(emailPassword().runConfirmation(ASKING, EMAIL));

    assertThat(logIn(ASKING)).isInstanceOf(Answer.Granted.class);
    assertThat(denied(emailPassword().runConfirmation(ASKING, EMAIL)))
        .isEqualTo(new Denial(Code.USER_ALREADY_CONFIRMED, "already confirmed"));
  }

  @Test
  void whatTheAppDoesNotDoIsRefusedWithAReason() {
    granted(register(AUTOMATIC));
    granted(register(MAILING));
    running.functionWithStatus("confirmUser", "pending");
    granted(register(ASKING));

    assertThat(denied(emailPassword().runConfirmation(AUTOMATIC, EMAIL)))
        .isEqualTo(
            new Denial(
                Code.BAD_REQUEST,
                "cannot run confirmation for ann@example.com: automatic confirmation is enabled"));
    assertThat(denied(emailPassword().sendConfirmation(AUTOMATIC, EMAIL)))
        .isEqualTo(new Denial(Code.USER_ALREADY_CONFIRMED, "already confirmed"));
    assertThat(denied(emailPassword().runConfirmation(MAILING, EMAIL)).message())
        .isEqualTo(
            "cannot run confirmation for ann@example.com: no confirmation function is configured");
    assertThat(denied(emailPassword().sendConfirmation(ASKING, EMAIL)).code())
        .isEqualTo(Code.BAD_REQUEST);
  }

  @Test
  void anUnknownAddressIsSaidToBeUnknown() {
    Denial unknown = new Denial(Code.USER_NOT_FOUND, "user not found");

    for (DeployedApp app : List.of(AUTOMATIC, MAILING, ASKING)) {
      assertThat(denied(emailPassword().sendConfirmation(app, EMAIL))).isEqualTo(unknown);
      assertThat(denied(emailPassword().runConfirmation(app, EMAIL))).isEqualTo(unknown);
    }
  }

  @Test
  void aRegistrationThatNobodyConfirmsIsForgottenAfter30Days() {
    granted(register(MAILING));
    running.clock.pass(Duration.ofDays(30).plusSeconds(1));

    await(running.identity().removeWhatHasRunOut());

    granted(register(MAILING));
  }

  @Test
  void aRegistrationIsStillThereAfterARestart() {
    granted(register(AUTOMATIC));

    running.restart();

    assertThat(logIn(AUTOMATIC)).isInstanceOf(Answer.Granted.class);
  }

  private EmailPasswordAccounts emailPassword() {
    return running.accounts().emailPassword();
  }

  private Future<Answer<Done>> register(DeployedApp app) {
    return emailPassword().register(app, EMAIL, PASSWORD, HOME);
  }

  private Future<Answer<Done>> confirm(DeployedApp app, Link link) {
    return emailPassword().confirm(app, link.token(), link.tokenId());
  }

  private Answer<?> logIn(DeployedApp app) {
    return await(logIn(app, PASSWORD));
  }

  private Denial deniedLogIn(DeployedApp app) {
    return denied(logIn(app, PASSWORD));
  }

  private Future<? extends Answer<?>> logIn(DeployedApp app, String password) {
    return running
        .accounts()
        .logIn(app, new Credential.EmailPassword(EMAIL, password), Device.none(), HOME);
  }

  private static DeployedApp app(
      String id, boolean automatic, @Nullable String url, @Nullable String function) {
    return TestApps.app(
        id, TestApps.enabled(new EmailPassword(automatic, url, null, function, null, null, null)));
  }
}
