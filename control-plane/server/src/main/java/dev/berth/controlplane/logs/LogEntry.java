package dev.berth.controlplane.logs;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call of a function, without arguments and results: they may be personal or secret. Or one
/// attempt to sign in, without what was shown for it.
///
/// @param type `ENDPOINT`, `FUNCTION` or, for what clients do with data, `SERVICE_FUNCTION`, and
/// [#SIGN_IN]
/// @param function empty for an attempt to sign in
/// @param provider with which somebody tried to sign in; `null` for calls
/// @param userId who called or signed in; `null` when nobody did that is known
/// @param route of the endpoint; empty for other calls
/// @param status the HTTP status that stands for how it ended
/// @param error empty when there was none
/// @param errorCode empty when there was none
public record LogEntry(
    AppId appId,
    RequestId requestId,
    String type,
    String function,
    @Nullable String provider,
    @Nullable String userId,
    String remoteAddress,
    String method,
    String route,
    Instant started,
    Instant completed,
    int status,
    String error,
    String errorCode) {

  /// The type of attempts to sign in.
  public static final String SIGN_IN = "AUTH";

  /// Whether it failed; what an app throws may have no message.
  public boolean isError() {
    return !error.isEmpty() || !errorCode.isEmpty();
  }
}
