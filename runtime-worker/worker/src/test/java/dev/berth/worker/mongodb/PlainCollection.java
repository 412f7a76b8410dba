package dev.berth.worker.mongodb;

import static java.util.Objects.requireNonNull;

import dev.berth.rules.access.Permission;
import dev.berth.worker.mongodb.PlainUpdate.Impossible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A collection in plain memory, and what users may do with it: first everything is judged, then
/// it is done.
///
/// @param documents in the order in which the database finds them
record PlainCollection(List<BsonDocument> documents, PlainRules rules) {

  /// Why an operation does not happen: in words of ours, or in those of the database.
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  static final String OF_THE_DATABASE = "refused by the database";
  static final String INVALID = "SchemaValidationFailedWrite";

  BsonValue perform(String operation, BsonDocument arguments) throws Refused {
    return switch (operation) {
      case "find" -> new BsonArray(found(arguments));
      case "findOne" ->
          found(arguments).stream()
              .findFirst()
              .map(each -> (BsonValue) each)
              .orElse(BsonNull.VALUE);
      case "count" -> new BsonInt32(found(arguments).size());
      case "distinct" -> distinct(arguments);
      case "insertOne" -> new BsonDocument("insertedId", insert(arguments.getDocument("document")));
      case "insertMany" -> insertMany(arguments);
      case "updateOne", "replaceOne" -> counts(updated(operation, arguments, true));
      case "updateMany" -> counts(updated(operation, arguments, false));
      case "findOneAndUpdate", "findOneAndReplace" -> modified(operation, arguments);
      case "deleteOne" -> deletedCount(deleted(arguments, true));
      case "deleteMany" -> deletedCount(deleted(arguments, false));
      case "findOneAndDelete" -> {
        List<BsonDocument> gone = deleted(arguments, true);
        yield gone.isEmpty() ? BsonNull.VALUE : shown(gone.getFirst(), arguments);
      }
      case "bulkWrite" -> bulkWrite(arguments);
      default -> throw new AssertionError(operation);
    };
  }

  // ---- reads

  private List<BsonDocument> candidates(BsonDocument arguments) {
    BsonDocument query = rules.narrowed(arguments.getDocument("query", new BsonDocument()));
    List<BsonDocument> found = new ArrayList<>();
    documents.stream().filter(each -> PlainTruth.finds(query, each)).forEach(found::add);
    BsonDocument sort = arguments.getDocument("sort", new BsonDocument());
    Comparator<BsonDocument> order = (_, _) -> 0;
    for (Map.Entry<String, BsonValue> by : sort.entrySet()) {
      Comparator<BsonDocument> next = Comparator.comparing(each -> rank(each.get(by.getKey())));
      order = order.thenComparing(by.getValue().asInt32().getValue() > 0 ? next : next.reversed());
    }
    found.sort(order);
    return found;
  }

  /// The order of types that are generated: what is missing, numbers, texts.
  private static String rank(@Nullable BsonValue value) {
    return switch (value) {
      case null -> "0";
      case BsonInt32 number -> "1%08d".formatted(number.getValue() + 1000);
      case BsonString text -> "2" + text.getValue();
      default -> throw new AssertionError(value);
    };
  }

  List<BsonDocument> found(BsonDocument arguments) {
    List<BsonDocument> seen = new ArrayList<>();
    for (BsonDocument candidate : candidates(arguments)) {
      BsonDocument visible = rules.visible(candidate);
      if (visible != null) {
        seen.add(projected(visible, arguments));
      }
    }
    int skip = arguments.getInt32("skip", new BsonInt32(0)).getValue();
    int limit = arguments.getInt32("limit", new BsonInt32(0)).getValue();
    return seen.stream().skip(skip).limit(limit == 0 ? Long.MAX_VALUE : limit).toList();
  }

