package dev.berth.identity.account;

import static dev.berth.identity.Waiting.await;
import static dev.berth.identity.Waiting.denied;
import static dev.berth.identity.Waiting.granted;
import static dev.berth.identity.account.RunningIdentity.HOME;
import static dev.berth.identity.account.RunningIdentity.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.EmailPassword;
import dev.berth.appmodel.CustomUserData;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.ServiceTerms;
import dev.berth.identity.AccessTokenState;
import dev.berth.identity.Answer;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Device;
import dev.berth.identity.Jwt;
import dev.berth.identity.LogIn;
import dev.berth.identity.Session;
import dev.berth.identity.TestApps;
import dev.berth.identity.UserIdentity;
import dev.berth.identity.UserType;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

  private static final String EMAIL = "ann@example.com";
  private static final Denial DEAD_ACCESS = new Denial(Code.INVALID_SESSION, "invalid session");
  private static final Denial DEAD_REFRESH =
      new Denial(Code.INVALID_SESSION, "invalid session: failed to find refresh token");

  private static final DeployedApp SHOP = app("shop-abcde");
  private static final DeployedApp TILL = app("till-abcde");

  @TempDir private Path folder;
  private RunningIdentity running;

  @BeforeEach
  void start() {
    running = RunningIdentity.in(folder, SHOP, TILL);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void aLoginGivesTokensForTheUserAndADeviceId() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    assertThat(logIn.user().id()).matches("[0-9a-f]{24}");
    assertThat(logIn.deviceId()).matches("[0-9a-f]{24}").isNotEqualTo("0".repeat(24));
    assertThat(Jwt.claims(logIn.accessToken()).getString("sub")).isEqualTo(logIn.user().id());
    assertThat(logIn.user().type()).isEqualTo(UserType.NORMAL);
    assertThat(logIn.user().data()).isEqualTo(new BsonDocument("email", new BsonString(EMAIL)));
    assertThat(logIn.user().identities())
        .singleElement()
        .satisfies(
            identity -> {
              assertThat(identity.id()).matches("[0-9a-f]{24}-[a-z0-9]{20}");
              assertThat(identity.providerType()).isEqualTo("local-userpass");
              assertThat(identity.providerId()).matches("[0-9a-f]{24}");
            });
  }

  @Test
  void theSameUserComesBackWithTheNextLogin() {
    LogIn first = running.newUser(SHOP, EMAIL);
    running.clock.pass(Duration.ofHours(1));

    LogIn second = running.logIn(SHOP, password());

    assertThat(second.user().id()).isEqualTo(first.user().id());
    assertThat(running.access(second).user().lastAuthenticatedAt())
        .isEqualTo(running.clock.instant());
    assertThat(running.access(second).sessionId())
        .isNotEqualTo(Jwt.claims(first.accessToken()).getString("iss"));
  }

  @Test
  void everyAnonymousLoginIsAnotherUser() {
    LogIn one = running.logIn(SHOP, new Credential.Anonymous());
    LogIn other = running.logIn(SHOP, new Credential.Anonymous());

    assertThat(other.user().id()).isNotEqualTo(one.user().id());
    assertThat(one.user().identities())
        .extracting(UserIdentity::providerType)
        .containsExactly("anon-user");
  }

  @Test
  void tokensSurviveARestartAndWorkOnEveryGateway() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    running.restart();

    assertThat(running.access(logIn).user().id()).isEqualTo(logIn.user().id());
    Identity other = running.another();
    granted(other.accounts().verifyAccess(logIn.accessToken()));
    granted(other.accounts().verifyRefresh(logIn.refreshToken()));
    RunningIdentity.close(other);
  }

  @Test
  void anAccessTokenLives30MinutesAndARefreshToken60Days() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    running.clock.pass(Duration.ofMinutes(30));
    assertThat(denied(access(logIn))).isEqualTo(DEAD_ACCESS);
    running.refresh(logIn);

    running.clock.pass(Duration.ofDays(60));
    assertThat(denied(refresh(logIn))).isEqualTo(DEAD_REFRESH);
  }

  @Test
  void anAppMaySayHowLongItsSessionsLiveFromNowOn() {
    LogIn before = running.newUser(SHOP, EMAIL);
    DeployedApp shop =
        SHOP.on(
            new ServiceTerms(
                1, List.of(ServiceTerms.EVERYWHERE), null, null, Duration.ofHours(1), null));
    running.deploy(shop);
    LogIn now = running.logIn(shop, new Credential.EmailPassword(EMAIL, RunningIdentity.PASSWORD));
    LogIn nobody = running.logIn(shop, new Credential.Anonymous());
    LogIn elsewhere = running.newUser(TILL, EMAIL);

    running.clock.pass(Duration.ofMinutes(59));
    running.refresh(now);
    running.clock.pass(Duration.ofMinutes(1));

    assertThat(denied(refresh(now))).isEqualTo(DEAD_REFRESH);
    running.refresh(before);
    running.refresh(nobody);
    running.refresh(elsewhere);
  }

  @Test
  void whoeverRunsAnAppHearsWhetherATokenIsAliveExpiredOrWorthNothing() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    assertThat(examined(logIn.accessToken()))
        .isInstanceOfSatisfying(
            AccessTokenState.Alive.class,
            alive -> {
              assertThat(alive.session().user().id()).isEqualTo(logIn.user().id());
              assertThat(Duration.between(alive.issuedAt(), alive.expiresAt()))
                  .isEqualTo(Duration.ofMinutes(30));
            });
    AccessTokenState dead = new AccessTokenState.Dead();
    assertThat(examined(logIn.refreshToken())).isEqualTo(dead);
    assertThat(examined("x".repeat(1_000_000))).isEqualTo(dead);
    String forged = logIn.accessToken().substring(0, logIn.accessToken().lastIndexOf('.')) + ".AA";
    assertThat(examined(forged)).isEqualTo(dead);
    running.clock.pass(Duration.ofMinutes(30));
    assertThat(examined(logIn.accessToken())).isEqualTo(new AccessTokenState.Expired());
    assertThat(examined(forged)).isEqualTo(dead);
  }

  private AccessTokenState examined(String token) {
    return await(running.administration().examine(SHOP.id(), token));
  }

  @Test
  void anAnonymousSessionLivesAsGoodAsForEver() {
    LogIn logIn = running.logIn(SHOP, new Credential.Anonymous());

    running.clock.pass(Duration.ofDays(3650));

    running.refresh(logIn);
  }

  @Test
  void aRefreshGivesANewAccessTokenOfTheSameSession() {
    LogIn logIn = running.newUser(SHOP, EMAIL);
    running.clock.pass(Duration.ofHours(2));
    Session session = running.refresh(logIn);

    String token = granted(running.accounts().refresh(session));

    Session fresh = granted(running.accounts().verifyAccess(token));
    assertThat(fresh.sessionId()).isEqualTo(session.sessionId());
    assertThat(fresh.user().id()).isEqualTo(logIn.user().id());
  }

  @Test
  void neitherTokenDoesTheWorkOfTheOther() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    assertThat(denied(running.accounts().verifyAccess(logIn.refreshToken())))
        .isEqualTo(DEAD_ACCESS);
    assertThat(denied(running.accounts().verifyRefresh(logIn.accessToken())))
        .isEqualTo(DEAD_REFRESH);
  }

  @Test
  void whatIsNoTokenIsRefused() {
    for (String text : List.of("", "x", "a.b.c", "..", "x".repeat(1_000_000))) {
      assertThat(denied(running.accounts().verifyAccess(text))).isEqualTo(DEAD_ACCESS);
      assertThat(denied(running.accounts().verifyRefresh(text))).isEqualTo(DEAD_REFRESH);
    }
  }

  @Test
  void afterLoggingOutTheRefreshTokenIsDeadAndTheAccessTokenLivesOn() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    granted(running.accounts().logOut(running.refresh(logIn)));

    assertThat(denied(refresh(logIn))).isEqualTo(DEAD_REFRESH);
    granted(access(logIn));
  }

  @Test
  void loggingOutEndsOneSessionOnly() {
    LogIn one = running.newUser(SHOP, EMAIL);
    LogIn other = running.logIn(SHOP, password());

    granted(running.accounts().logOut(running.refresh(one)));

    granted(refresh(other));
  }

  @Test
  void revokingEndsEverySessionAndEveryAccessTokenAtOnce() {
    LogIn one = running.newUser(SHOP, EMAIL);
    LogIn other = running.logIn(SHOP, password());
    granted(access(one));

    granted(running.administration().revokeSessions(SHOP.id(), one.user().id()));

    for (LogIn logIn : List.of(one, other)) {
      assertThat(denied(access(logIn))).isEqualTo(DEAD_ACCESS);
      assertThat(denied(refresh(logIn))).isEqualTo(DEAD_REFRESH);
    }
    granted(access(running.logIn(SHOP, password())));
  }

  @Test
  void aDisabledUserIsRefusedEverywhereAndBackWhenEnabled() {
    LogIn logIn = running.newUser(SHOP, EMAIL);
    granted(access(logIn));

    granted(running.administration().disable(SHOP.id(), logIn.user().id()));

    assertThat(denied(access(logIn))).isEqualTo(DEAD_ACCESS);
    assertThat(denied(refresh(logIn))).isEqualTo(DEAD_REFRESH);
    assertThat(denied(logIn())).isEqualTo(new Denial(Code.USER_DISABLED, "user disabled"));

    granted(running.administration().enable(SHOP.id(), logIn.user().id()));

    granted(access(logIn));
    granted(refresh(logIn));
    granted(logIn());
  }

  @Test
  void aDeletedUserIsGoneAndTheAddressFree() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    granted(running.accounts().deleteSelf(running.access(logIn)));

    assertThat(denied(access(logIn))).isEqualTo(DEAD_ACCESS);
    assertThat(denied(refresh(logIn))).isEqualTo(DEAD_REFRESH);
    assertThat(denied(logIn()))
        .isEqualTo(new Denial(Code.INVALID_PASSWORD, "invalid username/password"));
    assertThat(running.newUser(SHOP, EMAIL).user().id()).isNotEqualTo(logIn.user().id());
  }

  @Test
  void anUnknownUserAndAWrongPasswordGetTheSameAnswer() {
    running.newUser(SHOP, EMAIL);

    Denial wrong = denied(logIn(new Credential.EmailPassword(EMAIL, "wrong horse")));
    Denial unknown = denied(logIn(new Credential.EmailPassword("bob@example.com", PASSWORD)));

    assertThat(wrong).isEqualTo(new Denial(Code.INVALID_PASSWORD, "invalid username/password"));
    assertThat(unknown).isEqualTo(wrong);
  }

  @Test
  void whoGuessesPasswordsIsSlowedDownAndTheUserIsNot() {
    running.newUser(SHOP, EMAIL);
    Credential guess = new Credential.EmailPassword(EMAIL, "wrong horse");
    for (int i = 0; i < 20; i++) {
      denied(logIn(guess, "203.0.113.7"));
    }

    Denial denial = denied(logIn(password(), "203.0.113.7"));

    assertThat(denial.code()).isEqualTo(Code.TOO_MANY_REQUESTS);
    assertThat(denial.retryAfter()).isPositive();
    granted(logIn(password(), HOME));
  }

  @Test
  void theTokensOfAnAppThatIsGoneAreRefused() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    running.remove(SHOP.id());

    assertThat(denied(access(logIn))).isEqualTo(DEAD_ACCESS);
    assertThat(denied(refresh(logIn))).isEqualTo(DEAD_REFRESH);
  }

  @Test
  void usersOfOneAppAreUnknownToAnother() {
    LogIn logIn = running.newUser(SHOP, EMAIL);
    String userId = logIn.user().id();

    assertThat(denied(running.accounts().logIn(TILL, password(), Device.none(), HOME)))
        .isEqualTo(new Denial(Code.INVALID_PASSWORD, "invalid username/password"));
    assertThat(await(running.accounts().find(TILL.id(), userId))).isEmpty();
    assertThat(await(running.accounts().find(SHOP.id(), userId))).isPresent();
    assertThat(denied(running.administration().disable(TILL.id(), userId)).code())
        .isEqualTo(Code.USER_NOT_FOUND);
    assertThat(denied(running.administration().delete(TILL.id(), userId)).code())
        .isEqualTo(Code.USER_NOT_FOUND);
    assertThat(running.access(logIn).appId()).isEqualTo(SHOP.id());
    LogIn till = running.newUser(TILL, EMAIL);
    assertThat(till.user().id()).isNotEqualTo(userId);
  }

  @Test
  void aDeviceKeepsItsIdAndAnUnknownOneGetsANewOne() {
    LogIn first = running.newUser(SHOP, EMAIL);
    BsonDocument facts = new BsonDocument("platform", new BsonString("node"));

    LogIn known = logIn(SHOP, new Device(first.deviceId(), facts));
    assertThat(known.deviceId()).isEqualTo(first.deviceId());
    assertThat(Jwt.claims(known.accessToken()).getString("baas_device_id"))
        .isEqualTo(first.deviceId());

    for (String unknown : List.of("0".repeat(24), "f".repeat(24), "phone", "")) {
      assertThat(logIn(SHOP, new Device(unknown, facts)).deviceId())
          .matches("[0-9a-f]{24}")
          .isNotEqualTo(unknown);
    }
    running.newUser(TILL, EMAIL);
    assertThat(logIn(TILL, new Device(first.deviceId(), facts)).deviceId())
        .as("an id that another app gave out")
        .isNotEqualTo(first.deviceId());
  }

  @Test
  void customDataIsWhatItWasWhenTheTokenWasIssued() {
    LogIn logIn = running.newUser(SHOP, EMAIL);
    BsonDocument dark = BsonDocument.parse("{theme: 'dark', since: {$date: 1000}, n: 5}");
    running.customData.put(logIn.user().id(), dark);
    LogIn second = running.logIn(SHOP, password());
    running.customData.put(logIn.user().id(), BsonDocument.parse("{theme: 'light'}"));

    assertThat(running.access(second).user().customData()).isEqualTo(dark);
    String fresh = granted(running.accounts().refresh(running.refresh(second)));
    assertThat(granted(running.accounts().verifyAccess(fresh)).user().customData())
        .isEqualTo(BsonDocument.parse("{theme: 'light'}"));
    assertThat(
            await(running.accounts().find(SHOP.id(), logIn.user().id())).orElseThrow().customData())
        .isEqualTo(BsonDocument.parse("{theme: 'light'}"));
  }

  @Test
  void customDataThatIsTooLargeForATokenIsLeftOut() {
    LogIn logIn = running.newUser(SHOP, EMAIL);
    running.customData.put(
        logIn.user().id(), new BsonDocument("much", new BsonString("x".repeat(20_000))));

    LogIn second = running.logIn(SHOP, password());

    assertThat(running.access(second).user().customData()).isEmpty();
  }

  @Test
  void aFunctionMayRefuseNewUsersAndSeesThemBefore() {
    CustomUserData refusing =
        new CustomUserData(true, "mongodb-atlas", "shop", "users", "userId", "onUserCreation");
    DeployedApp app =
        TestApps.app(
            "refusing-abcde",
            1,
            Secrets.none(),
            refusing,
            TestApps.enabled(new AuthProvider.Anonymous()));
    running.deploy(app);
    running.function(
        "onUserCreation", _ -> new Outcome.Threw("FunctionExecutionError", "we are full"));

    Denial denial =
        denied(running.accounts().logIn(app, new Credential.Anonymous(), Device.none(), HOME));

    assertThat(denial).isEqualTo(new Denial(Code.AUTH_ERROR, "we are full"));
    BsonDocument user = running.calls.getFirst().arguments().getFirst().asDocument();
    assertThat(await(running.accounts().find(app.id(), user.getString("id").getValue()))).isEmpty();
  }

  @Test
  void anonymousUsersAreDeletedAfter90DaysAndLinkedOnesAreNot() {
    LogIn anonymous = running.logIn(SHOP, new Credential.Anonymous());
    LogIn linked = running.logIn(SHOP, new Credential.Anonymous());
    granted(running.accounts().emailPassword().register(SHOP, EMAIL, PASSWORD, HOME));
    granted(running.accounts().link(SHOP, running.access(linked), password(), Device.none(), HOME));
    running.clock.pass(Duration.ofDays(90).plusSeconds(1));

    await(running.identity().removeWhatHasRunOut());

    assertThat(await(running.accounts().find(SHOP.id(), anonymous.user().id()))).isEmpty();
    assertThat(await(running.accounts().find(SHOP.id(), linked.user().id()))).isPresent();
  }

  @Test
  void aKeyRotationLeavesEverybodySignedIn() {
    LogIn old = running.newUser(SHOP, EMAIL);

    await(running.administration().rotateSigningKey(SHOP.id()));

    granted(access(old));
    granted(refresh(old));
    granted(access(running.logIn(SHOP, password())));
  }

  @Test
  void noTextFormShowsAToken() {
    LogIn logIn = running.newUser(SHOP, EMAIL);

    assertThat(List.of(logIn, running.access(logIn), password(), new Credential.ApiKey("key")))
        .allSatisfy(
            secret ->
                assertThat(secret.toString())
                    .doesNotContain(logIn.accessToken())
                    .doesNotContain(logIn.refreshToken())
                    .doesNotContain(PASSWORD)
                    .doesNotContain("key]")
                    .doesNotContain(EMAIL));
  }

  private Future<Answer<Session>> access(LogIn logIn) {
    return running.accounts().verifyAccess(logIn.accessToken());
  }

  private Future<Answer<Session>> refresh(LogIn logIn) {
    return running.accounts().verifyRefresh(logIn.refreshToken());
  }

  private static Credential password() {
    return new Credential.EmailPassword(EMAIL, PASSWORD);
  }

  private Future<Answer<LogIn>> logIn() {
    return logIn(password());
  }

  private Future<Answer<LogIn>> logIn(Credential credential) {
    return logIn(credential, HOME);
  }

  private Future<Answer<LogIn>> logIn(Credential credential, String address) {
    return running.accounts().logIn(SHOP, credential, Device.none(), address);
  }

  private LogIn logIn(DeployedApp app, Device device) {
    return granted(running.accounts().logIn(app, password(), device, HOME));
  }

  private static DeployedApp app(String id) {
    return TestApps.app(
        id,
        TestApps.enabled(new AuthProvider.Anonymous()),
        TestApps.enabled(new EmailPassword(true, null, null, null, null, null, null)));
  }
}
