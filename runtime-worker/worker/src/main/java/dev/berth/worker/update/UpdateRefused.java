package dev.berth.worker.update;

/// An update that cannot be applied, in the words and with the code that the database has for it.
public final class UpdateRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final int BAD_VALUE = 2;
  static final int FAILED_TO_PARSE = 9;
  static final int TYPE_MISMATCH = 14;
  static final int PATH_NOT_VIABLE = 28;
  static final int CONFLICT = 40;
  static final int DOLLAR_PREFIX = 52;
  static final int NOT_SINGLE_VALUE = 54;
  static final int EMPTY_NAME = 56;
  static final int IMMUTABLE = 66;
  static final int TOO_LARGE = 17419;

  private final int code;

  UpdateRefused(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static UpdateRefused badValue(String message) {
    return new UpdateRefused(BAD_VALUE, message);
  }

  static UpdateRefused unparsable(String message) {
    return new UpdateRefused(FAILED_TO_PARSE, message);
  }

  static UpdateRefused mismatch(String message) {
    return new UpdateRefused(TYPE_MISMATCH, message);
  }

  public int code() {
    return code;
  }

  /// The message, which is always there.
  public String text() {
    return String.valueOf(getMessage());
  }
}
