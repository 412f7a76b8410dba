package dev.berth.worker.mongodb;

import com.mongodb.ReadConcern;
import com.mongodb.ReadConcernLevel;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CollationAlternate;
import com.mongodb.client.model.CollationCaseFirst;
import com.mongodb.client.model.CollationMaxVariable;
import com.mongodb.client.model.CollationStrength;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.berth.jsruntime.service.GuestServiceException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The options of a call that say how the database is to go about it. None of them is left out in
/// silence: an operation honours it, or the call is refused and says which one it was.
///
/// Others, such as `batchSize`, are not for app code to choose, and ignored.
record Options(Arguments arguments) {

  private static final Set<String> OF_FIND =
      Set.of("allowDiskUse", "collation", "comment", "hint", "let", "maxTimeMS", "readConcern");
  private static final Set<String> OF_AGGREGATE =
      Set.of(
          "allowDiskUse",
          "bypassDocumentValidation",
          "collation",
          "comment",
          "hint",
          "let",
          "maxTimeMS",
          "readConcern",
          "writeConcern");
  private static final Set<String> OF_COUNT =
      Set.of("collation", "comment", "hint", "maxTimeMS", "readConcern");
  private static final Set<String> OF_DISTINCT =
      Set.of("collation", "comment", "maxTimeMS", "readConcern");
  private static final Set<String> OF_INSERT =
      Set.of("bypassDocumentValidation", "comment", "writeConcern");
  private static final Set<String> OF_UPDATE =
      Set.of("bypassDocumentValidation", "collation", "comment", "hint", "let", "writeConcern");
  private static final Set<String> OF_DELETE =
      Set.of("collation", "comment", "hint", "let", "writeConcern");
  private static final Set<String> OF_BULK =
      Set.of("bypassDocumentValidation", "comment", "let", "writeConcern");
  private static final Set<String> OF_PART = Set.of("collation", "hint");

  private static final Map<String, Set<String>> HONOURED =
      Map.ofEntries(
          Map.entry("find", OF_FIND),
          Map.entry("findOne", OF_FIND),
          Map.entry("aggregate", OF_AGGREGATE),
          Map.entry("count", OF_COUNT),
          Map.entry("distinct", OF_DISTINCT),
          Map.entry("insertOne", OF_INSERT),
          Map.entry("insertMany", OF_INSERT),
          Map.entry("updateOne", OF_UPDATE),
          Map.entry("updateMany", OF_UPDATE),
          Map.entry("replaceOne", OF_UPDATE),
          Map.entry("deleteOne", OF_DELETE),
          Map.entry("deleteMany", OF_DELETE),
          Map.entry("findOneAndUpdate", OF_UPDATE),
          Map.entry("findOneAndReplace", OF_UPDATE),
          Map.entry("findOneAndDelete", OF_DELETE),
          Map.entry("bulkWrite", OF_BULK));

  /// All that drivers know and some operation here may not.
  private static final Set<String> KNOWN =
      Set.of(
          "allowDiskUse",
          "allowPartialResults",
          "awaitData",
          "bypassDocumentValidation",
          "collation",
          "comment",
          "explain",
          "hint",
          "let",
          "max",
          "maxTimeMS",
          "min",
          "noCursorTimeout",
          "readConcern",
          "returnKey",
          "showRecordId",
          "tailable",
          "writeConcern");

  /// What tells the database nothing that rules are about.
  private static final Set<String> OF_USERS = Set.of("comment", "maxTimeMS");

  /// Refuses what the operation cannot honour.
  static void check(Arguments arguments, boolean isSystem) {
    String name = operation(arguments);
    Set<String> honoured = HONOURED.get(name);
    if (honoured != null) {
      check(arguments, honoured, isSystem);
      if (arguments.has("session")
          && (arguments.has("readConcern") || arguments.has("writeConcern"))) {
        throw refused(arguments, "session", "has concerns of its own, which cannot be another");
      }
    }
  }

  /// Refuses what one operation of a list cannot honour.
  static void checkPart(Arguments part, boolean isSystem) {
    check(part, OF_PART, isSystem);
  }

  private static void check(Arguments arguments, Set<String> honoured, boolean isSystem) {
    for (String option : arguments.values().keySet()) {
      if (!KNOWN.contains(option) || !arguments.has(option)) {
        continue;
      }
      if (!honoured.contains(option)) {
        throw refused(arguments, option, "is no option of this operation");
      }
      if (!isSystem && !OF_USERS.contains(option)) {
        throw refused(arguments, option, "is available to system functions only");
      }
    }
  }

  private static String operation(Arguments arguments) {
    if (!arguments.operation().equals("openCursor")) {
      return arguments.operation();
    }
    return arguments.has("pipeline") ? "aggregate" : "find";
  }

