package dev.berth.gateway.serving;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.route.Quota;
import org.jspecify.annotations.Nullable;

/// Who counts the requests of a gateway. Called for every request on its event loop, so it must
/// be quick and never throw.
public interface RequestMetrics {

  /// A request was answered.
  ///
  /// @param app the app it was for; `null` when it was for none that is deployed
  /// @param status of the reply, from 100 to 599
  /// @param nanos from its first line to the last byte of the reply
  void requestEnded(@Nullable AppId app, int status, long nanos);

  /// Somebody tried to sign in to an app.
  ///
  /// @param provider as paths name it, one of those there are
  /// @param granted whether a session began
  default void loginEnded(String provider, boolean granted) {}

  /// A request was refused because its app has used up its quota.
  default void quotaUsedUp(AppId app, Quota.Part part) {}

  /// Counts nothing.
  RequestMetrics NONE = (_, _, _) -> {};
}
