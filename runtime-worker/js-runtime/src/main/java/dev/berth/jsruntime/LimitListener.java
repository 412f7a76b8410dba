package dev.berth.jsruntime;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;

/// Hears of every limit that an invocation passed, once each. Called on guest threads and on the
/// watchdog's; must not block.
@FunctionalInterface
public interface LimitListener {

  void passed(Invocation invocation, Limit limit);
}
