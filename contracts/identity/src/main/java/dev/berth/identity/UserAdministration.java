package dev.berth.identity;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import java.util.function.Consumer;

/// What a developer or operator does to the users of an app.
///
/// Whatever is remembered of a user in this process is forgotten before a future here succeeds.
public interface UserAdministration {

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
