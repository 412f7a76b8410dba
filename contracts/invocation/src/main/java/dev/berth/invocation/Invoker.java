package dev.berth.invocation;

import io.vertx.core.Future;

/// Runs app code. Everything that does goes through here: endpoints, client function calls,
/// script authentication, triggers. Limits, metrics and tracing are decorators of it.
@FunctionalInterface
public interface Invoker {

  /// Runs one invocation, at most once.
  ///
  /// However app code ends is an [Outcome]; a failed future means only that the platform broke.
  Future<Outcome> invoke(Invocation invocation);
}
