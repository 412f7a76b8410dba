package dev.berth.identity;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a developer or operator does to the users of an app.
///
/// Whatever is remembered of a user in this process is forgotten before a future here succeeds.
public interface UserAdministration {

  /// How many users are listed at most.
  int MOST_LISTED = 10_000;

  /// The users of an app in the order in which they were made, up to [#MOST_LISTED].
  Future<List<AppUser>> users(AppId appId);

  /// A user of the app; empty when it is none of its users.
  Future<Optional<AppUser>> find(AppId appId, String userId);

  /// Makes a user who may sign in with this address and password at once.
  Future<Answer<AppUser>> create(AppId appId, String email, String password);

  /// Who has registered and not confirmed yet.
  Future<List<PendingUser>> pending(AppId appId);

  /// Confirms the address of somebody who has registered, without a link.
  Future<Answer<Done>> confirm(AppId appId, String email);

  /// Removes the registration of somebody who has not confirmed it; the address is free again.
  Future<Answer<Done>> deletePending(AppId appId, String email);

  /// What an access token that somebody shows is worth.
  Future<AccessTokenState> examine(AppId appId, String accessToken);

  /// The server keys of the app, in the order in which they were made.
  Future<List<ApiKey>> serverKeys(AppId appId);

  /// Refuses the user from now on: logins, refreshes, tokens and keys.
  Future<Answer<Done>> disable(AppId appId, String userId);

  Future<Answer<Done>> enable(AppId appId, String userId);

  /// Deletes the user with sessions, keys and password; the e-mail address is free again.
  Future<Answer<Done>> delete(AppId appId, String userId);

  /// Ends every session of the user, and every access token that was issued so far.
  Future<Answer<Done>> revokeSessions(AppId appId, String userId);

  /// Makes an API key with a user of type `server` of its own.
  Future<Answer<CreatedApiKey>> createServerKey(AppId appId, String name);

  /// Deletes a server key; its user stays, disabled.
  Future<Answer<Done>> deleteServerKey(AppId appId, String id);

  Future<Answer<Done>> enableServerKey(AppId appId, String id);

  Future<Answer<Done>> disableServerKey(AppId appId, String id);

  /// Removes everything that is kept of the users of an app that is gone. May be asked again
  /// after a failure.
  Future<Void> removeAll(AppId appId);

  /// Signs tokens of the app with a new key from now on; tokens of the older ones stay valid.
  Future<Void> rotateSigningKey(AppId appId);

  /// Calls the listener when something remembered of a user became untrue because of what this
  /// process did, so that others can be told. A listener must not block.
  ///
  /// @return ends the subscription when run
  Runnable onChange(Consumer<UserChange> listener);

  /// Forgets what this process remembers of a user, because another process changed it.
  void forget(UserChange change);

  /// Something about a user is no longer what it was.
  record UserChange(AppId appId, String userId) {}
}
