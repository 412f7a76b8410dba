package dev.berth.worker;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Lets only the system user through.
///
/// Whoever else runs a function may read and write what rules allow them, and without a matching
/// rule nothing is allowed: where no rules are evaluated, that is everything.
public final class SystemOnlyService implements GuestService {

  private final GuestService service;

  public SystemOnlyService(GuestService service) {
    this.service = service;
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    if (scope.runsAsSystem()) {
      return service.call(scope, operation, arguments);
    }
    return CompletableFuture.failedFuture(
        new GuestServiceException(
            "NoMatchingRuleFound", "no rule allows this user to access data", null));
  }
}
