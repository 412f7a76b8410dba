package dev.berth.identity.provider;

import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.password.Passwords;
import dev.berth.identity.store.PasswordAccount;
import dev.berth.identity.store.PasswordAccountStore;
import dev.berth.identity.throttle.LoginThrottle;
import io.vertx.core.Future;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// `local-userpass`. An unknown address costs as much time as a wrong password, and gets the same
/// answer; that somebody is not confirmed is told only to whoever knows the password.
public final class PasswordProvider {

  /// What a mailbox may have, and an account with it.
  public static final int LONGEST_EMAIL = 320;

  private final PasswordAccountStore accounts;
  private final Passwords passwords;
  private final LoginThrottle throttle;

  public PasswordProvider(
      PasswordAccountStore accounts, Passwords passwords, LoginThrottle throttle) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.throttle = throttle;
  }

  Future<Answer<Proof>> verify(
      DeployedApp app, String email, String password, String remoteAddress) {
    boolean isAddress = email.length() <= LONGEST_EMAIL;
    // Attempts are remembered: what nobody is called must not be kept.
    return throttle
        .begin(app.id(), isAddress ? email : "", remoteAddress)
        .then(
            attempt ->
                (isAddress
                        ? accounts.find(app.id(), email)
                        : Future.succeededFuture(Optional.<PasswordAccount>empty()))
                    .compose(account -> check(account, password))
                    .onSuccess(
                        answer -> {
                          if (answer instanceof Answer.Granted<Proof>) {
                            attempt.succeeded();
                          }
                        }));
  }

  private Future<Answer<Proof>> check(Optional<PasswordAccount> account, String password) {
    Future<Boolean> matches =
        account
            .map(found -> passwords.matches(password, found.hash()))
            .orElseGet(() -> passwords.matchesNobody(password));
    return matches.map(
        right ->
            account
                .filter(_ -> right)
                .map(PasswordProvider::proof)
                .orElseGet(
                    () -> Answer.denied(Code.INVALID_PASSWORD, "invalid username/password")));
  }

  private static Answer<Proof> proof(PasswordAccount account) {
    if (!account.confirmed()) {
      return Answer.denied(Code.AUTH_ERROR, "confirmation required");
    }
    BsonDocument data = new BsonDocument("email", new BsonString(account.email()));
    return Answer.granted(
        new Proof.OfIdentity(
            Providers.identity(account.appId(), "local-userpass", account.identityId(), data),
            null,
            false));
  }
}
