package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.EmailPassword;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Done;
import dev.berth.identity.Ids;
import dev.berth.identity.UserIdentity;
import dev.berth.identity.function.AppFunctions;
import dev.berth.identity.function.AppFunctions.Result;
import dev.berth.identity.mail.LinkMail.Purpose;
import dev.berth.identity.password.Passwords;
import dev.berth.identity.provider.PasswordProvider;
import dev.berth.identity.provider.Providers;
import dev.berth.identity.store.LinkTokenStore.Issued;
import dev.berth.identity.store.LinkTokenStore.Use;
import dev.berth.identity.store.PasswordAccount;
import dev.berth.identity.store.PasswordAccountStore;
import dev.berth.identity.throttle.LoginThrottle;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// Registers e-mail addresses, and confirms them: at once, by a link, or by a function of the
/// app. When several are configured, the first of "at once", "function" and "link" counts.
final class Registrations {

  /// What mail goes to: an address alone, without the name of somebody else before it.
  private static final Pattern ONE_MAILBOX = Pattern.compile("[^\\s,;<>()@]+@[^\\s,;<>()@]+");
  private static final int IDENTITY_LETTERS = 20;

  private final PasswordAccountStore accounts;
  private final Links links;
  private final Passwords passwords;
  private final AppFunctions functions;
  private final LoginThrottle throttle;
  private final InstantSource clock;

  Registrations(
      PasswordAccountStore accounts,
      Links links,
      Passwords passwords,
      AppFunctions functions,
      LoginThrottle throttle,
      InstantSource clock) {
    this.accounts = accounts;
    this.links = links;
    this.passwords = passwords;
    this.functions = functions;
    this.throttle = throttle;
    this.clock = clock;
  }

  /// The settings of the app's provider, if it is enabled.
  static Answer<EmailPassword> settings(DeployedApp app) {
    return Providers.enabled(app, "local-userpass")
        .map(AuthProvider::settings)
        .map(EmailPassword.class::cast);
  }

  static Answer<Done> allowed(String password) {
    return Passwords.isAllowed(password)
        ? Answer.done()
        : Answer.denied(
            Code.BAD_REQUEST,
            "password must be between %d and %d characters"
                .formatted(Passwords.FEWEST_CHARACTERS, Passwords.MOST_CHARACTERS));
  }

  Future<Answer<Done>> register(
      DeployedApp app,
      EmailPassword settings,
      String email,
      String password,
      String remoteAddress) {
    if (!isAddress(email)) {
      return noAddress();
    }
    boolean isMailed = !settings.autoConfirm() && settings.confirmationFunction() == null;
    if (isMailed && !ONE_MAILBOX.matcher(email).matches()) {
      return Answer.refusal(
          Code.INVALID_PARAMETER, "email must be an address such as ann@example.com");
    }
    if (!settings.autoConfirm()
        && settings.confirmationFunction() == null
        && settings.emailConfirmationUrl() == null) {
      return Answer.refusal(Code.BAD_REQUEST, "the app has no way to confirm users");
    }
    return throttle
        .register(app.id(), remoteAddress)
        .then(_ -> accounts.find(app.id(), email).map(Registrations::free))
        .compose(free -> free.then(_ -> passwords.hash(password).map(Answer::granted)))
        .compose(hashed -> hashed.then(hash -> add(app, settings, email, hash)));
  }

  /// Makes an account that is confirmed, as an administrator may; answers its identity.
  Future<Answer<UserIdentity>> addConfirmed(AppId appId, String email, String password) {
    if (!isAddress(email)) {
      return noAddress();
    }
    return Future.succeededFuture(allowed(password))
        .compose(answer -> answer.then(_ -> accounts.find(appId, email).map(Registrations::free)))
        .compose(answer -> answer.then(_ -> passwords.hash(password).map(Answer::granted)))
        .compose(answer -> answer.then(hash -> addConfirmedHash(appId, email, hash)));
  }

  private Future<Answer<UserIdentity>> addConfirmedHash(AppId appId, String email, String hash) {
    PasswordAccount account =
        new PasswordAccount(Ids.next(), appId, email, hash, newIdentityId(), true, clock.instant());
    BsonDocument data = new BsonDocument("email", new BsonString(email));
    return accounts
        .add(account)
        .map(
            added ->
                added
                    ? Answer.granted(
                        Providers.identity(appId, "local-userpass", account.identityId(), data))
                    : Answer.denied(Code.ACCOUNT_NAME_IN_USE, "name already in use"));
  }

  private static String newIdentityId() {
    return Ids.next() + "-" + Ids.secret(IDENTITY_LETTERS).toLowerCase(Locale.ROOT);
  }

  private static boolean isAddress(String email) {
    return !email.isBlank()
        && email.length() <= PasswordProvider.LONGEST_EMAIL
        && email.chars().noneMatch(Character::isISOControl);
  }

  private static <T> Future<Answer<T>> noAddress() {
    return Answer.refusal(Code.INVALID_PARAMETER, "email must be 1 to 320 characters on one line");
  }

  private static Answer<Done> free(Optional<PasswordAccount> account) {
    return account.isPresent() ? taken() : Answer.done();
  }

  private static Answer<Done> taken() {
    return Answer.denied(Code.ACCOUNT_NAME_IN_USE, "name already in use");
  }

