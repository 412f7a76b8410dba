package dev.berth.jsruntime.service;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invocation;

/// The invocation on whose behalf a service acts.
public interface CallScope {

  AppId appId();

  /// Who called, what was called, and the request that caused it.
  Invocation invocation();

  /// The invocation as it began, whatever rights it has by now.
  default Invocation begun() {
    return invocation();
  }

  /// Whether the invocation runs as the system user, above rules and schemas.
  boolean runsAsSystem();

  /// Registers what must be released when the invocation ends, however it ends; runs at once when
  /// it has ended already. Run exactly once, on any thread; must not block.
  void onEnd(Runnable release);
}
