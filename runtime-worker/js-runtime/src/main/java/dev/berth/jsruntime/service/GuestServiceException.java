package dev.berth.jsruntime.service;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A failure that app code may see: its message holds no host name, credential or class name.
public final class GuestServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorCode;
  private final @Nullable Integer databaseCode;

  /// @param errorCode the public code when app code does not catch it, such as `MongoDBError`
  /// @param databaseCode the `code` that the database gave; `null` when it gave none
  public GuestServiceException(String errorCode, String message, @Nullable Integer databaseCode) {
    super(message);
    this.errorCode = errorCode;
    this.databaseCode = databaseCode;
  }

  /// The public error code, such as `MongoDBError`.
  public String errorCode() {
    return errorCode;
  }

  /// The `code` that the database gave, or `null`.
  public @Nullable Integer databaseCode() {
    return databaseCode;
  }

  /// What app code and its caller may read.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
