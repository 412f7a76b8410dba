package dev.berth.controlplane.admin.gate;

import dev.berth.controlplane.admin.http.AdminAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/// Nobody has proved to be anybody, and here is how to do that.
public final class ChallengeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String challenge;

  ChallengeException(String challenge) {
    super("digest authentication is needed", null, false, false);
    this.challenge = challenge;
  }

  /// What the client gets, in the words of the Atlas API.
  public AdminAnswer answer() {
    JsonObject body =
        new JsonObject()
            .put("detail", "You are not authorized for this resource.")
            .put("error", 401)
            .put("errorCode", "UNAUTHORIZED");
    return new AdminAnswer(
        401,
        Map.of("WWW-Authenticate", challenge, "Content-Type", "application/json"),
        Buffer.buffer(body.encode()));
  }
}
