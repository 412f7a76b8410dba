package dev.berth.worker.mongodb;

import static dev.berth.worker.mongodb.RandomRules.json;

import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/// What users may ask of a collection that [RandomRules] has filled.
record RandomOperations(Random random, RandomRules rules) {

  /// One call.
  record Operation(String name, BsonDocument arguments) {}

  private boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private int id() {
    return random.nextInt(8);
  }

  private BsonDocument query() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> new BsonDocument();
      case 2 -> json("{_id: #}", id());
      case 3 -> json("{_id: {$ne: #}}", id());
      case 4 ->
          new BsonDocument(
              one(List.of("$or", "$and", "$nor")),
              new BsonArray(List.of(rules.aboutDocument(), rules.aboutDocument())));
      default -> rules.aboutDocument();
    };
  }

  private BsonDocument sort() {
    String id = "_id: " + (once(2) ? 1 : -1);
    return once(2) ? json("{#}", id) : json("{n: #, #}", once(2) ? 1 : -1, id);
  }

  Operation read() {
    BsonDocument arguments = new BsonDocument("query", query());
    String name = one(List.of("find", "find", "findOne", "count", "distinct", "aggregate"));
    switch (name) {
      case "distinct" ->
          arguments.append(
              "field",
              new BsonString(one(List.of("_id", "owner", "n", "mark", "tags", "sub.x", "list.y"))));
      case "aggregate" -> {
        return new Operation(name, new BsonDocument("pipeline", pipeline()));
      }
      default -> {
        addOften(arguments, "sort", sort());
        if (!name.equals("count")) {
          addOften(arguments, "projection", ownProjection());
        }
        if (!name.equals("findOne")) {
          addOften(arguments, "limit", new BsonInt32(1 + random.nextInt(3)));
          addOften(arguments, "skip", new BsonInt32(random.nextInt(3)));
        }
      }
    }
    return new Operation(name, arguments);
  }

  /// A filter may contradict it, which is another matter.
  private BsonDocument ownProjection() {
    return json("{#: 0}", one(List.of("n", "sub", "list", "mark", "owner", "_id")));
  }

  private void addOften(BsonDocument arguments, String name, BsonValue value) {
    if (once(2)) {
      arguments.append(name, value);
    }
  }

  private BsonArray pipeline() {
    BsonArray stages = new BsonArray();
    if (once(2)) {
      stages.add(new BsonDocument("$match", query()));
    }
    stages.add(
        one(
            List.of(
                json("{$group: {_id: '$owner', n: {$sum: 1}, marks: {$push: '$mark'}}}"),
                json("{$group: {_id: null, most: {$max: '$n'}, ids: {$push: '$_id'}}}"),
                json("{$sortByCount: '$mark'}"),
                json("{$addFields: {all: '$$ROOT', copy: '$mark'}}"),
                json("{$project: {stolen: '$mark', n: 1, x: '$sub.x'}}"),
                json("{$unwind: '$tags'}"),
                json("{$replaceRoot: {newRoot: {m: '$mark', l: '$list'}}}"),
                json("{$unset: 'owner'}"),
                json("{$count: 'all'}"))));
    return stages;
  }

  Operation write() {
    return switch (random.nextInt(10)) {
      case 0 -> new Operation("insertOne", new BsonDocument("document", inserted()));
      case 1 ->
          new Operation(
              "insertMany",
              new BsonDocument("documents", new BsonArray(List.of(inserted(), inserted())))
                  .append("ordered", BsonBoolean.valueOf(once(2))));
      case 2 -> changing("updateMany", update(), false);
      case 3 -> changing("replaceOne", replacement(), false);
      case 4 -> changing("findOneAndUpdate", update(), true);
      case 5 -> changing("findOneAndReplace", replacement(), true);
      case 6 -> {
        BsonDocument arguments = new BsonDocument("query", query()).append("sort", sort());
        addOften(arguments, "projection", ownProjection());
        yield new Operation("findOneAndDelete", arguments);
      }
      case 7 ->
          new Operation(once(2) ? "deleteOne" : "deleteMany", new BsonDocument("query", query()));
      case 8 -> bulk();
      default -> changing("updateOne", update(), false);
    };
  }

  private BsonDocument inserted() {
    BsonDocument document = rules.document(4 + random.nextInt(6), "mark-given");
    if (once(4)) {
      document.remove("_id");
    }
    return document;
  }

  private BsonDocument replacement() {
    BsonDocument document = rules.document(id(), "mark-given");
    if (!once(6)) {
      document.remove("_id");
    }
    return document;
  }

  private Operation changing(String name, BsonDocument update, boolean answers) {
    BsonDocument arguments = new BsonDocument("query", query());
    boolean isReplacement = name.equals("replaceOne") || name.equals("findOneAndReplace");
    if (isReplacement) {
      arguments.append("update", update);
    } else {
      arguments.putAll(update);
    }
    if (once(3)) {
      arguments.append("query", simpleQuery()).append("upsert", BsonBoolean.TRUE);
    }
    if (answers) {
      arguments.append("sort", sort());
      addOften(arguments, "projection", ownProjection());
      addOften(arguments, "returnNewDocument", BsonBoolean.TRUE);
    }
    return new Operation(name, arguments);
  }

  private BsonDocument simpleQuery() {
    return one(
        List.of(
            json("{_id: #}", 4 + random.nextInt(6)),
            json("{owner: 'ann'}"),
            json("{n: {$gt: #}}", 2),
            json("{'sub.x': #, owner: 'ann'}", random.nextInt(4))));
  }

  /// `update`, and `arrayFilters` where it needs them.
  private BsonDocument update() {
    int value = random.nextInt(4);
    String name = one(List.of("owner", "n", "tags", "sub", "list"));
    return switch (random.nextInt(15)) {
      case 0 -> pipelined(json("{$set: {#: '$mark'}}", one(List.of("n", "owner", "copy"))));
      case 1 -> pipelined(json("{$set: {n: #}}", value), json("{$set: {copy: #}}", value));
      case 2 -> pipelined(json("{$unset: '#'}", name));
      case 3 -> updating(json("{$inc: {n: #}}", value));
      case 4 -> updating(json("{$push: {tags: #}}", value));
      case 5 -> updating(json("{$addToSet: {tags: #}}", value));
      case 6 -> updating(json("{$pull: {tags: #}}", value));
      case 7 -> updating(json("{$rename: {#: 'moved'}}", one(List.of("n", "mark", "owner"))));
      case 8 -> updating(json("{$unset: {'#': 1}}", one(List.of(name, "sub.x", "mark"))));
      case 9 -> updating(json("{$set: {'sub.#': #}}", once(2) ? "x" : "y", value));
      case 10 ->
          updating(json("{$set: {'list.$[e].x': #}}", value))
              .append("arrayFilters", new BsonArray(List.of(json("{'e.y': #}", value))));
      case 11 -> updating(json("{$set: {n: #}, $setOnInsert: {owner: 'ann'}}", value));
      case 12 -> updating(json("{$set: {_id: #}}", id()));
      default -> updating(new BsonDocument("$set", new BsonDocument(name, rules.value(name))));
    };
  }

  private static BsonDocument updating(BsonDocument operators) {
    return new BsonDocument("update", operators);
  }

  private static BsonDocument pipelined(BsonDocument... stages) {
    return new BsonDocument("update", new BsonArray(List.of(stages)));
  }

  /// Which document is the first is not said after others have come and gone.
  private BsonDocument oneById() {
    return json("{_id: #}", id());
  }

  private Operation bulk() {
    BsonArray operations = new BsonArray();
    for (int i = random.nextInt(3); i >= 0; i--) {
      operations.add(
          switch (random.nextInt(5)) {
            case 0 -> new BsonDocument("insertOne", new BsonDocument("document", inserted()));
            case 1 -> new BsonDocument("deleteOne", new BsonDocument("filter", oneById()));
            case 2 -> new BsonDocument("deleteMany", new BsonDocument("filter", query()));
            case 3 ->
                new BsonDocument(
                    "replaceOne",
                    new BsonDocument("filter", oneById()).append("replacement", replacement()));
            default -> {
              boolean isOne = once(2);
              BsonDocument update = new BsonDocument("filter", isOne ? oneById() : query());
              update.putAll(update());
              yield new BsonDocument(isOne ? "updateOne" : "updateMany", update);
            }
          });
    }
    return new Operation(
        "bulkWrite",
        new BsonDocument("operations", operations).append("ordered", BsonBoolean.valueOf(once(2))));
  }
}
