package dev.berth.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why something was refused, fit for the client: it names no secret and nothing of the host.
///
/// @param message as clients compare it: `invalid username/password`
/// @param retryAfter how long to wait before the next attempt; `null` when waiting does not help
public record Denial(Code code, String message, @Nullable Duration retryAfter) {

  public Denial(Code code, String message) {
    this(code, message, null);
  }

  /// The errors of the client API that have to do with users.
  public enum Code {
    ACCOUNT_NAME_IN_USE("AccountNameInUse", 409),
    API_KEY_ALREADY_EXISTS("APIKeyAlreadyExists", 409),
    /// The session that asks was opened with that key.
    API_KEY_IN_USE("AuthError", 403),
    API_KEY_NOT_FOUND("APIKeyNotFound", 404),
    AUTH_ERROR("AuthError", 401),
    AUTH_PROVIDER_NOT_FOUND("AuthProviderNotFound", 404),
    BAD_REQUEST("BadRequest", 400),
    INVALID_PARAMETER("InvalidParameter", 400),
    INVALID_PASSWORD("InvalidPassword", 401),
    /// The access or refresh token is dead, and nothing else is wrong: clients refresh and repeat
    /// on it, some without end.
    INVALID_SESSION("InvalidSession", 401),
    MISSING_PARAMETER("MissingParameter", 400),
    TOO_MANY_REQUESTS("TooManyRequests", 429),
    USER_ALREADY_CONFIRMED("UserAlreadyConfirmed", 400),
    USER_APP_DOMAIN_MISMATCH("UserAppDomainMismatch", 403),
    USER_DISABLED("UserDisabled", 401),
    USER_NOT_FOUND("UserNotFound", 404),
    USERPASS_TOKEN_INVALID("UserpassTokenInvalid", 400);

    private final String wireName;
    private final int status;

    Code(String wireName, int status) {
      this.wireName = wireName;
      this.status = status;
    }

    /// The `error_code` of the reply.
    public String wireName() {
      return wireName;
    }

    /// The HTTP status of the reply.
    public int status() {
      return status;
    }
  }
}
