package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.CustomUserData;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.AppUser;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Done;
import dev.berth.identity.Ids;
import dev.berth.identity.UserIdentity;
import dev.berth.identity.UserType;
import dev.berth.identity.function.AppFunctions;
import dev.berth.identity.function.AppFunctions.Result;
import dev.berth.identity.provider.Proof;
import dev.berth.identity.store.StoredUser;
import dev.berth.identity.store.UserStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;

/// Finds the user whom a proof is about, and makes one when there is none.
final class Users {

  private final UserStore store;
  private final AppFunctions functions;
  private final InstantSource clock;

  Users(UserStore store, AppFunctions functions, InstantSource clock) {
    this.store = store;
    this.functions = functions;
    this.clock = clock;
  }

  Future<Optional<StoredUser>> find(AppId appId, String userId) {
    return store.find(appId, userId);
  }

  /// The user of a proof, who must be enabled.
  ///
  /// @param create whether one is made when there is none
  Future<Answer<StoredUser>> of(
      DeployedApp app, Proof proof, boolean create, String remoteAddress) {
    return switch (proof) {
      case Proof.OfApiKey(String userId, _) ->
          store
              .find(app.id(), userId)
              .map(
                  found ->
                      found
                          .map(Users::enabled)
                          .orElseGet(() -> Answer.denied(Code.AUTH_ERROR, "invalid API key")));
      case Proof.OfIdentity(UserIdentity identity, _, boolean isNew) ->
          isNew ? make(app, identity, remoteAddress) : of(app, identity, create, remoteAddress);
    };
  }

  private Future<Answer<StoredUser>> of(
      DeployedApp app, UserIdentity identity, boolean create, String remoteAddress) {
    return store
        .findByIdentity(app.id(), identity.providerType(), identity.id())
        .compose(
            found -> {
              if (found.isPresent()) {
                return Future.succeededFuture(enabled(found.get()));
              }
              return create
                  ? make(app, identity, remoteAddress)
                  : Future.succeededFuture(Answer.denied(Code.AUTH_ERROR, "user not found"));
            });
  }

  private static Answer<StoredUser> enabled(StoredUser user) {
    return user.user().disabled()
        ? Answer.denied(Code.USER_DISABLED, "user disabled")
        : Answer.granted(user);
  }

  private Future<Answer<StoredUser>> make(
      DeployedApp app, UserIdentity identity, String remoteAddress) {
    AppUser user = newUser(app.id(), UserType.NORMAL, identity);
    return announce(app, user, remoteAddress)
        .compose(
            answer ->
                answer.then(
                    _ ->
                        store
                            .create(user)
                            .compose(
                                made ->
                                    made
                                        ? Future.succeededFuture(
                                            Answer.granted(new StoredUser(user, 0)))
                                        // Somebody was first with the same identity.
                                        : of(app, identity, false, remoteAddress))));
  }

  /// A user who is not kept yet.
  AppUser newUser(AppId appId, UserType type, UserIdentity identity) {
    Instant now = clock.instant();
    return new AppUser(
        appId,
        Ids.next(),
        type,
        List.of(identity),
        identity.data(),
        new BsonDocument(),
        false,
        now,
        now);
  }

  /// A user who is not kept yet and has never signed in.
  AppUser neverSeen(AppId appId, UserType type, UserIdentity identity) {
    AppUser made = newUser(appId, type, identity);
    return new AppUser(
        made.appId(),
        made.id(),
        made.type(),
        made.identities(),
        made.data(),
        made.customData(),
        made.disabled(),
        made.createdAt(),
        Instant.EPOCH);
  }

  /// Runs the app's function for new users, which may refuse one by throwing.
  private Future<Answer<Done>> announce(DeployedApp app, AppUser user, String remoteAddress) {
    CustomUserData settings = app.definition().customUserData();
    String function = settings.onUserCreationFunction();
    if (!settings.enabled() || function == null) {
      return Future.succeededFuture(Answer.done());
    }
    return functions
        .call(app, function, List.of(UserObject.of(user)), remoteAddress)
        .map(
            result ->
                switch (result) {
                  case Result.Returned _ -> Answer.done();
                  case Result.Failed(String message) -> Answer.denied(Code.AUTH_ERROR, message);
                });
  }

  /// Writes down that a user signed in.
  Future<Void> authenticated(StoredUser user, Proof proof) {
    return switch (proof) {
      case Proof.OfApiKey _ -> store.authenticated(user.user().id(), clock.instant());
      case Proof.OfIdentity(UserIdentity identity, _, boolean isNew) ->
          isNew
              ? Future.succeededFuture()
              : store.authenticated(
                  user.user().appId(), user.user().id(), identity, clock.instant());
    };
  }

  /// Whether there is no way to find the user again.
  static boolean isAnonymous(AppUser user) {
    return user.identities().stream()
        .allMatch(identity -> identity.providerType().equals("anon-user"));
  }
}