  private BsonDocument projected(BsonDocument visible, BsonDocument arguments) {
    List<BsonDocument> all = new ArrayList<>(rules.projections());
    all.add(arguments.getDocument("projection", new BsonDocument()));
    BsonDocument left = visible.clone();
    for (BsonDocument projection : all) {
      boolean includes =
          projection.entrySet().stream()
              .anyMatch(each -> !each.getKey().equals("_id") && isOne(each.getValue()));
      left.keySet()
          .removeIf(
              name ->
                  projection.containsKey(name)
                      ? !isOne(projection.get(name))
                      : includes && !name.equals("_id"));
    }
    return left;
  }

  private static boolean isOne(BsonValue flag) {
    return flag.asInt32().getValue() == 1;
  }

  private BsonValue distinct(BsonDocument arguments) {
    List<String> path = List.of(arguments.getString("field").getValue().split("\\."));
    BsonArray values = new BsonArray();
    for (BsonDocument document : found(arguments)) {
      for (BsonValue value : PlainTruth.at(document, path)) {
        for (BsonValue each : value.isArray() ? value.asArray() : List.of(value)) {
          if (!values.contains(each)) {
            values.add(each);
          }
        }
      }
    }
    return values;
  }

  private BsonValue shown(BsonDocument document, BsonDocument arguments) {
    BsonDocument visible = rules.visible(document);
    return visible == null ? BsonNull.VALUE : projected(visible, arguments);
  }

  // ---- writes

  private BsonDocument judgedInsert(BsonDocument written) throws Refused {
    BsonDocument document = PlainUpdate.identified(written);
    if (rules.insert(document, written) != Permission.PERMITTED) {
      throw new Refused("insert not permitted");
    }
    if (!rules.isValid(null, document)) {
      throw new Refused(INVALID);
    }
    return document;
  }

  private BsonValue insert(BsonDocument written) throws Refused {
    return stored(judgedInsert(written));
  }

  private BsonValue stored(BsonDocument document) throws Refused {
    BsonValue id = requireNonNull(document.get("_id"));
    if (!id.isString() && documents.stream().anyMatch(each -> id.equals(each.get("_id")))) {
      throw new Refused(OF_THE_DATABASE);
    }
    documents.add(document);
    return id;
  }

  private BsonValue insertMany(BsonDocument arguments) throws Refused {
    List<BsonDocument> judged = new ArrayList<>();
    for (BsonValue document : arguments.getArray("documents")) {
      judged.add(judgedInsert(document.asDocument()));
    }
    BsonArray ids = new BsonArray();
    Refused first = null;
    for (BsonDocument document : judged) {
      try {
        ids.add(stored(document));
      } catch (Refused refused) {
        first = first == null ? refused : first;
        if (arguments.getBoolean("ordered").getValue()) {
          break;
        }
      }
    }
    if (first != null) {
      throw first;
    }
    return new BsonDocument("insertedIds", ids);
  }

  /// A document before and after; `before` is nothing where it was inserted.
  private record Written(@Nullable BsonDocument before, BsonDocument after) {}

  private List<Written> updated(String operation, BsonDocument arguments, boolean isOne)
      throws Refused {
    List<Written> written = new ArrayList<>();
    for (BsonDocument before : candidates(arguments)) {
      if (rules.update(before, before) == Permission.NO_ROLE) {
        continue;
      }
      BsonDocument after = after(operation, arguments, before);
      if (rules.update(before, after) == Permission.DENIED) {
        throw new Refused("update not permitted");
      }
      if (!rules.isValid(before, after)) {
        throw new Refused(INVALID);
      }
      written.add(new Written(before, after));
      if (isOne) {
        break;
      }
    }
    written.forEach(each -> documents.set(documents.indexOf(each.before()), each.after()));
    if (written.isEmpty() && arguments.containsKey("upsert")) {
      BsonDocument inserted = upserted(operation, arguments);
      insert(inserted);
      written.add(new Written(null, documents.getLast()));
    }
    return written;
  }

