package dev.berth.identity.account;

import dev.berth.appmodel.AuthProvider.EmailPassword;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Done;
import dev.berth.identity.function.AppFunctions;
import dev.berth.identity.function.AppFunctions.Result;
import dev.berth.identity.mail.LinkMail.Purpose;
import dev.berth.identity.password.Passwords;
import dev.berth.identity.store.LinkTokenStore.Issued;
import dev.berth.identity.store.LinkTokenStore.Use;
import dev.berth.identity.store.PasswordAccount;
import dev.berth.identity.store.PasswordAccountStore;
import dev.berth.identity.store.UserStore;
import dev.berth.identity.throttle.LoginThrottle;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Sets new passwords, by a link or by a function of the app. Whoever is not confirmed yet counts
/// as unknown.
final class PasswordResets {

  private final PasswordAccountStore accounts;
  private final UserStore users;
  private final Links links;
  private final Passwords passwords;
  private final AppFunctions functions;
  private final LoginThrottle throttle;
  private final Changes changes;

  PasswordResets(
      PasswordAccountStore accounts,
      UserStore users,
      Links links,
      Passwords passwords,
      AppFunctions functions,
      LoginThrottle throttle,
      Changes changes) {
    this.accounts = accounts;
    this.users = users;
    this.links = links;
    this.passwords = passwords;
    this.functions = functions;
    this.throttle = throttle;
    this.changes = changes;
  }

  Future<Answer<Done>> send(DeployedApp app, EmailPassword settings, String email) {
    return confirmed(app, email)
        .compose(
            answer ->
                answer.then(
                    account -> {
                      if (settings.resetFunction() != null) {
                        return denied("please use reset password via function");
                      }
                      if (settings.resetPasswordUrl() == null) {
                        return denied("the app has no page to reset passwords on");
                      }
                      return throttle
                          .request(app.id(), email)
                          .then(_ -> mail(app, settings, account).map(_ -> Answer.done()));
                    }));
  }

  private Future<Void> mail(DeployedApp app, EmailPassword settings, PasswordAccount account) {
    return links.mail(
        app,
        account,
        Purpose.PASSWORD_RESET,
        settings.resetPasswordUrl(),
        settings.resetPasswordSubject());
  }

  Future<Answer<Done>> reset(DeployedApp app, String token, String tokenId, String password) {
    return links
        .account(app.id(), token, tokenId, Use.RESET)
        .compose(answer -> answer.then(account -> reset(account, tokenId, password)));
  }

  private Future<Answer<Done>> reset(PasswordAccount account, String tokenId, String password) {
    return passwords
        .hash(password)
        .compose(
            hash ->
                links
                    .use(account, tokenId)
                    .compose(used -> used.then(_ -> setHash(account, hash))));
  }

  private Future<Answer<Done>> setHash(PasswordAccount account, String hash) {
    return accounts
        .setHash(account.id(), hash)
        .eventually(() -> forget(account))
        .compose(_ -> links.usedUp(account))
        .map(_ -> Answer.done());
  }

  /// Whoever signed in with the old password has to show the new one.
  private Future<Void> forget(PasswordAccount account) {
    return users
        .findByIdentity(account.appId(), "local-userpass", account.identityId())
        .onSuccess(
            found -> found.ifPresent(user -> changes.changed(account.appId(), user.user().id())))
        .mapEmpty();
  }

  Future<Answer<Done>> run(
      DeployedApp app,
      EmailPassword settings,
      String email,
      String password,
      List<BsonValue> arguments) {
    return confirmed(app, email)
        .compose(
            answer ->
                answer.then(
                    account -> {
                      String function = settings.resetFunction();
                      return function == null
                          ? denied("the app has no function to reset passwords with")
                          : throttle
                              .request(app.id(), email)
                              .then(_ -> run(app, function, account, password, arguments));
                    }));
  }

  private Future<Answer<Done>> run(
      DeployedApp app,
      String function,
      PasswordAccount account,
      String password,
      List<BsonValue> arguments) {
    return Future.all(links.issue(account, Use.RESET), passwords.matches(password, account.hash()))
        .compose(
            both -> {
              Issued issued = both.resultAt(0);
              List<BsonValue> all = new ArrayList<>();
              all.add(argument(account, password, issued, both.resultAt(1)));
              all.addAll(arguments);
              return functions
                  .call(app, function, all, "")
                  .compose(result -> ended(account, password, issued, result));
            });
  }

  /// What was refused takes its own token along, and not those that others were mailed.
  private Future<Answer<Done>> ended(
      PasswordAccount account, String password, Issued issued, Result result) {
    return switch (result instanceof Result.Returned returned ? returned.status() : "") {
      case "success" -> passwords.hash(password).compose(hash -> setHash(account, hash));
      case "pending" -> Future.succeededFuture(Answer.done());
      default -> links.use(account, issued.id()).compose(_ -> denied(failed(account.email())));
    };
  }

  private static String failed(String email) {
    return "failed to reset password for user \"" + email + "\"";
  }

  private static BsonDocument argument(
      PasswordAccount account, String password, Issued token, boolean currentPasswordValid) {
    return new BsonDocument("username", new BsonString(account.email()))
        .append("password", new BsonString(password))
        .append("token", new BsonString(token.value()))
        .append("tokenId", new BsonString(token.id()))
        .append("currentPasswordValid", BsonBoolean.valueOf(currentPasswordValid));
  }

  private Future<Answer<PasswordAccount>> confirmed(DeployedApp app, String email) {
    return accounts
        .find(app.id(), email)
        .map(
            found ->
                Answer.found(
                    found.filter(PasswordAccount::confirmed),
                    Code.USER_NOT_FOUND,
                    "user not found"));
  }

  private static Future<Answer<Done>> denied(String message) {
    return Answer.refusal(Code.BAD_REQUEST, message);
  }
}
