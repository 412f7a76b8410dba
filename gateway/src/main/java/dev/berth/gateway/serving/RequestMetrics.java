package dev.berth.gateway.serving;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.route.Quota;
import dev.berth.identity.Denial;
import dev.berth.invocation.RequestId;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// Who counts the requests of a gateway, and may follow each. Called for every request on its
/// event loop, so it must be quick and never throw.
public interface RequestMetrics {

  /// A request was answered.
  ///
  /// @param app the app it was for; `null` when it was for none that is deployed
  /// @param status of the reply, from 100 to 599
  /// @param nanos from its first line to the last byte of the reply
  void requestEnded(@Nullable AppId app, int status, long nanos);

  /// A request has come. Whatever it causes carries the same id.
  default void requestBegan(RequestId id, HttpServerRequest request) {}

  /// A request that had come is over; always told once.
  default void requestOver(RequestId id, Ending ending) {}

  /// How a request ended.
  ///
  /// @param app the app it was for; `null` when it was for none that is deployed
  /// @param route as it is written in a table of routes; `null` when there is none
  /// @param status of the reply
  /// @param outcome one word, as in the log
  record Ending(@Nullable AppId app, @Nullable String route, int status, String outcome) {}

  /// Somebody tried to sign in to an app.
  default void loginEnded(SignIn attempt) {}

  /// An attempt to sign in. Nothing of what was shown for it.
  ///
  /// @param provider as paths name it, one of those there are
  /// @param userId who has a session now; `null` when nobody has
  /// @param refused why nobody has; `null` when somebody has
  /// @param millis how long it took
  record SignIn(
      AppId app,
      RequestId request,
      String provider,
      String remoteIpAddress,
      @Nullable String userId,
      @Nullable Denial refused,
      long millis) {}

  /// A request was refused because its app has used up its quota.
  default void quotaUsedUp(AppId app, Quota.Part part) {}

  /// Counts nothing.
  RequestMetrics NONE = (_, _, _) -> {};
}