  private BsonDocument after(String operation, BsonDocument arguments, BsonDocument before)
      throws Refused {
    BsonDocument visible = rules.visible(before);
    BsonDocument seen =
        visible == null ? new BsonDocument() : projected(visible, new BsonDocument());
    try {
      return operation.endsWith("Replace") || operation.startsWith("replace")
          ? replaced(before, arguments.getDocument("update"))
          : update(arguments, false).of(before, seen);
    } catch (Impossible impossible) {
      throw new Refused(String.valueOf(impossible.getMessage()));
    }
  }

  private static BsonDocument replaced(BsonDocument before, BsonDocument replacement)
      throws Impossible {
    if (replacement.containsKey("_id") && !replacement.get("_id").equals(before.get("_id"))) {
      throw new Impossible();
    }
    BsonDocument after = new BsonDocument("_id", before.get("_id"));
    replacement.forEach(after::putIfAbsent);
    return after;
  }

  private static PlainUpdate update(BsonDocument arguments, boolean inserts) {
    return new PlainUpdate(
        requireNonNull(arguments.get("update")), arguments.getArray("arrayFilters", null), inserts);
  }

  private static BsonDocument upserted(String operation, BsonDocument arguments) throws Refused {
    BsonDocument seed = PlainUpdate.seed(arguments.getDocument("query"));
    if (operation.endsWith("Replace") || operation.startsWith("replace")) {
      BsonDocument document = new BsonDocument();
      if (seed.containsKey("_id")) {
        document.append("_id", seed.get("_id"));
      }
      document.putAll(arguments.getDocument("update"));
      return document;
    }
    try {
      return update(arguments, true).of(seed, seed);
    } catch (Impossible impossible) {
      throw new Refused(OF_THE_DATABASE);
    }
  }

  private static BsonValue counts(List<Written> written) {
    boolean isInsert = !written.isEmpty() && written.getFirst().before() == null;
    long changed = written.stream().filter(each -> !each.after().equals(each.before())).count();
    BsonDocument counts =
        new BsonDocument("matchedCount", new BsonInt32(isInsert ? 0 : written.size()))
            .append("modifiedCount", new BsonInt32(isInsert ? 0 : (int) changed));
    return isInsert ? counts.append("upsertedId", written.getFirst().after().get("_id")) : counts;
  }

  private BsonValue modified(String operation, BsonDocument arguments) throws Refused {
    List<Written> written = updated(operation, arguments, true);
    if (written.isEmpty()) {
      return BsonNull.VALUE;
    }
    BsonDocument shown =
        arguments.containsKey("returnNewDocument")
            ? written.getFirst().after()
            : written.getFirst().before();
    return shown == null ? BsonNull.VALUE : shown(shown, arguments);
  }

  private List<BsonDocument> deleted(BsonDocument arguments, boolean isOne) throws Refused {
    List<BsonDocument> gone = new ArrayList<>();
    for (BsonDocument stored : candidates(arguments)) {
      switch (rules.delete(stored)) {
        case NO_ROLE -> {}
        case DENIED -> throw new Refused("delete not permitted");
        case PERMITTED -> gone.add(stored);
      }
      if (isOne && !gone.isEmpty()) {
        break;
      }
    }
    documents.removeAll(gone);
    return gone;
  }

  private static BsonValue deletedCount(List<BsonDocument> gone) {
    return new BsonDocument("deletedCount", new BsonInt32(gone.size()));
  }

  private BsonValue bulkWrite(BsonDocument arguments) throws Refused {
    Refused first = null;
    for (BsonValue operation : arguments.getArray("operations")) {
      String name = operation.asDocument().getFirstKey();
      BsonDocument given = operation.asDocument().getDocument(name).clone();
      if (given.containsKey("filter")) {
        given.put("query", given.get("filter"));
      }
      if (given.containsKey("replacement")) {
        given.put("update", given.get("replacement"));
      }
      try {
        perform(name, given);
      } catch (Refused refused) {
        first = first == null ? refused : first;
        if (arguments.getBoolean("ordered").getValue()) {
          break;
        }
      }
    }
    if (first != null) {
      throw first;
    }
    return BsonNull.VALUE;
  }
}
