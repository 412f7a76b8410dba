package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.AppUser;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Device;
import dev.berth.identity.LogIn;
import dev.berth.identity.Session;
import dev.berth.identity.UserIdentity;
import dev.berth.identity.UserType;
import dev.berth.identity.cache.BriefMemory;
import dev.berth.identity.cache.BriefMemory.Kept;
import dev.berth.identity.provider.Proof;
import dev.berth.identity.provider.Providers;
import dev.berth.identity.store.StoredUser;
import dev.berth.identity.store.UserStore;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Turns credentials into users: for a session, for one more identity, or for a single request.
final class SignIn {

  private final Providers providers;
  private final Users users;
  private final UserStore store;
  private final Sessions sessions;
  private final Changes changes;
  private final BriefMemory<AppUser> memory;

  SignIn(
      Providers providers,
      Users users,
      UserStore store,
      Sessions sessions,
      Changes changes,
      BriefMemory<AppUser> memory) {
    this.providers = providers;
    this.users = users;
    this.store = store;
    this.sessions = sessions;
    this.changes = changes;
    this.memory = memory;
  }

  Future<Answer<LogIn>> logIn(
      DeployedApp app, Credential credential, Device device, String remoteAddress) {
    return providers
        .verify(app, credential, remoteAddress)
        .compose(answer -> answer.then(proof -> logIn(app, proof, device, remoteAddress)));
  }

  private Future<Answer<LogIn>> logIn(
      DeployedApp app, Proof proof, Device device, String remoteAddress) {
    return users
        .of(app, proof, true, remoteAddress)
        .compose(answer -> answer.then(user -> open(app, user, proof, device)));
  }

  private Future<Answer<LogIn>> open(DeployedApp app, StoredUser user, Proof proof, Device device) {
    return users
        .authenticated(user, proof)
        .compose(_ -> sessions.open(app, user, proof, device))
        .map(Answer::granted);
  }

  Future<Answer<LogIn>> link(
      DeployedApp app,
      Session session,
      Credential credential,
      Device device,
      String remoteAddress) {
    if (!session.appId().equals(app.id())) {
      return Answer.refusal(Code.USER_APP_DOMAIN_MISMATCH, "the user belongs to another app");
    }
    if (session.user().type() == UserType.SERVER) {
      return Answer.refusal(Code.BAD_REQUEST, "a server user has its API key and nothing else");
    }
    return providers
        .verify(app, credential, remoteAddress)
        .compose(
            answer ->
                answer.then(
                    proof ->
                        switch (proof) {
                          case Proof.OfApiKey _ -> cannotBeLinked(credential);
                          case Proof.OfIdentity(_, _, boolean isNew) when isNew ->
                              cannotBeLinked(credential);
                          case Proof.OfIdentity known -> link(app, session, known, device);
                        }));
  }

  private static Future<Answer<LogIn>> cannotBeLinked(Credential credential) {
    return Answer.refusal(
        Code.BAD_REQUEST,
        "an identity of type '" + credential.providerType() + "' cannot be linked");
  }

  private Future<Answer<LogIn>> link(
      DeployedApp app, Session session, Proof.OfIdentity proof, Device device) {
    String userId = session.user().id();
    return add(app.id(), userId, proof.identity())
        .compose(
            linked -> {
              if (!linked) {
                // Not an answer that makes clients refresh their tokens and try again.
                return Answer.refusal(
                    Code.AUTH_ERROR, "a user already exists with the specified provider");
              }
              changes.changed(app.id(), userId);
              return reopen(app, userId, proof, device);
            });
  }

  /// Whether the identity is one of the user's afterwards.
  private Future<Boolean> add(AppId appId, String userId, UserIdentity identity) {
    return store
        .addIdentity(appId, userId, identity)
        .compose(
            added ->
                added
                    ? Future.succeededFuture(true)
                    : store
                        .findByIdentity(appId, identity.providerType(), identity.id())
                        .map(
                            owner ->
                                owner
                                    .filter(found -> found.user().id().equals(userId))
                                    .isPresent()));
  }

  private Future<Answer<LogIn>> reopen(DeployedApp app, String userId, Proof proof, Device device) {
    return users
        .find(app.id(), userId)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Answer.refusal(Code.USER_NOT_FOUND, "user not found");
              }
              return found.get().user().disabled()
                  ? Answer.refusal(Code.USER_DISABLED, "user disabled")
                  : open(app, found.get(), proof, device);
            });
  }

  Future<Answer<AppUser>> identify(
      DeployedApp app, Credential credential, boolean createUser, String remoteAddress) {
    if (Providers.enabled(app, credential.providerType()) instanceof Answer.Denied<?>(var denial)) {
      return Future.succeededFuture(Answer.denied(denial));
    }
    String revision = app.revision().toString();
    String create = Boolean.toString(createUser);
    return switch (credential) {
      case Credential.ApiKey(String key) ->
          identify(
              app,
              credential,
              createUser,
              remoteAddress,
              memory.at(app.id().value(), revision, create, "api-key", key));
      case Credential.EmailPassword(String email, String password) ->
          identify(
              app,
              credential,
              createUser,
              remoteAddress,
              memory.at(app.id().value(), revision, create, "password", email, password));
      case Credential.CustomToken(String token) ->
          identify(
              app,
              credential,
              createUser,
              remoteAddress,
              memory.at(app.id().value(), revision, create, "token", token));
      case Credential.Anonymous _, Credential.CustomFunction _, Credential.OAuth _ ->
          Answer.refusal(
              Code.AUTH_ERROR,
              "authentication via '"
                  + credential.providerType()
                  + "' needs a login, not credentials in headers");
    };
  }

  private Future<Answer<AppUser>> identify(
      DeployedApp app,
      Credential credential,
      boolean createUser,
      String remoteAddress,
      BriefMemory<AppUser>.Place place) {
    AppUser remembered = place.recall();
    return remembered != null
        ? Future.succeededFuture(Answer.granted(remembered))
        : place.learn(() -> find(app, credential, createUser, remoteAddress));
  }

  private Future<Answer<Kept<AppUser>>> find(
      DeployedApp app, Credential credential, boolean createUser, String remoteAddress) {
    // Who has registered with an e-mail address is known already, if not yet as a user.
    boolean create = createUser || credential instanceof Credential.EmailPassword;
    return providers
        .verify(app, credential, remoteAddress)
        .compose(
            answer ->
                answer.then(
                    proof ->
                        users
                            .of(app, proof, create, remoteAddress)
                            .map(found -> found.map(user -> kept(user, proof)))));
  }

  private static Kept<AppUser> kept(StoredUser user, Proof proof) {
    AppUser found = user.user();
    return new Kept<>(found, found.appId(), found.id(), until(proof));
  }

  private static @Nullable Instant until(Proof proof) {
    return switch (proof) {
      case Proof.OfApiKey _ -> null;
      case Proof.OfIdentity(_, Instant until, _) -> until;
    };
  }
}