  private static GuestServiceException refused(Arguments arguments, String name, String problem) {
    return new Arguments(operation(arguments), arguments.values()).refused(name, problem);
  }

  /// How long the database may work on it, in milliseconds.
  ///
  /// @param most what nobody gets more than
  long maxTimeMillis(Duration most) {
    int given = arguments.count("maxTimeMS");
    return given == 0 ? most.toMillis() : Math.min(given, most.toMillis());
  }

  @Nullable BsonValue comment() {
    return arguments.has("comment") ? arguments.value("comment") : null;
  }

  @Nullable BsonDocument let() {
    return arguments.optionalDocument("let");
  }

  /// An index by its fields.
  @Nullable BsonDocument hint() {
    return hasHintName() ? null : arguments.optionalDocument("hint");
  }

  @Nullable String hintName() {
    return hasHintName() ? arguments.text("hint") : null;
  }

  private boolean hasHintName() {
    return arguments.has("hint") && arguments.value("hint").isString();
  }

  @Nullable Boolean allowDiskUse() {
    return optionalFlag("allowDiskUse");
  }

  @Nullable Boolean bypassDocumentValidation() {
    return optionalFlag("bypassDocumentValidation");
  }

  private @Nullable Boolean optionalFlag(String name) {
    return arguments.has(name) ? (Boolean) arguments.flag(name, false) : null;
  }

  /// How texts compare.
  @Nullable Collation collation() {
    BsonDocument given = arguments.optionalDocument("collation");
    if (given == null) {
      return null;
    }
    Arguments parts = arguments.inside("collation", given);
    try {
      return collation(parts);
    } catch (IllegalArgumentException unknown) {
      throw arguments.refused("collation", "has a value that no collation has");
    }
  }

  private static Collation collation(Arguments parts) {
    Collation.Builder collation = Collation.builder().locale(parts.text("locale"));
    if (parts.has("strength")) {
      collation.collationStrength(CollationStrength.fromInt(parts.count("strength")));
    }
    if (parts.has("caseFirst")) {
      collation.collationCaseFirst(CollationCaseFirst.fromString(parts.text("caseFirst")));
    }
    if (parts.has("alternate")) {
      collation.collationAlternate(CollationAlternate.fromString(parts.text("alternate")));
    }
    if (parts.has("maxVariable")) {
      collation.collationMaxVariable(CollationMaxVariable.fromString(parts.text("maxVariable")));
    }
    if (parts.has("caseLevel")) {
      collation.caseLevel(parts.flag("caseLevel", false));
    }
    if (parts.has("numericOrdering")) {
      collation.numericOrdering(parts.flag("numericOrdering", false));
    }
    if (parts.has("normalization")) {
      collation.normalization(parts.flag("normalization", false));
    }
    if (parts.has("backwards")) {
      collation.backwards(parts.flag("backwards", false));
    }
    return collation.build();
  }

  /// The database with the concerns of the call, which its collections have then, too.
  MongoDatabase concerned(MongoDatabase database) {
    MongoDatabase concerned = database;
    if (arguments.has("readConcern")) {
      concerned = concerned.withReadConcern(readConcern());
    }
    return arguments.has("writeConcern") ? concerned.withWriteConcern(writeConcern()) : concerned;
  }

  private ReadConcern readConcern() {
    BsonValue given = arguments.value("readConcern");
    String level =
        given.isString()
            ? given.asString().getValue()
            : arguments.inside("readConcern", arguments.document("readConcern")).text("level");
    try {
      return new ReadConcern(ReadConcernLevel.fromString(level));
    } catch (IllegalArgumentException unknown) {
      throw arguments.refused("readConcern", "has an unknown level");
    }
  }

  private WriteConcern writeConcern() {
    Arguments parts = arguments.inside("writeConcern", arguments.document("writeConcern"));
    WriteConcern concern = WriteConcern.ACKNOWLEDGED;
    if (parts.has("w")) {
      // Without an answer nobody could tell what was written.
      boolean isNamed = parts.value("w").isString();
      if (!isNamed && parts.count("w") == 0) {
        throw arguments.refused("writeConcern", "must ask for an answer: a \"w\" of 1 or more");
      }
      concern = isNamed ? concern.withW(parts.text("w")) : concern.withW(parts.count("w"));
    }
    if (parts.has("j")) {
      concern = concern.withJournal(parts.flag("j", false));
    }
    String timeout = parts.has("wtimeoutMS") ? "wtimeoutMS" : "wtimeout";
    return parts.has(timeout)
        ? concern.withWTimeout(parts.count(timeout), TimeUnit.MILLISECONDS)
        : concern;
  }
}
