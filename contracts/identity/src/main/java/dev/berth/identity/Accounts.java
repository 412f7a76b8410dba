package dev.berth.identity;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.DeployedApp;
import io.vertx.core.Future;
import java.util.Optional;

/// The users of all apps of one installation, each known to its own app only.
///
/// Safe from any thread; nothing here blocks. What a client can cause is an [Answer.Denied]; a
/// failed future means that the platform broke, such as a database that cannot be reached.
public interface Accounts {

  /// Opens a session for whoever the credential proves to be; the user is made when it is the
  /// first time.
  ///
  /// @param remoteAddress the client's, for throttling
  Future<Answer<LogIn>> logIn(
      DeployedApp app, Credential credential, Device device, String remoteAddress);

  /// Adds an identity to the user of a session, and issues new tokens for the same user.
  ///
  /// @param session of an access token of the same app
  Future<Answer<LogIn>> link(
      DeployedApp app, Session session, Credential credential, Device device, String remoteAddress);

  /// Who sends credentials along with a single request. No session is opened; credentials that
  /// were verified are remembered briefly.
  ///
  /// @param createUser whether a user is made when the credential proves a new one
  Future<Answer<AppUser>> identify(
      DeployedApp app, Credential credential, boolean createUser, String remoteAddress);

  /// The session an access token speaks for; the app is found from the token. The user's custom
  /// data is what it was when the token was issued.
  Future<Answer<Session>> verifyAccess(String token);

  /// The session a refresh token speaks for; the app is found from the token.
  Future<Answer<Session>> verifyRefresh(String token);

  /// A new access token for the session of a refresh token.
  Future<Answer<String>> refresh(Session session);

  /// Ends the session. Access tokens that were issued for it live on until they expire.
  Future<Answer<Done>> logOut(Session session);

  /// Deletes the session's user with everything that belongs to it here.
  Future<Answer<Done>> deleteSelf(Session session);

  /// A user, enabled or not, with custom data as it is now; empty when there is none.
  ///
  /// @param userId any text; what is no user's id finds nobody
  Future<Optional<AppUser>> find(AppId appId, String userId);

  /// What is particular to users with an e-mail address and a password.
  EmailPasswordAccounts emailPassword();

  /// The keys that users make for themselves.
  UserApiKeys apiKeys();
}
