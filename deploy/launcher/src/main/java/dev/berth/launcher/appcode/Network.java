package dev.berth.launcher.appcode;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.worker.http.HttpLimits;
import dev.berth.worker.http.HttpService;
import dev.berth.worker.http.OutboundPolicy;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The HTTP service of a worker that starts before there is a Vert.x.
final class Network implements GuestService {

  private final OutboundPolicy policy;
  private final HttpLimits limits;
  private final AtomicReference<@Nullable HttpService> service = new AtomicReference<>();

  Network(OutboundPolicy policy, HttpLimits limits) {
    this.policy = policy;
    this.limits = limits;
  }

  void join(Vertx vertx) {
    service.set(new HttpService(vertx, policy, limits));
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    HttpService joined = service.get();
    if (joined == null) {
      throw new IllegalStateException("app code runs before there is a network");
    }
    return joined.call(scope, operation, arguments);
  }
}
