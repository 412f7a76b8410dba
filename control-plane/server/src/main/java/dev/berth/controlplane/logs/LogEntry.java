package dev.berth.controlplane.logs;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call of a function, without arguments and results: they may be personal or secret.
///
/// @param type `ENDPOINT`, `FUNCTION` or, for what clients do with data, `SERVICE_FUNCTION`
/// @param userId who called; `null` when nobody did that is known
/// @param route of the endpoint; empty for other calls
/// @param status the HTTP status that stands for how it ended
/// @param error empty when there was none
/// @param errorCode empty when there was none
public record LogEntry(
    AppId appId,
    RequestId requestId,
    String type,
    String function,
    @Nullable String userId,
    String remoteAddress,
    String method,
    String route,
    Instant started,
    Instant completed,
    int status,
    String error,
    String errorCode) {

  public boolean isError() {
    return !error.isEmpty();
  }
}
