package dev.berth.worker;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.jsruntime.LimitListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator learns of an invocation that passed a limit: a line in the log, and a count.
final class PassedLimits implements LimitListener {

  private static final Logger LOG = LoggerFactory.getLogger(PassedLimits.class);

  private final WorkerMetrics metrics;

  PassedLimits(WorkerMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void passed(Invocation invocation, Limit limit) {
    metrics.limitPassed(limit);
    LOG.atWarn()
        .addKeyValue("limit", limit)
        .addKeyValue("appId", invocation.appId())
        .addKeyValue("revision", invocation.revision())
        .addKeyValue("function", invocation.function())
        .addKeyValue("requestId", invocation.requestId())
        .log("an invocation passed a limit");
  }
}
