package dev.berth.identity.account;

import static dev.berth.identity.Waiting.await;
import static dev.berth.identity.Waiting.denied;
import static dev.berth.identity.Waiting.granted;
import static dev.berth.identity.account.RunningIdentity.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.EmailPassword;
import dev.berth.appmodel.CustomUserData;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.ApiKey;
import dev.berth.identity.AppUser;
import dev.berth.identity.CreatedApiKey;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Device;
import dev.berth.identity.LogIn;
import dev.berth.identity.Session;
import dev.berth.identity.TestApps;
import dev.berth.identity.UserAdministration.UserChange;
import dev.berth.identity.UserApiKeys;
import dev.berth.identity.UserType;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

  private static final Denial INVALID = new Denial(Code.AUTH_ERROR, "invalid API key");
  private static final Denial NOT_FOUND = new Denial(Code.API_KEY_NOT_FOUND, "API key not found");

  private static final DeployedApp SHOP = app("shop-abcde");
  private static final DeployedApp TILL = app("till-abcde");
  private static final DeployedApp CLOSED =
      TestApps.app("closed-abcde", TestApps.disabled(new AuthProvider.ApiKey()));

  @TempDir private Path folder;
  private RunningIdentity running;
  private LogIn ann;
  private Session session;

  @BeforeEach
  void start() {
    running = RunningIdentity.in(folder, SHOP, TILL, CLOSED);
    ann = running.newUser(SHOP, "ann@example.com");
    session = running.refresh(ann);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void aKeyOfAUserSignsInAsThatUser() {
    CreatedApiKey made = granted(keys().create(session, "phone"));

    LogIn logIn = running.logIn(SHOP, new Credential.ApiKey(made.value()));

    assertThat(made.value()).matches("[A-Za-z0-9]{64}");
    assertThat(made.key().id()).matches("[0-9a-f]{24}");
    assertThat(logIn.user().id()).isEqualTo(ann.user().id());
    assertThat(logIn.user().type()).isEqualTo(UserType.NORMAL);
  }

  @Test
  void keysAreListedWithoutTheirValues() {
    ApiKey one = granted(keys().create(session, "one")).key();
    ApiKey two = granted(keys().create(session, "two")).key();

    assertThat(await(keys().all(session))).containsExactly(one, two);
    assertThat(granted(keys().find(session, two.id()))).isEqualTo(two);
    assertThat(one).isEqualTo(new ApiKey(one.id(), "one", false));
  }

  @Test
  void aDisabledKeyIsRefusedAtOnceUntilItIsEnabled() {
    CreatedApiKey made = granted(keys().create(session, "phone"));
    granted(identify(made.value()));

    granted(keys().disable(session, made.key().id()));
    assertThat(denied(identify(made.value()))).isEqualTo(INVALID);
    assertThat(granted(keys().find(session, made.key().id())).disabled()).isTrue();

    granted(keys().enable(session, made.key().id()));
    granted(identify(made.value()));
  }

  @Test
  void aDeletedKeyIsRefusedAtOnce() {
    CreatedApiKey made = granted(keys().create(session, "phone"));
    granted(identify(made.value()));

    granted(keys().delete(session, made.key().id()));

    assertThat(denied(identify(made.value()))).isEqualTo(INVALID);
    assertThat(denied(keys().find(session, made.key().id()))).isEqualTo(NOT_FOUND);
  }

  @Test
  void aKeyDoesNotDeleteItself() {
    CreatedApiKey made = granted(keys().create(session, "phone"));
    Session byKey = running.refresh(running.logIn(SHOP, new Credential.ApiKey(made.value())));

    Denial denial = denied(keys().delete(byKey, made.key().id()));

    assertThat(denial.code().status()).isEqualTo(403);
    granted(keys().delete(session, made.key().id()));
  }

  @Test
  void aUserHas20KeysAtMostAlsoWhenTheyAreMadeAtOnce() {
    List<Future<Answer<CreatedApiKey>>> all =
        IntStream.range(0, 25).mapToObj(i -> keys().create(session, "key " + i)).toList();
    await(Future.all(all));

    assertThat(all.stream().map(Future::result).filter(Answer.Granted.class::isInstance))
        .hasSize(20);
    assertThat(denied(keys().create(session, "one more")))
        .isEqualTo(new Denial(Code.BAD_REQUEST, "there may be at most 20 API keys"));
    granted(keys().delete(session, await(keys().all(session)).getFirst().id()));
    granted(keys().create(session, "one more"));
  }

  @Test
  void twoKeysOfAUserHaveDifferentNames() {
    granted(keys().create(session, "phone"));

    assertThat(denied(keys().create(session, "phone")))
        .isEqualTo(new Denial(Code.API_KEY_ALREADY_EXISTS, "API key already exists"));
    Session bob = running.refresh(running.newUser(SHOP, "bob@example.com"));
    granted(keys().create(bob, "phone"));
  }

  @Test
  void anonymousUsersHaveNoKeys() {
    Session anonymous = running.refresh(running.logIn(SHOP, new Credential.Anonymous()));

    assertThat(denied(keys().create(anonymous, "phone")))
        .isEqualTo(new Denial(Code.BAD_REQUEST, "anonymous users cannot have API keys"));
  }

  @Test
  void nobodyTouchesTheKeysOfOthers() {
    String id = granted(keys().create(session, "phone")).key().id();
    Session bob = running.refresh(running.newUser(SHOP, "bob@example.com"));
    Session abroad = running.refresh(running.newUser(TILL, "ann@example.com"));

    for (Session other : List.of(bob, abroad)) {
      assertThat(denied(keys().find(other, id))).isEqualTo(NOT_FOUND);
      assertThat(denied(keys().delete(other, id))).isEqualTo(NOT_FOUND);
      assertThat(denied(keys().disable(other, id))).isEqualTo(NOT_FOUND);
      assertThat(denied(keys().enable(other, id))).isEqualTo(NOT_FOUND);
      assertThat(await(keys().all(other))).isEmpty();
    }
    assertThat(denied(running.administration().disableServerKey(SHOP.id(), id)))
        .isEqualTo(NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "wrong", "{\"$ne\":1}"})
  void aKeyThatWasNeverMadeIsRefused(String key) {
    assertThat(denied(identify(key))).isEqualTo(INVALID);
    assertThat(
            denied(running.accounts().logIn(SHOP, new Credential.ApiKey(key), Device.none(), HOME)))
        .isEqualTo(INVALID);
  }

  @Test
  void aKeyIsWorthNothingInAnotherApp() {
    CreatedApiKey own = granted(keys().create(session, "phone"));
    CreatedApiKey server = granted(running.administration().createServerKey(SHOP.id(), "job"));

    for (CreatedApiKey key : List.of(own, server)) {
      assertThat(
              denied(
                  running
                      .accounts()
                      .identify(TILL, new Credential.ApiKey(key.value()), true, HOME)))
          .isEqualTo(INVALID);
    }
  }

  @Test
  void whereTheProviderIsOffKeysAreNeitherMadeNorAccepted() {
    Denial unsupported =
        new Denial(Code.AUTH_PROVIDER_NOT_FOUND, "authentication via 'api-key' is unsupported");

    assertThat(
            denied(running.accounts().identify(CLOSED, new Credential.ApiKey("key"), true, HOME)))
        .isEqualTo(unsupported);
    running.deploy(TestApps.app("shop-abcde", 2, Secrets.none(), CustomUserData.disabled()));
    assertThat(denied(keys().create(session, "phone"))).isEqualTo(unsupported);
  }

  @Test
  void whatWasVerifiedAMomentAgoDoesNotOutliveTheProvider() {
    CreatedApiKey made = granted(keys().create(session, "phone"));
    granted(identify(made.value()));
    DeployedApp off = TestApps.app("shop-abcde", TestApps.disabled(new AuthProvider.ApiKey()));

    assertThat(
            denied(
                    running
                        .accounts()
                        .identify(off, new Credential.ApiKey(made.value()), false, HOME))
                .code())
        .isEqualTo(Code.AUTH_PROVIDER_NOT_FOUND);
  }

  /// It would not be seen by who disables the key that leaked.
  @Test
  void aServerKeyMakesNoKeysAndLinksNobody() {
    CreatedApiKey made = granted(running.administration().createServerKey(SHOP.id(), "job"));
    Session byKey = running.refresh(running.logIn(SHOP, new Credential.ApiKey(made.value())));

    assertThat(denied(keys().create(byKey, "hidden")).code()).isEqualTo(Code.BAD_REQUEST);
    granted(running.administration().disableServerKey(SHOP.id(), made.key().id()));
    assertThat(denied(identify(made.value()))).isEqualTo(INVALID);
    granted(running.administration().enableServerKey(SHOP.id(), made.key().id()));
    granted(identify(made.value()));
  }

  @Test
  void aServerKeyIsAUserOfItsOwn() {
    CreatedApiKey made = granted(running.administration().createServerKey(SHOP.id(), "job"));

    AppUser user = granted(identify(made.value()));

    assertThat(user.type()).isEqualTo(UserType.SERVER);
    assertThat(user.data().getString("name").getValue()).isEqualTo("job");
    assertThat(user.identities().getFirst().id()).isEqualTo(made.key().id());
    assertThat(denied(running.administration().createServerKey(SHOP.id(), "job")).code())
        .isEqualTo(Code.API_KEY_ALREADY_EXISTS);
  }

  @Test
  void theUserOfADeletedServerKeyStaysDisabled() {
    CreatedApiKey made = granted(running.administration().createServerKey(SHOP.id(), "job"));
    LogIn logIn = running.logIn(SHOP, new Credential.ApiKey(made.value()));

    granted(running.administration().deleteServerKey(SHOP.id(), made.key().id()));

    assertThat(denied(identify(made.value()))).isEqualTo(INVALID);
    assertThat(denied(running.accounts().verifyAccess(logIn.accessToken())).code())
        .isEqualTo(Code.INVALID_SESSION);
    assertThat(await(running.accounts().find(SHOP.id(), logIn.user().id())))
        .hasValueSatisfying(user -> assertThat(user.disabled()).isTrue());
  }

  @Test
  void theKeyOfADisabledOrDeletedUserIsRefusedAtOnce() {
    CreatedApiKey made = granted(keys().create(session, "phone"));
    granted(identify(made.value()));

    granted(running.administration().disable(SHOP.id(), ann.user().id()));
    assertThat(denied(identify(made.value())).code()).isEqualTo(Code.USER_DISABLED);

    granted(running.administration().enable(SHOP.id(), ann.user().id()));
    granted(identify(made.value()));
    granted(running.administration().delete(SHOP.id(), ann.user().id()));
    assertThat(denied(identify(made.value()))).isEqualTo(INVALID);
  }

  @Test
  void othersAreToldWhatTheyMustForget() {
    List<UserChange> changes = new ArrayList<>();
    Runnable stop = running.administration().onChange(changes::add);

    granted(running.administration().disable(SHOP.id(), ann.user().id()));
    stop.run();
    granted(running.administration().enable(SHOP.id(), ann.user().id()));

    assertThat(changes).containsExactly(new UserChange(SHOP.id(), ann.user().id()));
  }

  @Test
  void anotherGatewayForgetsWhenItIsTold() {
    CreatedApiKey made = granted(keys().create(session, "phone"));
    Identity other = running.another();
    Credential key = new Credential.ApiKey(made.value());
    granted(other.accounts().identify(SHOP, key, false, HOME));
    granted(running.administration().disable(SHOP.id(), ann.user().id()));
    granted(other.accounts().identify(SHOP, key, false, HOME));

    other.administration().forget(new UserChange(SHOP.id(), ann.user().id()));

    assertThat(denied(other.accounts().identify(SHOP, key, false, HOME)).code())
        .isEqualTo(Code.USER_DISABLED);
    RunningIdentity.close(other);
  }

  @Test
  void noTextFormShowsAKey() {
    CreatedApiKey made = granted(keys().create(session, "phone"));

    assertThat(made.toString()).doesNotContain(made.value());
  }

  private UserApiKeys keys() {
    return running.accounts().apiKeys();
  }

  private Future<Answer<AppUser>> identify(String key) {
    return running.accounts().identify(SHOP, new Credential.ApiKey(key), false, HOME);
  }

  private static DeployedApp app(String id) {
    return TestApps.app(
        id,
        TestApps.enabled(new AuthProvider.ApiKey()),
        TestApps.enabled(new AuthProvider.Anonymous()),
        TestApps.enabled(new EmailPassword(true, null, null, null, null, null, null)));
  }
}
