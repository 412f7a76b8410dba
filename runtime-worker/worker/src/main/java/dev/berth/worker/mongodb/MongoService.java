package dev.berth.worker.mongodb;

import static java.util.Map.entry;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// The MongoDB data sources of apps, for app code of any of them.
///
/// It knows no rules: whoever calls it for a user below the system user has applied them, and has
/// put their conditions into the query. Results of queries are raw documents: to be read from
/// front to back once, not by name again and again.
///
/// Safe for use by any thread; answers arrive on threads of the driver.
public final class MongoService implements GuestService {

  private final DataSources sources;
  private final NamespacePolicy namespaces;
  private final PipelinePolicy pipelines;
  private final MongoLimits limits;
  private final Invocations invocations;
  private final Transactions transactions;
  private final Map<String, Operation> operations;

  public MongoService(DataSources sources, NamespacePolicy namespaces, MongoLimits limits) {
    this(sources, namespaces, limits, new Transactions());
  }

  /// @param transactions those of the invocations that call it, also with other rights
  MongoService(
      DataSources sources,
      NamespacePolicy namespaces,
      MongoLimits limits,
      Transactions transactions) {
    this.sources = sources;
    this.namespaces = namespaces;
    this.pipelines = new PipelinePolicy(namespaces);
    this.limits = limits;
    this.transactions = transactions;
    this.invocations = new Invocations(limits);
    this.operations = operations(limits, invocations, transactions);
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    try {
      Operation performed = operations.get(operation);
      if (performed == null) {
        throw new GuestServiceException(
            "ServiceCommandNotFound", "the MongoDB service has no such operation", null);
      }
      var judged = Arguments.of(operation, arguments, limits.nesting());
      var asked = new Call(scope, judged, sources, namespaces, pipelines, transactions);
      return transactions
          .inTurn(scope, judged, () -> performed.perform(asked))
          .exceptionallyCompose(
              failure -> CompletableFuture.failedFuture(MongoErrors.forGuest(failure)));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(MongoErrors.forGuest(failure));
    }
  }

  /// How many invocations have used the database and have not ended.
  int activeInvocations() {
    return invocations.size();
  }

  private static Map<String, Operation> operations(
      MongoLimits limits, Invocations invocations, Transactions transactions) {
    var reads = new Reads(limits, invocations);
    var cursors = new Cursors(limits, invocations);
    var writes = new Writes();
    var modify = new FindAndModify();
    return Map.ofEntries(
        entry("find", reads::find),
        entry("findOne", reads::findOne),
        entry("aggregate", reads::aggregate),
        entry("changes", Changes::since),
        entry("count", reads::count),
        entry("distinct", reads::distinct),
        entry("getDatabaseNames", reads::getDatabaseNames),
        entry("getCollectionNames", reads::getCollectionNames),
        entry("openCursor", cursors::open),
        entry("nextBatch", cursors::nextBatch),
        entry("closeCursor", cursors::close),
        entry("insertOne", writes::insertOne),
        entry("insertMany", writes::insertMany),
        entry("updateOne", writes::updateOne),
        entry("updateMany", writes::updateMany),
        entry("replaceOne", writes::replaceOne),
        entry("deleteOne", writes::deleteOne),
        entry("deleteMany", writes::deleteMany),
        entry("findOneAndUpdate", modify::findOneAndUpdate),
        entry("findOneAndReplace", modify::findOneAndReplace),
        entry("findOneAndDelete", modify::findOneAndDelete),
        entry("bulkWrite", new BulkWrites()::bulkWrite),
        entry("startTransaction", transactions::start),
        entry("commitTransaction", transactions::commit),
        entry("abortTransaction", transactions::abort));
  }

  @FunctionalInterface
  private interface Operation {

    CompletionStage<BsonValue> perform(Call call);
  }
}
