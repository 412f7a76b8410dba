package dev.berth.launcher.dev;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.logs.LogEntry;
import dev.berth.controlplane.logs.LogQueue;
import dev.berth.gateway.route.Quota;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.identity.Denial;
import dev.berth.invocation.RequestId;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Writes attempts to sign in into the log of their app. All that a gateway tells somebody else
/// counts.
record LoggedSignIns(RequestMetrics metrics, LogQueue logs, InstantSource clock)
    implements RequestMetrics {

  private static final int GRANTED = 200;

  @Override
  public void loginEnded(SignIn attempt) {
    metrics.loginEnded(attempt);
    Denial refused = attempt.refused();
    Instant completed = clock.instant();
    logs.add(
        new LogEntry(
            attempt.app(),
            attempt.request(),
            LogEntry.SIGN_IN,
            "",
            attempt.provider(),
            attempt.userId(),
            attempt.remoteIpAddress(),
            "POST",
            "",
            completed.minusMillis(attempt.millis()),
            completed,
            refused == null ? GRANTED : refused.code().status(),
            refused == null ? "" : refused.message(),
            refused == null ? "" : refused.code().wireName()));
  }

  @Override
  public void requestBegan(RequestId id, HttpServerRequest request) {
    metrics.requestBegan(id, request);
  }

  @Override
  public void requestOver(RequestId id, Ending ending) {
    metrics.requestOver(id, ending);
  }

  @Override
  public void requestEnded(@Nullable AppId app, int status, long nanos) {
    metrics.requestEnded(app, status, nanos);
  }

  @Override
  public void quotaUsedUp(AppId app, Quota.Part part) {
    metrics.quotaUsedUp(app, part);
  }
}
