package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.CallScope;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/// The [OpenReads] of every invocation that has used the database and has not ended.
final class Invocations {

  private final MongoLimits limits;

  // By identity: two invocations are never the same, whatever their scopes think of equality.
  private final Map<CallScope, OpenReads> reads =
      Collections.synchronizedMap(new IdentityHashMap<>());

  Invocations(MongoLimits limits) {
    this.limits = limits;
  }

  OpenReads of(CallScope scope) {
    var created = new OpenReads(limits);
    OpenReads existing = reads.putIfAbsent(scope, created);
    if (existing != null) {
      return existing;
    }
    // Runs at once when the invocation has ended already; then nothing can be opened any more.
    scope.onEnd(
        () -> {
          reads.remove(scope);
          created.end();
        });
    return created;
  }

  int size() {
    return reads.size();
  }
}
