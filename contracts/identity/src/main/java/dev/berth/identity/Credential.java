package dev.berth.identity;

import org.bson.BsonDocument;

/// What somebody sends to prove who they are. No text form shows a secret.
public sealed interface Credential {

  /// The type of provider that can verify it: `local-userpass`.
  default String providerType() {
    return switch (this) {
      case Anonymous() -> "anon-user";
      case EmailPassword _ -> "local-userpass";
      case ApiKey _ -> "api-key";
      case CustomToken _ -> "custom-token";
      case CustomFunction _ -> "custom-function";
      case OAuth(String type) -> type;
    };
  }

  /// Nothing.
  record Anonymous() implements Credential {}

  /// An e-mail address and a password.
  record EmailPassword(String email, String password) implements Credential {
    @Override
    public String toString() {
      return "EmailPassword[]";
    }
  }

  /// An API key.
  record ApiKey(String key) implements Credential {
    @Override
    public String toString() {
      return "ApiKey[]";
    }
  }

  /// A token that another system signed.
  record CustomToken(String token) implements Credential {
    @Override
    public String toString() {
      return "CustomToken[]";
    }
  }

  /// Whatever the app's authentication function understands, without `options`.
  record CustomFunction(BsonDocument payload) implements Credential {
    @Override
    public String toString() {
      return "CustomFunction[]";
    }
  }

  /// Somebody's account at another company.
  ///
  /// @param type such as `oauth2-google`
  record OAuth(String type) implements Credential {}
}
