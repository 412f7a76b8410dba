package dev.berth.identity.provider;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AuthProvider;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Ids;
import dev.berth.identity.UserIdentity;
import io.vertx.core.Future;
import org.bson.BsonDocument;

/// All types of providers: each verifies the credentials of its type, where the app has it
/// enabled.
public final class Providers {

  private static final int ID_DIGITS = 24;

  private final PasswordProvider passwords;
  private final ApiKeyProvider apiKeys;
  private final CustomTokenProvider customTokens;
  private final CustomFunctionProvider customFunctions;

  public Providers(
      PasswordProvider passwords,
      ApiKeyProvider apiKeys,
      CustomTokenProvider customTokens,
      CustomFunctionProvider customFunctions) {
    this.passwords = passwords;
    this.apiKeys = apiKeys;
    this.customTokens = customTokens;
    this.customFunctions = customFunctions;
  }

  /// The app's provider of a type, if there is one and it is enabled.
  public static Answer<AuthProvider> enabled(DeployedApp app, String type) {
    return app.definition().authProviders().values().stream()
        .filter(provider -> provider.type().equals(type) && !provider.disabled())
        .findFirst()
        .map(Answer::granted)
        .orElseGet(
            () ->
                Answer.denied(
                    Code.AUTH_PROVIDER_NOT_FOUND,
                    "authentication via '" + type + "' is unsupported"));
  }

  /// The id of a provider, always the same for an app and a type.
  public static String id(AppId appId, String type) {
    return Ids.sha256(appId + "/" + type).substring(0, ID_DIGITS);
  }

  /// An identity that a provider of the app vouches for.
  public static UserIdentity identity(AppId appId, String type, String id, BsonDocument data) {
    return new UserIdentity(id, type, id(appId, type), data);
  }

  /// Finds out what a credential shows.
  public Future<Answer<Proof>> verify(
      DeployedApp app, Credential credential, String remoteAddress) {
    return enabled(app, credential.providerType())
        .then(provider -> verify(app, provider, credential, remoteAddress));
  }

  private Future<Answer<Proof>> verify(
      DeployedApp app, AuthProvider provider, Credential credential, String remoteAddress) {
    return switch (credential) {
      case Credential.Anonymous() -> Future.succeededFuture(Answer.granted(anybody(app)));
      case Credential.EmailPassword(String email, String password) ->
          passwords.verify(app, email, password, remoteAddress);
      case Credential.ApiKey(String key) -> apiKeys.verify(app, key);
      case Credential.CustomToken(String token) -> customTokens.verify(app, provider, token);
      case Credential.CustomFunction(BsonDocument payload) ->
          customFunctions.verify(app, provider, payload, remoteAddress);
      case Credential.OAuth(String type) -> notYet(type);
    };
  }

  private static Proof anybody(DeployedApp app) {
    return new Proof.OfIdentity(
        identity(app.id(), "anon-user", Ids.next(), new BsonDocument()), null, true);
  }

  private static Future<Answer<Proof>> notYet(String type) {
    return Future.succeededFuture(
        Answer.denied(
            Code.AUTH_PROVIDER_NOT_FOUND,
            "authentication via '" + type + "' is not available yet"));
  }
}
