package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.store.IdentityStore;
import dev.berth.identity.store.StoredUser;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Removes what has run out: sessions, links, registrations that nobody confirmed, and anonymous
/// users. Any number of processes may do it at the same time.
final class Housekeeping {

  private static final int USERS_AT_A_TIME = 1000;

  private final IdentityStore store;
  private final UserAdministration administration;
  private final IdentitySettings settings;
  private final InstantSource clock;

  Housekeeping(
      IdentityStore store,
      UserAdministration administration,
      IdentitySettings settings,
      InstantSource clock) {
    this.store = store;
    this.administration = administration;
    this.settings = settings;
    this.clock = clock;
  }

  Future<Void> run() {
    Instant now = clock.instant();
    return store
        .sessions()
        .removeExpired(now)
        .compose(_ -> store.linkTokens().removeExpired(now))
        .compose(
            _ -> store.passwordAccounts().deletePendingBefore(now.minus(settings.pendingLife())))
        .compose(
            _ ->
                store
                    .users()
                    .anonymousBefore(now.minus(settings.anonymousUserLife()), USERS_AT_A_TIME))
        .compose(this::delete);
  }

  private Future<Void> delete(List<StoredUser> users) {
    Future<Void> deleted = Future.succeededFuture();
    for (StoredUser user : users) {
      deleted = deleted.compose(_ -> delete(user.user().appId(), user.user().id()));
    }
    return deleted;
  }

  /// Looks again: it may have become somebody while others were deleted.
  private Future<Void> delete(AppId appId, String userId) {
    return store
        .users()
        .find(appId, userId)
        .compose(
            found ->
                found.filter(user -> Users.isAnonymous(user.user())).isPresent()
                    ? administration.delete(appId, userId).mapEmpty()
                    : Future.succeededFuture());
  }
}
