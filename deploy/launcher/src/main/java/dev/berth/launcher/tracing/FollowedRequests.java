package dev.berth.launcher.tracing;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.route.Quota;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.RequestId;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// Follows the requests of a gateway, which somebody else counts.
///
/// @param spans one for each request that is not over
/// @param metrics who counts
record FollowedRequests(RequestSpans spans, RequestMetrics metrics) implements RequestMetrics {

  @Override
  public void requestBegan(RequestId id, HttpServerRequest request) {
    metrics.requestBegan(id, request);
    spans.begin(id, request);
  }

  @Override
  public void requestOver(RequestId id, Ending ending) {
    metrics.requestOver(id, ending);
    spans.end(id, ending);
  }

  @Override
  public void requestEnded(@Nullable AppId app, int status, long nanos) {
    metrics.requestEnded(app, status, nanos);
  }

  @Override
  public void loginEnded(SignIn attempt) {
    metrics.loginEnded(attempt);
  }

  @Override
  public void quotaUsedUp(AppId app, Quota.Part part) {
    metrics.quotaUsedUp(app, part);
  }
}
