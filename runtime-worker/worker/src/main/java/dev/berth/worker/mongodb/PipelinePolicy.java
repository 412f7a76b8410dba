package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Which stages and operators app code may send to the database.
///
/// Judged by name at every depth, wherever the name stands: a stage hidden in a part of a
/// pipeline that this class does not know is still found, at the price that a literal object
/// with such a field name is refused too.
final class PipelinePolicy {

  /// What shows the whole server, or other users of it; refused even to the system user.
  private static final Set<String> REFUSED =
      Set.of(
          "$currentOp",
          "$listSessions",
          "$listLocalSessions",
          "$indexStats",
          "$planCacheStats",
          "$queryStats",
          "$querySettings",
          "$operationMetrics",
          "$shardedDataDistribution",
          "$listSampledQueries",
          "$listCachedAndActiveUsers",
          "$listClusterCatalog",
          "$listCatalog",
          "$backupCursor",
          "$backupCursorExtend",
          "$changeStream",
          "$changeStreamSplitLargeEvent");

  /// What names another collection, and maybe another database.
  private static final Set<String> REACHING =
      Set.of("$out", "$merge", "$lookup", "$unionWith", "$graphLookup");

  /// Parts of such a stage that name a collection as text, or as an object of `db` and `coll`.
  private static final Set<String> TARGETS = Set.of("from", "into", "coll", "atlas");

  /// JavaScript that runs in the database, where no rule of ours sees what it does.
  private static final Set<String> SCRIPTS = Set.of("$where", "$function", "$accumulator");

  private final NamespacePolicy namespaces;

  PipelinePolicy(NamespacePolicy namespaces) {
    this.namespaces = namespaces;
  }

  /// Judges an aggregation, or an update that is one.
  void checkPipeline(String database, List<BsonDocument> pipeline) {
    pipeline.forEach(stage -> checkStages(database, stage));
  }

  /// Judges everything that a caller below the system user sends.
  void checkScripts(BsonValue value) {
    forEachField(
        value,
        (name, _) -> {
          if (SCRIPTS.contains(name)) {
            throw refused(name + " is available to system functions only");
          }
        });
  }

  private void checkStages(String database, BsonValue value) {
    forEachField(
        value,
        (name, specification) -> {
          if (REFUSED.contains(name) || name.startsWith("$_internal")) {
            throw refused(name + " is not available to functions");
          }
          if (REACHING.contains(name)) {
            checkTarget(database, name, specification);
          }
        });
  }

  private void checkTarget(String database, String stage, BsonValue target) {
    if (target.isString()) {
      namespaces.checkCollection(database, target.asString().getValue());
      return;
    }
    if (!target.isDocument()) {
      throw refused(stage + " must name a collection by a string or an object");
    }
    String there = database;
    BsonValue other = target.asDocument().get("db");
    if (other != null) {
      if (!other.isString()) {
        throw refused(stage + ": \"db\" must be a string");
      }
      there = other.asString().getValue();
      namespaces.checkDatabase(there);
    }
    for (Map.Entry<String, BsonValue> part : target.asDocument().entrySet()) {
      if (TARGETS.contains(part.getKey())) {
        checkTarget(there, stage, part.getValue());
      }
    }
  }

  private static void forEachField(BsonValue value, FieldVisitor visitor) {
    if (value.isDocument()) {
      for (Map.Entry<String, BsonValue> field : value.asDocument().entrySet()) {
        visitor.visit(field.getKey(), field.getValue());
        forEachField(field.getValue(), visitor);
      }
    } else if (value.isArray()) {
      value.asArray().forEach(element -> forEachField(element, visitor));
    }
  }

  private static GuestServiceException refused(String message) {
    return new GuestServiceException("InvalidParameter", message, null);
  }

  private interface FieldVisitor {

    void visit(String name, BsonValue value);
  }
}
