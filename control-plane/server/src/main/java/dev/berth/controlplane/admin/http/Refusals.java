package dev.berth.controlplane.admin.http;

import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.json.JsonObject;

/// The one table of which refusal is which HTTP status.
public final class Refusals {

  private Refusals() {}

  /// The answer to whoever is refused.
  public static AdminAnswer answer(Refusal refusal) {
    JsonObject body = new JsonObject().put("error", refusal.text());
    if (refusal.code() != null) {
      body.put("error_code", refusal.code());
    }
    AdminAnswer answer = AdminAnswer.json(status(refusal.kind()), body);
    return refusal.kind() == Refusal.Kind.UNAVAILABLE ? answer.with("Retry-After", "5") : answer;
  }

  /// The status of a kind of refusal.
  public static int status(Refusal.Kind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case TOO_LARGE -> 413;
      case TOO_MANY -> 429;
      case NOT_IMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
    };
  }
}
