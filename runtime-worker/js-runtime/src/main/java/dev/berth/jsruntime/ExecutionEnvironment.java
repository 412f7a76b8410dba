package dev.berth.jsruntime;

import dev.berth.jsruntime.service.CalleeRules;
import dev.berth.jsruntime.service.GuestService;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/// What all invocations of a worker share.
///
/// @param services by the name the prelude calls them, such as `mongodb`
/// @param onLimit hears of limits that invocations passed
/// @param timers rings for `setTimeout`; runs nothing of app code itself
/// @param health hears how invocations end
/// @param callees decides who may call functions that say who may
public record ExecutionEnvironment(
    ContextPool contexts,
    Map<String, GuestService> services,
    GuestLog log,
    LimitListener onLimit,
    ScheduledExecutorService timers,
    ExecutionLimits limits,
    EngineHealth health,
    CalleeRules callees) {

  public ExecutionEnvironment {
    services = Map.copyOf(services);
  }

  /// One in which nobody may call a function that says who may.
  public ExecutionEnvironment(
      ContextPool contexts,
      Map<String, GuestService> services,
      GuestLog log,
      LimitListener onLimit,
      ScheduledExecutorService timers,
      ExecutionLimits limits,
      EngineHealth health) {
    this(contexts, services, log, onLimit, timers, limits, health, CalleeRules.NOBODY);
  }

  OutcomeReader outcomes() {
    return new OutcomeReader(limits);
  }
}