  private Future<Answer<Done>> add(
      DeployedApp app, EmailPassword settings, String email, String hash) {
    String identityId = newIdentityId();
    PasswordAccount account =
        new PasswordAccount(
            Ids.next(), app.id(), email, hash, identityId, settings.autoConfirm(), clock.instant());
    return accounts
        .add(account)
        .compose(
            added -> {
              if (!added) {
                return Future.succeededFuture(taken());
              }
              return settings.autoConfirm()
                  ? Future.succeededFuture(Answer.done())
                  : askForConfirmation(app, settings, account)
                      // Who was never asked must be able to register again.
                      .recover(
                          failure ->
                              accounts
                                  .deletePending(account.id())
                                  .transform(_ -> Future.failedFuture(failure)));
            });
  }

  private Future<Answer<Done>> askForConfirmation(
      DeployedApp app, EmailPassword settings, PasswordAccount account) {
    String function = settings.confirmationFunction();
    if (function != null) {
      return runFunction(app, function, account);
    }
    return mailLink(app, settings, account).map(_ -> Answer.done());
  }

  private Future<Void> mailLink(DeployedApp app, EmailPassword settings, PasswordAccount account) {
    return links.mail(
        app,
        account,
        Purpose.CONFIRMATION,
        settings.emailConfirmationUrl(),
        settings.confirmEmailSubject());
  }

  private Future<Answer<Done>> runFunction(
      DeployedApp app, String function, PasswordAccount account) {
    return links
        .issue(account, Use.CONFIRM)
        .compose(token -> functions.call(app, function, List.of(argument(account, token)), ""))
        .compose(
            result ->
                switch (result instanceof Result.Returned returned ? returned.status() : "") {
                  case "success" -> accounts.confirm(account.id()).map(_ -> Answer.done());
                  case "pending" -> Future.succeededFuture(Answer.done());
                  default -> accounts.deletePending(account.id()).map(_ -> failed(account));
                });
  }

  private static BsonDocument argument(PasswordAccount account, Issued token) {
    return new BsonDocument("username", new BsonString(account.email()))
        .append("token", new BsonString(token.value()))
        .append("tokenId", new BsonString(token.id()));
  }

  private static Answer<Done> failed(PasswordAccount account) {
    return Answer.denied(Code.BAD_REQUEST, "failed to confirm user \"" + account.email() + "\"");
  }

  Future<Answer<Done>> confirm(DeployedApp app, String token, String tokenId) {
    return links
        .account(app.id(), token, tokenId, Use.CONFIRM)
        .compose(
            answer ->
                answer.then(
                    // First confirmed, then used up: what fails between can be tried again.
                    account ->
                        accounts
                            .confirm(account.id())
                            .compose(_ -> links.usedUp(account))
                            .map(_ -> Answer.done())));
  }

  /// Confirms an account, as an administrator may.
  Future<Answer<Done>> confirm(AppId appId, String email) {
    return pending(appId, email)
        .compose(
            answer ->
                answer.then(account -> accounts.confirm(account.id()).map(_ -> Answer.done())));
  }

  /// Removes an account that nobody has confirmed.
  Future<Answer<Done>> deletePending(AppId appId, String email) {
    return pending(appId, email)
        .compose(
            answer ->
                answer.then(
                    account ->
                        accounts
                            .deletePending(account.id())
                            .map(removed -> removed ? Answer.done() : alreadyConfirmed())));
  }

  Future<Answer<Done>> sendConfirmation(DeployedApp app, EmailPassword settings, String email) {
    return pending(app.id(), email)
        .compose(
            answer ->
                answer.then(
                    account -> {
                      if (settings.autoConfirm()
                          || settings.confirmationFunction() != null
                          || settings.emailConfirmationUrl() == null) {
                        return Answer.refusal(
                            Code.BAD_REQUEST,
                            "cannot send a confirmation to " + email + ": the app sends none");
                      }
                      return throttle
                          .request(app.id(), email)
                          .then(_ -> mailLink(app, settings, account).map(_ -> Answer.done()));
                    }));
  }

  Future<Answer<Done>> runConfirmation(DeployedApp app, EmailPassword settings, String email) {
    if (settings.autoConfirm()) {
      return known(app.id(), email)
          .map(
              answer ->
                  switch (answer) {
                    case Answer.Denied<PasswordAccount>(var denial) -> Answer.denied(denial);
                    case Answer.Granted<PasswordAccount> _ ->
                        cannotRun(email, "automatic confirmation is enabled");
                  });
    }
    return pending(app.id(), email)
        .compose(
            answer ->
                answer.then(
                    account -> {
                      String function = settings.confirmationFunction();
                      return function == null
                          ? Future.succeededFuture(
                              cannotRun(email, "no confirmation function is configured"))
                          : throttle
                              .request(app.id(), email)
                              .then(_ -> runFunction(app, function, account));
                    }));
  }

  private static Answer<Done> cannotRun(String email, String why) {
    return Answer.denied(Code.BAD_REQUEST, "cannot run confirmation for " + email + ": " + why);
  }

  private Future<Answer<PasswordAccount>> pending(AppId appId, String email) {
    return known(appId, email)
        .map(
            answer ->
                answer instanceof Answer.Granted<PasswordAccount>(var account)
                        && account.confirmed()
                    ? alreadyConfirmed()
                    : answer);
  }

  private Future<Answer<PasswordAccount>> known(AppId appId, String email) {
    return accounts
        .find(appId, email)
        .map(found -> Answer.found(found, Code.USER_NOT_FOUND, "user not found"));
  }

  private static <T> Answer<T> alreadyConfirmed() {
    return Answer.denied(Code.USER_ALREADY_CONFIRMED, "already confirmed");
  }
}
