package dev.berth.appmodel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way in which users of an app sign in.
///
/// @param name equals the type in practice
/// @param metadata what is copied from the provider into the user
/// @param redirectUris where an OAuth sign-in may return to
/// @param domainRestrictions the mail domains that may sign in by OAuth; empty allows all
public record AuthProvider(
    String name,
    boolean disabled,
    Settings settings,
    List<MetadataField> metadata,
    List<String> redirectUris,
    List<String> domainRestrictions) {

  public AuthProvider {
    metadata = List.copyOf(metadata);
    redirectUris = List.copyOf(redirectUris);
    domainRestrictions = List.copyOf(domainRestrictions);
  }

  /// The type as files and clients spell it: `local-userpass`.
  public String type() {
    return switch (settings) {
      case Anonymous() -> "anon-user";
      case ApiKey() -> "api-key";
      case EmailPassword _ -> "local-userpass";
      case CustomToken _ -> "custom-token";
      case CustomFunction _ -> "custom-function";
      case OAuth oauth -> oauth.service().type();
    };
  }

  /// A field of a token or profile that becomes part of the user.
  ///
  /// @param fieldName its name in the user; `null` keeps the name
  public record MetadataField(boolean required, String name, @Nullable String fieldName) {}

  /// What is particular to one type of provider.
  public sealed interface Settings {}

  /// Anyone may sign in without credentials.
  public record Anonymous() implements Settings {}

  /// API keys that the server or a user makes.
  public record ApiKey() implements Settings {}

  /// Mail address and password.
  ///
  /// @param confirmationFunction the function that confirms users; `null` when none does
  /// @param resetFunction the function that resets passwords; `null` when none does
  public record EmailPassword(
      boolean autoConfirm,
      @Nullable String emailConfirmationUrl,
      @Nullable String confirmEmailSubject,
      @Nullable String confirmationFunction,
      @Nullable String resetPasswordUrl,
      @Nullable String resetPasswordSubject,
      @Nullable String resetFunction)
      implements Settings {}

  /// JSON web tokens that another system signs.
  ///
  /// @param requireAnyAudience whether one of the audiences is enough
  /// @param signingAlgorithm `HS256` or `RS256`; `null` with a key set that says it
  /// @param keySetUri where the keys are published; `null` when they are secrets
  /// @param signingKeySecrets names of the secrets that hold the keys
  public record CustomToken(
      List<String> audience,
      boolean requireAnyAudience,
      @Nullable SigningAlgorithm signingAlgorithm,
      @Nullable String keySetUri,
      List<String> signingKeySecrets)
      implements Settings {

    public CustomToken {
      audience = List.copyOf(audience);
      signingKeySecrets = List.copyOf(signingKeySecrets);
    }
  }

  /// How tokens are signed.
  public enum SigningAlgorithm {
    HS256,
    RS256
  }

  /// A function that decides who signs in.
  public record CustomFunction(String functionName) implements Settings {}

  /// Another company's accounts.
  ///
  /// @param clientId `null` as long as the provider is disabled
  /// @param clientSecretName the secret that holds the client secret
  public record OAuth(
      Service service,
      @Nullable String clientId,
      @Nullable String clientSecretName,
      boolean useOpenId)
      implements Settings {

    /// Whose accounts.
    public enum Service {
      GOOGLE("oauth2-google"),
      FACEBOOK("oauth2-facebook"),
      APPLE("oauth2-apple");

      private final String type;

      Service(String type) {
        this.type = type;
      }

      /// As files spell it: `oauth2-google`.
      public String type() {
        return type;
      }
    }
  }
}
