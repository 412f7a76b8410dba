package dev.berth.controlplane.refusal;

import org.jspecify.annotations.Nullable;

/// Something that an administrator asked for and does not get, with a message fit for a stranger.
///
/// Nothing was changed when one is thrown, unless the message says so.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable String code;

  /// Why, roughly; what becomes of it over HTTP is decided where HTTP is spoken.
  public enum Kind {
    /// What was sent makes no sense.
    INVALID,
    /// Nobody proved to be anybody.
    UNAUTHENTICATED,
    /// The administrator may see it and may not do it.
    FORBIDDEN,
    /// There is no such thing for this administrator.
    NOT_FOUND,
    /// It contradicts what is there.
    CONFLICT,
    /// More than there may be.
    TOO_LARGE,
    /// Too often; later it may go.
    TOO_MANY,
    /// Berth does not have it.
    NOT_IMPLEMENTED,
    /// Something that Berth needs does not answer.
    UNAVAILABLE
  }

  /// @param code as clients compare it, such as `DraftAlreadyExists`; `null` for none
  private Refusal(Kind kind, @Nullable String code, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
  }

  public static Refusal of(Kind kind, @Nullable String code, String message) {
    return new Refusal(kind, code, message);
  }

  public static Refusal invalid(String message) {
    return new Refusal(Kind.INVALID, "InvalidParameter", message);
  }

  public static Refusal notFound(@Nullable String code, String message) {
    return new Refusal(Kind.NOT_FOUND, code, message);
  }

  public static Refusal conflict(@Nullable String code, String message) {
    return new Refusal(Kind.CONFLICT, code, message);
  }

  /// The session is dead: clients refresh it and ask once more.
  public static Refusal invalidSession(String message) {
    return new Refusal(Kind.UNAUTHENTICATED, "InvalidSession", message);
  }

  public Kind kind() {
    return kind;
  }

  public @Nullable String code() {
    return code;
  }

  /// The message, which there always is.
  public String text() {
    return String.valueOf(getMessage());
  }
}
