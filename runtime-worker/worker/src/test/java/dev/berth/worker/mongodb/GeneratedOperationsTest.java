package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invocation.FunctionCall;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.worker.mongodb.PlainCollection.Refused;
import dev.berth.worker.mongodb.RandomOperations.Operation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All that users can do, on many rules, callers and documents, against a collection in plain
/// memory: nothing is seen and nothing becomes of a document that is not so there.
///
/// `-Dgenerated.rounds=100` goes through so many seeds instead of one.
class GeneratedOperationsTest {

  private static final int CASES = 400;
  private static final int READS = 4;
  private static final Pattern MARK = Pattern.compile("mark-\\d+");

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final RuledCollection things =
      new RuledCollection(database, PlainTruth.FUNCTIONS, GeneratedOperationsTest::function);
  private final Map<String, Integer> happened = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2026})
  void usersSeeAndWriteAsThePlainCollectionDoes(long seed) {
    compare(seed);

    assertThat(happened)
        .hasEntrySatisfying("answered", count -> assertThat(count).isGreaterThan(CASES / 10))
        .hasEntrySatisfying("refused", count -> assertThat(count).isGreaterThan(CASES / 10));
  }

  @Test
  void usersSeeAndWriteAsThePlainCollectionDoesWhateverTheSeed() {
    long first = System.nanoTime();
    for (int round = 0; round < Integer.getInteger("generated.rounds", 1); round++) {
      compare(first + round);
    }
  }

  private void compare(long seed) {
    Random random = new Random(seed);
    RandomRules rules = new RandomRules(random);
    RandomOperations operations = new RandomOperations(random, rules);
    for (int number = 0; number < CASES; number++) {
      boolean isAdmin = random.nextBoolean();
      BsonDocument file = rules.rules();
      BsonDocument schema = rules.schema();
      PlainRules plain = new PlainRules(file, schema, user(isAdmin));
      things.deploy(file.toJson(), schema == null ? null : schema.toJson());
      List<BsonDocument> given = new ArrayList<>();
      for (int id = random.nextInt(7); id > 0; id--) {
        given.add(rules.document(id, "mark-" + id));
      }
      List<BsonDocument> stored = store(given);
      String about =
          "seed %d, case %d: %s, schema %s, admin %s, documents %s"
              .formatted(seed, number, file.toJson(), schema, isAdmin, json(stored));
      TestScope caller = TestScope.user("ann", isAdmin);
      for (int i = 0; i < READS; i++) {
        compare(about, caller, operations.read(), new PlainCollection(stored, plain));
      }
      compare(about, caller, operations.write(), new PlainCollection(stored, plain));
      caller.end();
    }
  }

  /// Runs a function that rules call.
  private static Future<Outcome> function(Invocation invocation) {
    FunctionCall call = (FunctionCall) invocation;
    boolean holds = PlainTruth.holds(call.function(), call.arguments());
    return Future.succeededFuture(new Outcome.Returned(BsonBoolean.valueOf(holds)));
  }

  private static BsonDocument user(boolean isAdmin) {
    return new BsonDocument("id", new BsonString("ann"))
        .append("custom_data", new BsonDocument("admin", BsonBoolean.valueOf(isAdmin)));
  }

  /// @return the documents in the order in which the database finds them
  private List<BsonDocument> store(List<BsonDocument> documents) {
    database.call("deleteMany", "{query: {}}");
    if (!documents.isEmpty()) {
      database.call("insertMany", new BsonDocument("documents", new BsonArray(documents)));
    }
    List<BsonDocument> stored = new ArrayList<>();
    for (BsonValue found : database.call("find", "{query: {}}").asArray()) {
      stored.add(BsonDocument.parse(found.asDocument().toJson()));
    }
    return stored;
  }

  private void compare(String about, TestScope caller, Operation operation, PlainCollection plain) {
    String all = about + "\n -> " + operation.name() + " " + operation.arguments().toJson();
    String expected = expected(all, operation, plain);
    String actual = actual(all, caller, operation);

    assertThat(actual).as("%s", all).isEqualTo(expected);
    assertThat(stored()).as("%s", all).isEqualTo(sorted(json(plain.documents())));
    happened.merge(expected.startsWith("refused") ? "refused" : "answered", 1, Integer::sum);
  }

  private String expected(String all, Operation operation, PlainCollection plain) {
    try {
      return operation.name().equals("aggregate")
          ? sorted(json(aggregated(operation, plain)))
          : plain(plain.perform(operation.name(), operation.arguments())).toString();
    } catch (Refused refused) {
      return "refused: " + refused.getMessage();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(all, broken);
    }
  }

  /// What the database makes of the documents that the caller sees, when they stand alone.
  private List<BsonDocument> aggregated(Operation operation, PlainCollection plain) {
    BsonArray seen = new BsonArray(plain.found(new BsonDocument()));
    BsonArray stages =
        new BsonArray(
            List.of(
                RandomRules.json("{$unwind: '$seen'}"),
                RandomRules.json("{$replaceRoot: {newRoot: '$seen'}}")));
    stages.addAll(operation.arguments().getArray("pipeline"));
    BsonDocument elsewhere = new BsonDocument("collection", new BsonString("seen"));
    database.call("deleteMany", elsewhere.clone().append("query", new BsonDocument()));
    database.call(
        "insertOne",
        elsewhere
            .clone()
            .append("document", new BsonDocument("_id", new BsonInt32(1)).append("seen", seen)));
    return database.call("aggregate", elsewhere.append("pipeline", stages)).asArray().stream()
        .map(BsonValue::asDocument)
        .toList();
  }

  private String actual(String all, TestScope caller, Operation operation) {
    try {
      BsonValue answer = things.call(caller, operation.name(), operation.arguments().toJson());
      return operation.name().equals("aggregate")
          ? sorted(json(documents(answer)))
          : plain(answer).toString();
    } catch (CompletionException failure) {
      if (!(failure.getCause() instanceof GuestServiceException refusal)) {
        throw failure;
      }
      String message = String.valueOf(refusal.getMessage());
      assertThat(message)
          .as("%s", all)
          .doesNotContainPattern(MARK)
          .doesNotContain("being changed all the time");
      return "refused: "
          + switch (refusal.errorCode()) {
            case "NoMatchingRuleFound" -> message;
            case PlainCollection.INVALID -> PlainCollection.INVALID;
            case "MongoDBError", "InvalidParameter" -> PlainCollection.OF_THE_DATABASE;
            default -> throw failure;
          };
    }
  }

  private String stored() {
    return sorted(json(documents(database.call("find", "{query: {}}"))));
  }

  private static List<BsonDocument> documents(BsonValue array) {
    return array.asArray().stream().map(BsonValue::asDocument).toList();
  }

  private static List<String> json(List<BsonDocument> documents) {
    return documents.stream().map(document -> plain(document).toString()).toList();
  }

  private static String sorted(List<String> texts) {
    return String.join("\n", texts.stream().sorted().toList());
  }

  /// Raw documents decoded, fields in one order, and ids that somebody makes up all the same.
  private static BsonValue plain(BsonValue value) {
    return switch (value) {
      case BsonDocument document -> {
        BsonDocument decoded = new BsonDocument();
        new TreeMap<>(document).forEach((name, part) -> decoded.append(name, plain(part)));
        yield decoded;
      }
      case BsonArray array ->
          new BsonArray(array.stream().map(GeneratedOperationsTest::plain).toList());
      case BsonObjectId _ -> new BsonString("made up");
      default -> value;
    };
  }
}
