package dev.berth.identity.account;

import static dev.berth.identity.Waiting.await;
import static dev.berth.identity.Waiting.denied;
import static dev.berth.identity.Waiting.granted;
import static dev.berth.identity.account.RunningIdentity.HOME;
import static dev.berth.identity.account.RunningIdentity.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.CustomToken;
import dev.berth.appmodel.AuthProvider.EmailPassword;
import dev.berth.appmodel.AuthProvider.MetadataField;
import dev.berth.appmodel.AuthProvider.OAuth;
import dev.berth.appmodel.AuthProvider.SigningAlgorithm;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.AppUser;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Device;
import dev.berth.identity.Jwt;
import dev.berth.identity.LogIn;
import dev.berth.identity.Session;
import dev.berth.identity.TestApps;
import dev.berth.identity.UserIdentity;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignInTest {

  private static final String SECRET = "a-secret-of-at-least-thirty-two-characters";
  private static final String EMAIL = "ann@example.com";
  private static final DeployedApp SHOP = app("shop-abcde");
  private static final DeployedApp TILL = app("till-abcde");
  private static final DeployedApp BARE = TestApps.app("bare-abcde");

  @TempDir private Path folder;
  private RunningIdentity running;

  @BeforeEach
  void start() {
    running = RunningIdentity.in(folder, SHOP, TILL, BARE);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private static Stream<Credential> everyCredential() {
    return Stream.of(
        new Credential.Anonymous(),
        new Credential.EmailPassword(EMAIL, PASSWORD),
        new Credential.ApiKey("key"),
        new Credential.CustomToken("a.b.c"),
        new Credential.CustomFunction(new BsonDocument()),
        new Credential.OAuth("oauth2-google"),
        new Credential.OAuth("oauth2-nobody"));
  }

  @ParameterizedTest
  @MethodSource("everyCredential")
  void aProviderThatTheAppDoesNotHaveIsUnsupported(Credential credential) {
    Denial unsupported =
        new Denial(
            Code.AUTH_PROVIDER_NOT_FOUND,
            "authentication via '" + credential.providerType() + "' is unsupported");
    LogIn ann = running.logIn(SHOP, new Credential.Anonymous());
    Session session = running.access(ann);

    assertThat(denied(logIn(BARE, credential))).isEqualTo(unsupported);
    assertThat(denied(running.accounts().identify(BARE, credential, true, HOME)))
        .isEqualTo(unsupported);
    assertThat(
            denied(running.accounts().link(BARE, session, credential, Device.none(), HOME)).code())
        .isEqualTo(Code.USER_APP_DOMAIN_MISMATCH);
  }

  @Test
  void accountsOfOtherCompaniesAreNotAvailableYet() {
    assertThat(denied(logIn(SHOP, new Credential.OAuth("oauth2-google"))))
        .isEqualTo(
            new Denial(
                Code.AUTH_PROVIDER_NOT_FOUND,
                "authentication via 'oauth2-google' is not available yet"));
  }

  @Test
  void aTokenOfAnotherSystemMakesAUserOnce() {
    LogIn first = running.logIn(SHOP, token("ann", "Ann"));
    LogIn second = running.logIn(SHOP, token("ann", "Ann B."));

    assertThat(second.user().id()).isEqualTo(first.user().id());
    assertThat(second.user().identities().getFirst().id()).isEqualTo("ann");
    assertThat(await(running.accounts().find(SHOP.id(), first.user().id())).orElseThrow().data())
        .as("what the token says is taken over with each login")
        .isEqualTo(BsonDocument.parse("{name: 'Ann B.'}"));
  }

  @Test
  void ofManyFirstLoginsAtOnceAllGetTheSameUser() {
    List<Future<Answer<LogIn>>> all =
        IntStream.range(0, 8).mapToObj(_ -> logIn(SHOP, token("ann", "Ann"))).toList();

    assertThat(all.stream().map(answer -> granted(answer).user().id()).distinct()).hasSize(1);
  }

  @Test
  void aHeaderMakesAUserOnlyWhereTheEndpointWantsIt() {
    assertThat(denied(identify(token("ann", "Ann"), false)))
        .isEqualTo(new Denial(Code.AUTH_ERROR, "user not found"));

    AppUser made = granted(identify(token("ann", "Ann"), true));

    assertThat(granted(identify(token("ann", "Ann"), false)).id()).isEqualTo(made.id());
  }

  @Test
  void whoRegisteredMayUseAPasswordInHeadersAtOnce() {
    granted(running.accounts().emailPassword().register(SHOP, EMAIL, PASSWORD, HOME));

    AppUser user = granted(identify(new Credential.EmailPassword(EMAIL, PASSWORD), false));

    assertThat(user.data().getString("email").getValue()).isEqualTo(EMAIL);
  }

  @Test
  void aTokenInAHeaderIsNotBelievedLongerThanItLives() {
    Credential token = token("ann", "Ann");
    granted(identify(token, true));

    running.clock.pass(Duration.ofSeconds(30));

    assertThat(denied(identify(token, true)).message()).isEqualTo("the token is expired");
  }

  /// Attempts are remembered for a while.
  @Test
  void anAddressThatNobodyCanHaveIsNotLookedFor() {
    String email = "x".repeat(100_000) + "@example.com";

    assertThat(denied(identify(new Credential.EmailPassword(email, PASSWORD), false)).code())
        .isEqualTo(Code.INVALID_PASSWORD);
  }

  @Test
  void manyRequestsWithAPasswordAreNotSlowedDown() {
    running.newUser(SHOP, EMAIL);
    for (int i = 0; i < 1000; i++) {
      granted(identify(new Credential.EmailPassword(EMAIL, PASSWORD), false));
    }

    assertThat(denied(identify(new Credential.EmailPassword(EMAIL, "wrong horse"), false)).code())
        .isEqualTo(Code.INVALID_PASSWORD);
  }

  @Test
  void headersNeitherMakeAnonymousUsersNorRunAuthenticationFunctions() {
    running.function("whoIs", _ -> new Outcome.Returned(new BsonString("ann")));

    assertThat(denied(identify(new Credential.Anonymous(), true)).code())
        .isEqualTo(Code.AUTH_ERROR);
    assertThat(denied(identify(function(), true)).code()).isEqualTo(Code.AUTH_ERROR);
    assertThat(running.calls).isEmpty();
  }

  @Test
  void aFunctionSaysWhoSomebodyIs() {
    running.function("whoIs", _ -> new Outcome.Returned(new BsonString("ann")));
    LogIn byText = running.logIn(SHOP, function());
    running.function(
        "whoIs",
        _ -> new Outcome.Returned(BsonDocument.parse("{id: 'ann', name: 'Ann', other: 1}")));

    LogIn byObject = running.logIn(SHOP, function());

    assertThat(byObject.user().id()).isEqualTo(byText.user().id());
    assertThat(running.access(byObject).user().data())
        .isEqualTo(BsonDocument.parse("{name: 'Ann'}"));
    assertThat(running.calls.getFirst().arguments())
        .containsExactly(BsonDocument.parse("{code: 7}"));
    assertThat(running.calls.getFirst().envelope().caller()).isEqualTo(Caller.nobody());
  }

  @Test
  void whatAFunctionThrowsIsTheAnswer() {
    running.function("whoIs", _ -> new Outcome.Threw("FunctionExecutionError", "wrong code"));

    assertThat(denied(logIn(SHOP, function())))
        .isEqualTo(new Denial(Code.AUTH_ERROR, "wrong code"));
  }

  private static Stream<BsonValue> noIds() {
    return Stream.of(
        BsonNull.VALUE,
        new BsonUndefined(),
        new BsonInt32(7),
        new BsonString(""),
        new BsonString("  "),
        new BsonString("x".repeat(2000)),
        new BsonDocument(),
        BsonDocument.parse("{id: 7}"),
        BsonDocument.parse("{id: {$ne: 1}}"),
        BsonDocument.parse("{name: 'Ann'}"));
  }

  @ParameterizedTest
  @MethodSource("noIds")
  void whatIsNoIdSignsNobodyIn(BsonValue value) {
    running.function("whoIs", _ -> new Outcome.Returned(value));

    assertThat(denied(logIn(SHOP, function())).code()).isEqualTo(Code.AUTH_ERROR);
  }

  @Test
  void aFunctionThatCannotBeRunSignsNobodyIn() {
    running.function("whoIs", _ -> new Outcome.Lost("the worker died"));

    assertThat(await(logIn(SHOP, function()).map("answered").otherwise("failed")))
        .isEqualTo("failed");
  }

  @Test
  void aLinkedIdentityIsAnotherWayToTheSameUser() {
    LogIn anonymous = running.logIn(SHOP, new Credential.Anonymous());
    granted(running.accounts().emailPassword().register(SHOP, EMAIL, PASSWORD, HOME));

    LogIn linked = granted(link(anonymous, new Credential.EmailPassword(EMAIL, PASSWORD)));

    assertThat(linked.user().id()).isEqualTo(anonymous.user().id());
    assertThat(running.access(linked).user().identities())
        .extracting(UserIdentity::providerType)
        .containsExactly("anon-user", "local-userpass");
    assertThat(running.access(anonymous).user().identities())
        .as("also with a token that was verified a moment ago")
        .hasSize(2);
    assertThat(running.logIn(SHOP, new Credential.EmailPassword(EMAIL, PASSWORD)).user().id())
        .isEqualTo(anonymous.user().id());
    assertThat(running.access(linked).user().data().getString("email").getValue()).isEqualTo(EMAIL);
  }

  @Test
  void linkingTwiceIsLinkingOnce() {
    LogIn anonymous = running.logIn(SHOP, new Credential.Anonymous());
    granted(link(anonymous, token("ann", "Ann")));

    LogIn again = granted(link(anonymous, token("ann", "Ann")));

    assertThat(again.user().identities()).hasSize(2);
  }

  @Test
  void linkingAtTheSameTimeIsLinkingOnce() {
    LogIn anonymous = running.logIn(SHOP, new Credential.Anonymous());

    List<Future<Answer<LogIn>>> all =
        IntStream.range(0, 8).mapToObj(_ -> link(anonymous, token("ann", "Ann"))).toList();

    all.forEach(answer -> granted(answer));
    assertThat(running.access(anonymous).user().identities()).hasSize(2);
  }

  @Test
  void ofTwoUsersWhoLinkTheSameIdentityAtOnceOneGetsIt() {
    LogIn one = running.logIn(SHOP, new Credential.Anonymous());
    LogIn other = running.logIn(SHOP, new Credential.Anonymous());

    List<Future<Answer<LogIn>>> both =
        List.of(link(one, token("ann", "Ann")), link(other, token("ann", "Ann")));

    assertThat(both.stream().map(answer -> await(answer)).filter(Answer.Granted.class::isInstance))
        .hasSize(1);
  }

  @Test
  void anIdentityOfAnotherUserCannotBeLinked() {
    running.logIn(SHOP, token("ann", "Ann"));
    LogIn anonymous = running.logIn(SHOP, new Credential.Anonymous());

    Denial denial = denied(link(anonymous, token("ann", "Ann")));

    assertThat(denial)
        .isEqualTo(
            new Denial(Code.AUTH_ERROR, "a user already exists with the specified provider"));
  }

  @Test
  void wrongCredentialsLinkNothingAndDoNotAskForNewTokens() {
    LogIn anonymous = running.logIn(SHOP, new Credential.Anonymous());
    running.newUser(SHOP, EMAIL);

    for (Credential wrong :
        List.of(
            new Credential.EmailPassword(EMAIL, "wrong horse"),
            new Credential.ApiKey("wrong"),
            new Credential.CustomToken("wrong"),
            new Credential.Anonymous(),
            new Credential.OAuth("oauth2-google"))) {
      assertThat(denied(link(anonymous, wrong)).code()).isNotEqualTo(Code.INVALID_SESSION);
    }
    assertThat(running.access(anonymous).user().identities()).hasSize(1);
  }

  @Test
  void aTokenOfAnotherAppLinksNothing() {
    LogIn stranger = running.logIn(TILL, new Credential.Anonymous());

    Denial denial =
        denied(
            running
                .accounts()
                .link(SHOP, running.access(stranger), token("ann", "Ann"), Device.none(), HOME));

    assertThat(denial.code()).isEqualTo(Code.USER_APP_DOMAIN_MISMATCH);
  }

  @Test
  void theSameSubjectInAnotherAppIsAnotherUser() {
    LogIn shop = running.logIn(SHOP, token("ann", "Ann"));
    LogIn till = running.logIn(TILL, tokenFor("till-abcde", "ann", "Ann"));

    assertThat(till.user().id()).isNotEqualTo(shop.user().id());
    assertThat(denied(logIn(TILL, token("ann", "Ann"))).message())
        .isEqualTo("the token is for another audience");
  }

  @Test
  void aDeletedUserMayComeBackAsANewOne() {
    LogIn first = running.logIn(SHOP, token("ann", "Ann"));
    granted(running.accounts().deleteSelf(running.access(first)));

    LogIn second = running.logIn(SHOP, token("ann", "Ann"));

    assertThat(second.user().id()).isNotEqualTo(first.user().id());
  }

  private Future<Answer<LogIn>> logIn(DeployedApp app, Credential credential) {
    return running.accounts().logIn(app, credential, Device.none(), HOME);
  }

  private Future<Answer<LogIn>> link(LogIn logIn, Credential credential) {
    return running.accounts().link(SHOP, running.access(logIn), credential, Device.none(), HOME);
  }

  private Future<Answer<AppUser>> identify(Credential credential, boolean create) {
    return running.accounts().identify(SHOP, credential, create, HOME);
  }

  private static Credential function() {
    return new Credential.CustomFunction(BsonDocument.parse("{code: 7}"));
  }

  private Credential token(String subject, String name) {
    return tokenFor("shop-abcde", subject, name);
  }

  private Credential tokenFor(String audience, String subject, String name) {
    JsonObject claims =
        new JsonObject()
            .put("sub", subject)
            .put("aud", audience)
            .put("name", name)
            .put("exp", running.clock.instant().getEpochSecond() + 30);
    return new Credential.CustomToken(
        Jwt.hmac(Jwt.header("HS256"), claims, SECRET.getBytes(StandardCharsets.UTF_8)));
  }

  private static DeployedApp app(String id) {
    return TestApps.app(
        id,
        Secrets.of(Map.of("key", SECRET)),
        TestApps.enabled(new AuthProvider.ApiKey()),
        TestApps.enabled(new AuthProvider.Anonymous()),
        TestApps.enabled(new AuthProvider.CustomFunction("whoIs")),
        TestApps.enabled(new OAuth(OAuth.Service.GOOGLE, "client", null, true)),
        TestApps.enabled(new EmailPassword(true, null, null, null, null, null, null)),
        TestApps.enabled(
            new CustomToken(List.of(), false, SigningAlgorithm.HS256, null, List.of("key")),
            new MetadataField(false, "name", null)));
  }
}
