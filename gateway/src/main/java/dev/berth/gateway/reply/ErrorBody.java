package dev.berth.gateway.reply;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/// The error documents that clients parse: `{"error": …, "error_code": …}`.
final class ErrorBody {

  private ErrorBody() {}

  static Buffer of(String error, String errorCode) {
    return JsonObject.of("error", error, "error_code", errorCode).toBuffer();
  }

  /// For the few errors that never had a code.
  static Buffer of(String error) {
    return JsonObject.of("error", error).toBuffer();
  }
}
