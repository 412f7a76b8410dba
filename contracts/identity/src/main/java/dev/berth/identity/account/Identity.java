package dev.berth.identity.account;

import dev.berth.catalog.AppCatalog;
import dev.berth.identity.Accounts;
import dev.berth.identity.AppUser;
import dev.berth.identity.CustomUserDataSource;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.Session;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.cache.BriefMemory;
import dev.berth.identity.function.AppFunctions;
import dev.berth.identity.mail.Mailer;
import dev.berth.identity.password.Passwords;
import dev.berth.identity.provider.ApiKeyProvider;
import dev.berth.identity.provider.CustomFunctionProvider;
import dev.berth.identity.provider.CustomTokenProvider;
import dev.berth.identity.provider.KeySets;
import dev.berth.identity.provider.PasswordProvider;
import dev.berth.identity.provider.Providers;
import dev.berth.identity.store.IdentityStore;
import dev.berth.identity.throttle.LoginThrottle;
import dev.berth.identity.token.SessionTokens;
import dev.berth.identity.token.SigningKeys;
import dev.berth.invocation.Invoker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about users, put together: the one thing that a process opens.
public final class Identity {

  private static final Logger log = LoggerFactory.getLogger(Identity.class);
  private static final Duration HOUSEKEEPING = Duration.ofHours(1);

  private final Vertx vertx;
  private final IdentityStore store;
  private final Passwords passwords;
  private final Accounts accounts;
  private final UserAdministration administration;
  private final Housekeeping housekeeping;
  private final long timer;

  private Identity(Vertx vertx, IdentityStore store, Passwords passwords, Surroundings around) {
    this.vertx = vertx;
    this.store = store;
    this.passwords = passwords;

    InstantSource clock = around.clock();
    IdentitySettings settings = around.settings();
    Changes changes = new Changes();
    BriefMemory<Session> sessionMemory =
        new BriefMemory<>(vertx, clock, settings.memoryLife(), settings.memoryEntries());
    BriefMemory<AppUser> userMemory =
        new BriefMemory<>(vertx, clock, settings.memoryLife(), settings.memoryEntries());
    changes.remembers(change -> sessionMemory.forget(change.appId(), change.userId()));
    changes.remembers(change -> userMemory.forget(change.appId(), change.userId()));

    AppFunctions functions = new AppFunctions(around.invoker());
    LoginThrottle throttle = new LoginThrottle(clock);
    Providers providers =
        new Providers(
            new PasswordProvider(store.passwordAccounts(), passwords, throttle),
            new ApiKeyProvider(store.apiKeys()),
            new CustomTokenProvider(new KeySets(vertx, clock, around.reachable()), clock),
            new CustomFunctionProvider(functions, throttle));

    Users users = new Users(store.users(), functions, clock);
    SigningKeys signingKeys = new SigningKeys(store.signingKeys(), clock);
    SessionTokens tokens = new SessionTokens(signingKeys, clock);
    Sessions sessions =
        new Sessions(
            store.sessions(),
            tokens,
            users,
            around.catalog(),
            around.customData(),
            settings,
            clock);
    NewApiKeys newKeys = new NewApiKeys(store.apiKeys());
    Links links =
        new Links(
            store.linkTokens(),
            store.passwordAccounts(),
            around.mailer(),
            settings.linkLife(),
            clock);
    Registrations registrations =
        new Registrations(store.passwordAccounts(), links, passwords, functions, throttle, clock);
    PasswordResets resets =
        new PasswordResets(
            store.passwordAccounts(),
            store.users(),
            links,
            passwords,
            functions,
            throttle,
            changes);
    TokenCheck tokenCheck =
        new TokenCheck(tokens, store.sessions(), users, around.catalog(), sessionMemory, clock);
    this.administration =
        new Administration(store, users, registrations, newKeys, signingKeys, tokenCheck, changes);
    this.accounts =
        new StoredAccounts(
            new SignIn(providers, users, store.users(), sessions, changes, userMemory),
            tokenCheck,
            sessions,
            users,
            administration,
            new StoredEmailPasswordAccounts(registrations, resets),
            new OwnApiKeys(store.apiKeys(), newKeys, sessions, around.catalog(), changes),
            around.catalog(),
            around.customData());
    this.housekeeping = new Housekeeping(store, administration, settings, clock);
    this.timer = vertx.setPeriodic(HOUSEKEEPING.toMillis(), _ -> keepHouse());
  }

  /// What identity needs of others.
  ///
  /// @param invoker runs the functions that have a say in who signs in
  /// @param mailer brings confirmation and reset links
  /// @param customData reads what apps keep of their users
  /// @param reachable which addresses published keys may be read from
  public record Surroundings(
      AppCatalog catalog,
      Invoker invoker,
      Mailer mailer,
      CustomUserDataSource customData,
      IdentitySettings settings,
      Predicate<InetAddress> reachable,
      InstantSource clock) {}

  /// Opens the users of an installation.
  ///
  /// @param connectionString a `mongodb:` or `mongodb+srv:` URI, the same as for the apps
  /// @return fails when the database cannot be reached
  public static Future<Identity> open(
      Vertx vertx, String connectionString, Surroundings surroundings) {
    return IdentityStore.open(vertx, connectionString)
        .compose(
            store ->
                Passwords.open(vertx, surroundings.settings())
                    .map(passwords -> new Identity(vertx, store, passwords, surroundings)));
  }

  public Accounts accounts() {
    return accounts;
  }

  public UserAdministration administration() {
    return administration;
  }

  /// Removes what has run out; happens by itself every hour.
  public Future<Void> removeWhatHasRunOut() {
    return housekeeping.run();
  }

  private void keepHouse() {
    housekeeping
        .run()
        .onFailure(
            failure ->
                log.atWarn()
                    .setCause(failure)
                    .log("what has run out of users and sessions cannot be removed now"));
  }

  /// Lets threads and connections go.
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    return passwords.close().eventually(store::close);
  }
}
