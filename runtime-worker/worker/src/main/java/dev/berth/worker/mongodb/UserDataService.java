package dev.berth.worker.mongodb;

import static java.util.Map.entry;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.rules.access.Projection;
import dev.berth.worker.access.AppRules;
import dev.berth.worker.access.FunctionsOfRules;
import dev.berth.worker.access.RuleBook;
import dev.berth.worker.access.RuleFunctions;
import dev.berth.worker.update.UpdateRefused;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The MongoDB data sources of apps for whoever runs a function: the system user reaches
/// everything, others what the rules of their app permit. Operations that no rules can be applied
/// to are refused.
///
/// Safe for use by any thread; answers arrive on threads of the driver.
public final class UserDataService implements GuestService {

  private final GuestService system;
  private final RuleBook rules;
  private final FunctionsOfRules functions;
  private final DataSources sources;
  private final NamespacePolicy namespaces;
  private final PipelinePolicy pipelines;
  private final MongoLimits limits;
  private final Transactions transactions = new Transactions();
  private final Map<String, Operation> operations;

  /// @param functions that rules call
  public UserDataService(
      RuleBook rules,
      FunctionsOfRules functions,
      DataSources sources,
      NamespacePolicy namespaces,
      MongoLimits limits) {
    this.system = new MongoService(sources, namespaces, limits, transactions);
    this.rules = rules;
    this.functions = functions;
    this.sources = sources;
    this.namespaces = namespaces;
    this.pipelines = new PipelinePolicy(namespaces);
    this.limits = limits;
    this.operations = operations(limits, new Invocations(limits), transactions, this);
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
            "NoMatchingRuleFound", operation + " is available to system functions only", null);
      }
      var judged = Arguments.of(operation, arguments, limits.nesting());
      var call = new Call(scope, judged, sources, namespaces, pipelines, transactions);
      UserCall asked = UserCall.of(call, rules(scope), functions);
      return transactions
          .inTurn(scope, judged, () -> performed.perform(asked))
          .handle((answer, failure) -> ended(scope, answer, failure))
          .thenCompose(Function.identity());
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(MongoErrors.forUser(refusal(failure)));
    }
  }

  /// What is too little because functions were not called any more must not pass for an answer.
  private CompletionStage<BsonValue> ended(
      CallScope scope, @Nullable BsonValue answer, @Nullable Throwable failure) {
    if (functions.isExceeded(scope)) {
      return CompletableFuture.failedFuture(
          new GuestServiceException(
              "ReadSizeLimitExceeded",
              "the rules would call more than " + RuleFunctions.MAX_CALLS + " functions",
              null));
    }
    return answer == null
        ? CompletableFuture.failedFuture(
            MongoErrors.forUser(refusal(Objects.requireNonNull(failure))))
        : CompletableFuture.completedFuture(answer);
  }

  private AppRules rules(CallScope scope) {
    AppRules found = rules.find(scope.appId(), scope.invocation().revision());
    if (found == null) {
      throw new GuestServiceException(
          "NoMatchingRuleFound", "the rules of this revision of the app are not here", null);
    }
    return found;
  }

  /// What the caller got wrong in a way that only we know of.
  private static Throwable refusal(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return refusal(failure.getCause());
    }
    return switch (failure) {
      case Projection.Refused refused ->
          new GuestServiceException("InvalidParameter", String.valueOf(refused.getMessage()), null);
      case UpdateRefused refused ->
          new GuestServiceException("MongoDBError", refused.text(), refused.code());
      default -> failure;
    };
  }

  private static Map<String, Operation> operations(
      MongoLimits limits,
      Invocations invocations,
      Transactions transactions,
      GuestService forUsers) {
    var given = new GivenDocuments(limits);
    var reads = new UserReads(limits, invocations, given);
    var documents = new WritableDocuments(limits);
    var inserts = new UserInserts();
    var deletes = new UserDeletes(documents);
    var updates = new UserUpdates(documents, inserts, given);
    var bulk = new UserBulkWrites(inserts, updates, deletes);
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
        entry("insertOne", inserts::insertOne),
        entry("insertMany", inserts::insertMany),
        entry("updateOne", updates::updateOne),
        entry("updateMany", updates::updateMany),
        entry("replaceOne", updates::replaceOne),
        entry("findOneAndUpdate", updates::findOneAndUpdate),
        entry("findOneAndReplace", updates::findOneAndReplace),
        entry("deleteOne", deletes::deleteOne),
        entry("deleteMany", deletes::deleteMany),
        entry("findOneAndDelete", deletes::findOneAndDelete),
        entry("bulkWrite", bulk::bulkWrite),
        entry("startTransaction", call -> transactions.start(call.call())),
        entry("commitTransaction", call -> transactions.commit(call.call())),
        entry("abortTransaction", call -> transactions.abort(call.call())));
  }

  @FunctionalInterface
  private interface Operation {

    CompletionStage<BsonValue> perform(UserCall call);
  }
}
