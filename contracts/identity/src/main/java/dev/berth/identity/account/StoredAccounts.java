package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Accounts;
import dev.berth.identity.Answer;
import dev.berth.identity.AppUser;
import dev.berth.identity.Credential;
import dev.berth.identity.CustomUserDataSource;
import dev.berth.identity.Device;
import dev.berth.identity.Done;
import dev.berth.identity.EmailPasswordAccounts;
import dev.berth.identity.LogIn;
import dev.berth.identity.Session;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.UserApiKeys;
import io.vertx.core.Future;
import java.util.Optional;

/// The accounts of the database. Each method is one line that leads to who does it.
final class StoredAccounts implements Accounts {

  private final SignIn signIn;
  private final TokenCheck tokenCheck;
  private final Sessions sessions;
  private final Users users;
  private final UserAdministration administration;
  private final EmailPasswordAccounts emailPassword;
  private final UserApiKeys apiKeys;
  private final AppCatalog catalog;
  private final CustomUserDataSource customData;

  StoredAccounts(
      SignIn signIn,
      TokenCheck tokenCheck,
      Sessions sessions,
      Users users,
      UserAdministration administration,
      EmailPasswordAccounts emailPassword,
      UserApiKeys apiKeys,
      AppCatalog catalog,
      CustomUserDataSource customData) {
    this.signIn = signIn;
    this.tokenCheck = tokenCheck;
    this.sessions = sessions;
    this.users = users;
    this.administration = administration;
    this.emailPassword = emailPassword;
    this.apiKeys = apiKeys;
    this.catalog = catalog;
    this.customData = customData;
  }

  @Override
  public Future<Answer<LogIn>> logIn(
      DeployedApp app, Credential credential, Device device, String remoteAddress) {
    return Busy.asDenial(signIn.logIn(app, credential, device, remoteAddress));
  }

  @Override
  public Future<Answer<LogIn>> link(
      DeployedApp app,
      Session session,
      Credential credential,
      Device device,
      String remoteAddress) {
    return Busy.asDenial(signIn.link(app, session, credential, device, remoteAddress));
  }

  @Override
  public Future<Answer<AppUser>> identify(
      DeployedApp app, Credential credential, boolean createUser, String remoteAddress) {
    return Busy.asDenial(signIn.identify(app, credential, createUser, remoteAddress));
  }

  @Override
  public Future<Answer<Session>> verifyAccess(String token) {
    return tokenCheck.access(token);
  }

  @Override
  public Future<Answer<Session>> verifyRefresh(String token) {
    return tokenCheck.refresh(token);
  }

  @Override
  public Future<Answer<String>> refresh(Session session) {
    return sessions.refresh(session);
  }

  @Override
  public Future<Answer<Done>> logOut(Session session) {
    return sessions.close(session);
  }

  @Override
  public Future<Answer<Done>> deleteSelf(Session session) {
    return administration.delete(session.appId(), session.user().id());
  }

  @Override
  public Future<Optional<AppUser>> find(AppId appId, String userId) {
    DeployedApp app = catalog.find(appId);
    if (app == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return users
        .find(appId, userId)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : customData
                        .read(app, userId)
                        .map(data -> Optional.of(found.get().user().withCustomData(data))));
  }

  @Override
  public EmailPasswordAccounts emailPassword() {
    return emailPassword;
  }

  @Override
  public UserApiKeys apiKeys() {
    return apiKeys;
  }
}
