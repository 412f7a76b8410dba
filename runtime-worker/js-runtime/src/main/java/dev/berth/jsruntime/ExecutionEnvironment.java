package dev.berth.jsruntime;

import dev.berth.jsruntime.service.GuestService;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/// What all invocations of a worker share.
///
/// @param services by the name the prelude calls them, such as `mongodb`
/// @param onLimit hears of limits that invocations passed
/// @param timers rings for `setTimeout`; runs nothing of app code itself
/// @param health hears how invocations end
public record ExecutionEnvironment(
    ContextPool contexts,
    Map<String, GuestService> services,
    GuestLog log,
    LimitListener onLimit,
    ScheduledExecutorService timers,
    ExecutionLimits limits,
    EngineHealth health) {

  public ExecutionEnvironment {
    services = Map.copyOf(services);
  }

  OutcomeReader outcomes() {
    return new OutcomeReader(limits);
  }
}
