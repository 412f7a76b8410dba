package dev.berth.worker.mongodb;

import static java.util.Map.entry;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.rules.access.Projection;
import dev.berth.worker.access.AppRules;
import dev.berth.worker.access.RuleBook;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// The MongoDB data sources of apps for whoever runs a function: the system user reaches
/// everything, others what the rules of their app permit. Operations that no rules can be applied
/// to are refused.
///
/// Safe for use by any thread; answers arrive on threads of the driver.
public final class UserDataService implements GuestService {

  private final GuestService system;
  private final RuleBook rules;
  private final DataSources sources;
  private final NamespacePolicy namespaces;
  private final PipelinePolicy pipelines;
  private final MongoLimits limits;
  private final Map<String, Operation> operations;

  public UserDataService(
      RuleBook rules, DataSources sources, NamespacePolicy namespaces, MongoLimits limits) {
    this.system = new MongoService(sources, namespaces, limits);
    this.rules = rules;
    this.sources = sources;
    this.namespaces = namespaces;
    this.pipelines = new PipelinePolicy(namespaces);
    this.limits = limits;
    this.operations = operations(limits, new Invocations(limits), this);
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    if (scope.runsAsSystem()) {
      return system.call(scope, operation, arguments);
    }
    try {
      Operation performed = operations.get(operation);
      if (performed == null) {
        throw new GuestServiceException(
            "NoMatchingRuleFound",
            operation + " is available to system functions only, for now",
            null);
      }
      var judged = Arguments.of(operation, arguments, limits.nesting());
      var call = new Call(scope, judged, sources, namespaces, pipelines);
      return performed
          .perform(UserCall.of(call, rules(scope)))
          .exceptionallyCompose(
              failure -> CompletableFuture.failedFuture(MongoErrors.forGuest(refusal(failure))));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(MongoErrors.forGuest(refusal(failure)));
    }
  }

  private AppRules rules(CallScope scope) {
    AppRules found = rules.find(scope.appId(), scope.invocation().revision());
    if (found == null) {
      throw new GuestServiceException(
          "NoMatchingRuleFound", "the rules of this revision of the app are not here", null);
    }
    return found;
  }

  /// What the caller got wrong in a way that only rules know of.
  private static Throwable refusal(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return refusal(failure.getCause());
    }
    return failure instanceof Projection.Refused refused
        ? new GuestServiceException("InvalidParameter", String.valueOf(refused.getMessage()), null)
        : failure;
  }

  private static Map<String, Operation> operations(
      MongoLimits limits, Invocations invocations, GuestService forUsers) {
    var reads = new UserReads(limits, invocations);
    var writes = new UserWrites(limits);
    var changes = new UserChanges(forUsers);
    return Map.ofEntries(
        entry("find", reads::find),
        entry("findOne", reads::findOne),
        entry("count", reads::count),
        entry("distinct", reads::distinct),
        entry("aggregate", reads::aggregate),
        entry("openCursor", reads::openCursor),
        entry("nextBatch", reads::nextBatch),
        entry("closeCursor", reads::closeCursor),
        entry("changes", changes::since),
        entry("insertOne", writes::insertOne),
        entry("insertMany", writes::insertMany),
        entry("deleteOne", writes::deleteOne),
        entry("deleteMany", writes::deleteMany),
        entry("findOneAndDelete", writes::findOneAndDelete),
        entry("replaceOne", writes::replaceOne),
        entry("findOneAndReplace", writes::findOneAndReplace));
  }

  @FunctionalInterface
  private interface Operation {

    CompletionStage<BsonValue> perform(UserCall call);
  }
}
