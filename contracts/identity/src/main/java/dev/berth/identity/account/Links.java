package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.mail.LinkMail;
import dev.berth.identity.mail.LinkMail.Purpose;
import dev.berth.identity.mail.Mailer;
import dev.berth.identity.store.LinkTokenStore;
import dev.berth.identity.store.LinkTokenStore.Issued;
import dev.berth.identity.store.LinkTokenStore.Use;
import dev.berth.identity.store.PasswordAccount;
import dev.berth.identity.store.PasswordAccountStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tokens that confirm an address or set a password, and the mails they go out with.
final class Links {

  private static final String INVALID = "invalid token data";

  private final LinkTokenStore tokens;
  private final PasswordAccountStore accounts;
  private final Mailer mailer;
  private final Duration life;
  private final InstantSource clock;

  Links(
      LinkTokenStore tokens,
      PasswordAccountStore accounts,
      Mailer mailer,
      Duration life,
      InstantSource clock) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.mailer = mailer;
    this.life = life;
    this.clock = clock;
  }

  Future<Issued> issue(PasswordAccount account, Use use) {
    return tokens.issue(account.id(), use, clock.instant().plus(life));
  }

  /// @param url where the link leads; a missing one is a mistake of the caller
  Future<Void> mail(
      DeployedApp app,
      PasswordAccount account,
      Purpose purpose,
      @Nullable String url,
      @Nullable String subject) {
    if (url == null) {
      throw new IllegalArgumentException("a link needs a page to lead to");
    }
    Use use =
        switch (purpose) {
          case CONFIRMATION -> Use.CONFIRM;
          case PASSWORD_RESET -> Use.RESET;
        };
    return issue(account, use)
        .compose(
            token ->
                mailer.send(
                    new LinkMail(
                        app.id(),
                        purpose,
                        account.email(),
                        subject(app, purpose, subject),
                        LinkMail.link(url, token.value(), token.id()))));
  }

  private static String subject(DeployedApp app, Purpose purpose, @Nullable String configured) {
    if (configured != null && !configured.isBlank()) {
      return configured.replaceAll("\\p{Cntrl}+", " ");
    }
    return switch (purpose) {
      case CONFIRMATION -> "Confirm your e-mail address for " + app.definition().name();
      case PASSWORD_RESET -> "Reset your password for " + app.definition().name();
    };
  }

  /// The account that a token is for. The token stays usable.
  Future<Answer<PasswordAccount>> account(AppId appId, String token, String tokenId, Use use) {
    return tokens
        .account(token, tokenId, use, clock.instant())
        .compose(
            id ->
                id.map(known -> accounts.findById(appId, known))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())))
        .map(found -> found.map(Answer::granted).orElseGet(Links::invalid));
  }

  /// Uses a token up, unless somebody else just did.
  Future<Answer<PasswordAccount>> use(PasswordAccount account, String tokenId) {
    return tokens.use(tokenId).map(used -> used ? Answer.granted(account) : invalid());
  }

  /// No token of the account works any more.
  Future<Void> usedUp(PasswordAccount account) {
    return tokens.removeAll(account.id());
  }

  private static <T> Answer<T> invalid() {
    return Answer.denied(Code.BAD_REQUEST, INVALID);
  }
}
