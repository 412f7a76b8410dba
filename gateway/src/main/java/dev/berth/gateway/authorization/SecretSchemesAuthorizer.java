package dev.berth.gateway.authorization;

import dev.berth.appmodel.Endpoint;
import dev.berth.gateway.authorization.Authorization.Allowed;
import dev.berth.gateway.authorization.Authorization.Denied;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// The built-in schemes, which prove that the caller knows a secret of the app.
public final class SecretSchemesAuthorizer implements Authorizer {

  /// Hashing more than this takes long enough to be noticed by the others on the event loop.
  private static final int MAX_BYTES_HASHED_ON_THE_EVENT_LOOP = 64 * 1024;

  private static final Future<Authorization> ALLOWED = Future.succeededFuture(new Allowed());

  private final Vertx vertx;

  public SecretSchemesAuthorizer(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<Authorization> authorize(AuthenticatedRequest authenticated) {
    BoundEndpoint target = authenticated.target();
    IncomingRequest request = authenticated.request();
    return switch (target.endpoint().validationMethod()) {
      case NO_VALIDATION -> ALLOWED;
      case SECRET_AS_QUERY_PARAM -> checkSecret(target, request);
      case VERIFY_PAYLOAD -> checkSignature(target, request);
    };
  }

  private static Future<Authorization> checkSecret(BoundEndpoint target, IncomingRequest request) {
    String secret = secretOf(target);
    if (secret == null) {
      return denied("the app has no value for the secret of the endpoint");
    }
    return SecretParameter.matches(secret, request.query().secret())
        ? ALLOWED
        : denied("the secret parameter is missing or wrong");
  }

  private Future<Authorization> checkSignature(BoundEndpoint target, IncomingRequest request) {
    String secret = secretOf(target);
    if (secret == null) {
      return denied("the app has no value for the secret of the endpoint");
    }
    String signature = request.headers().get("Endpoint-Signature");
    if (signature == null) {
      // The name that incoming webhooks used; their clients may call the converted endpoint.
      signature = request.headers().get("X-Hook-Signature");
    }
    return signature == null
        ? denied("the signature header is missing")
        : verify(secret, request.body(), signature);
  }

  private Future<Authorization> verify(String secret, @Nullable Buffer body, String signature) {
    if (body == null || body.length() <= MAX_BYTES_HASHED_ON_THE_EVENT_LOOP) {
      return signatureVerdict(PayloadSignature.matches(secret, body, signature));
    }
    return vertx
        .executeBlocking(() -> PayloadSignature.matches(secret, body, signature), false)
        .compose(matches -> signatureVerdict(Boolean.TRUE.equals(matches)));
  }

  private static Future<Authorization> signatureVerdict(boolean matches) {
    return matches ? ALLOWED : denied("the signature does not match the body");
  }

  /// An empty secret protects nothing, so it counts as none.
  private static @Nullable String secretOf(BoundEndpoint target) {
    Endpoint endpoint = target.endpoint();
    String name = endpoint.secretName();
    String value = name == null ? null : target.app().secrets().find(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static Future<Authorization> denied(String reason) {
    return Future.succeededFuture(new Denied(reason));
  }
}
