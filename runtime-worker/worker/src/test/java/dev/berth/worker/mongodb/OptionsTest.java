package dev.berth.worker.mongodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import dev.berth.jsruntime.service.GuestServiceException;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of the options of a call: the server receives them, or the caller is told.
class OptionsTest {

  private static final String VALUES =
      """
      {allowDiskUse: true, bypassDocumentValidation: true, collation: {locale: 'en', strength: 2},
       comment: 'why', hint: {n: 1}, let: {v: 1}, maxTimeMS: 250, readConcern: {level: 'majority'},
       writeConcern: {w: 1, j: true}}
      """;

  private static final Set<String> EVERYTHING = BsonDocument.parse(VALUES).keySet();

  private final Recording backend = new Recording();
  @RegisterExtension private final TestDatabase database = new TestDatabase(backend);

  /// An embedded server that notes which commands it receives.
  private static final class Recording extends MemoryBackend {

    private final List<BsonDocument> received = new CopyOnWriteArrayList<>();

    Recording() {
      version(ServerVersion.MONGO_5_0);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String name, Document query) {
      received.add(bson(query).asDocument());
      return super.handleCommand(channel, database, name, query);
    }

    /// The last command of a name, with the parts of its lists beside it.
    BsonDocument last(String name) {
      BsonDocument command =
          received.stream().filter(each -> each.containsKey(name)).toList().getLast();
      BsonDocument all = command.clone();
      for (String list : List.of("updates", "deletes")) {
        command.getArray(list, new BsonArray()).forEach(each -> all.putAll(each.asDocument()));
      }
      return all;
    }

    private static BsonValue bson(@Nullable Object value) {
      return switch (value) {
        case Document document -> {
          BsonDocument copy = new BsonDocument();
          document.forEach((name, part) -> copy.append(name, bson(part)));
          yield copy;
        }
        case Collection<?> list -> {
          BsonArray copy = new BsonArray();
          list.forEach(element -> copy.add(bson(element)));
          yield copy;
        }
        case Number number -> new BsonInt64(number.longValue());
        case Boolean flag -> BsonBoolean.valueOf(flag);
        case null -> BsonNull.VALUE;
        default -> new BsonString(String.valueOf(value));
      };
    }
  }

  /// Each operation with its arguments, the server's command for it, and the options it has.
  static Stream<String[]> operations() {
    return Stream.of(
        of("find", "{}", "find", "allowDiskUse collation comment hint let maxTimeMS readConcern"),
        of(
            "findOne",
            "{}",
            "find",
            "allowDiskUse collation comment hint let maxTimeMS readConcern"),
        of(
            "aggregate",
            "{pipeline: [{$match: {}}]}",
            "aggregate",
            "allowDiskUse bypassDocumentValidation collation comment hint let maxTimeMS"
                + " readConcern writeConcern"),
        of(
            "openCursor",
            "{}",
            "find",
            "allowDiskUse collation comment hint let maxTimeMS readConcern"),
        of("count", "{}", "aggregate", "collation comment hint maxTimeMS readConcern"),
        of("distinct", "{field: 'n'}", "distinct", "collation comment maxTimeMS readConcern"),
        of(
            "insertOne",
            "{document: {}}",
            "insert",
            "bypassDocumentValidation comment writeConcern"),
        of(
            "insertMany",
            "{documents: [{}]}",
            "insert",
            "bypassDocumentValidation comment writeConcern"),
        of("updateOne", "{query: {}, update: {$set: {a: 1}}}", "update", UPDATE),
        of("updateMany", "{query: {}, update: {$set: {a: 1}}}", "update", UPDATE),
        of("replaceOne", "{query: {}, update: {a: 1}}", "update", UPDATE),
        of("deleteOne", "{query: {}}", "delete", "collation comment hint let writeConcern"),
        of("deleteMany", "{query: {}}", "delete", "collation comment hint let writeConcern"),
        of("findOneAndUpdate", "{query: {}, update: {$set: {a: 1}}}", "findAndModify", UPDATE),
        of("findOneAndReplace", "{query: {}, update: {a: 1}}", "findAndModify", UPDATE),
        of(
            "findOneAndDelete",
            "{query: {}}",
            "findAndModify",
            "collation comment hint let writeConcern"),
        of(
            "bulkWrite",
            "{operations: [{insertOne: {document: {}}}]}",
            "insert",
            "bypassDocumentValidation comment writeConcern let"));
  }

  private static final String UPDATE =
      "bypassDocumentValidation collation comment hint let writeConcern";

  private static String[] of(String... parts) {
    return parts;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void theServerReceivesThemOrTheCallIsRefused(
      String operation, String arguments, String command, String honoured) {
    List<String> known = List.of(honoured.split(" "));
    for (String option : EVERYTHING) {
      BsonDocument with = BsonDocument.parse(arguments);
      with.append(option, BsonDocument.parse(VALUES).get(option));
      backend.received.clear();
      if (!known.contains(option)) {
        assertThat(database.refusal(database.scope(), operation, with).getMessage())
            .contains("\"" + option + "\" is no option of this operation");
        continue;
      }
      perform(operation, with);
      if (isSent(operation, option)) {
        assertThat(backend.last(command)).as(option).containsEntry(option, sent(option));
      }
    }
  }

  /// What only concerns writing is not sent with what only reads, or inserts.
  private static boolean isSent(String operation, String option) {
    return switch (operation) {
      case "aggregate" ->
          !option.equals("bypassDocumentValidation") && !option.equals("writeConcern");
      case "bulkWrite" -> !option.equals("let");
      default -> true;
    };
  }

  private static BsonValue sent(String option) {
    return Recording.bson(wire(requireNonNull(BsonDocument.parse(VALUES).get(option))));
  }

  private static @Nullable Object wire(BsonValue value) {
    if (value instanceof BsonDocument document) {
      Document parts = new Document();
      document.forEach((name, part) -> parts.put(name, wire(part)));
      return parts;
    }
    return value.isNumber()
        ? (Object) value.asNumber().longValue()
        : value.isBoolean() ? (Object) value.asBoolean().getValue() : value.asString().getValue();
  }

  /// Whether the embedded server can do it is another matter.
  private void perform(String operation, BsonDocument arguments) {
    try {
      database.call(operation, arguments);
    } catch (CompletionException failure) {
      assertThat(failure).hasCauseInstanceOf(GuestServiceException.class);
    }
  }

  @Test
  void operationsOfAListHaveTheirOwn() {
    perform(
        "bulkWrite",
        BsonDocument.parse(
            """
            {operations: [{updateOne: {filter: {}, update: {$set: {a: 1}}, collation: {locale: 'en'},
              hint: 'byName'}}]}
            """));

    assertThat(backend.last("update"))
        .containsEntry("collation", new BsonDocument("locale", new BsonString("en")))
        .containsEntry("hint", new BsonString("byName"));
    assertThat(
            database
                .refusal("bulkWrite", "{operations: [{deleteOne: {filter: {}, maxTimeMS: 5}}]}")
                .getMessage())
        .contains("\"maxTimeMS\" is no option of this operation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find      | {explain: true}                        | \"explain\" is no option",
        "find      | {tailable: true}                       | \"tailable\" is no option",
        "find      | {hint: 5}                              | \"hint\" must be an object",
        "find      | {maxTimeMS: -1}                        | \"maxTimeMS\" must be a whole number",
        "find      | {collation: {strength: 1}}             | \"locale\" is missing",
        "find      | {collation: {locale: 'en', strength: 9}} | \"collation\" has a value that no",
        "find      | {readConcern: {level: 'best'}}         | \"readConcern\" has an unknown level",
        "deleteOne | {writeConcern: {w: 0}}                 | must ask for an answer",
      })
  void whatTheyCannotBeIsSaid(String operation, String arguments, String message) {
    assertThat(database.refusal(operation, arguments).getMessage()).contains(message);
  }

  @Test
  void nobodyGetsMoreTimeThanThereIs() {
    database.call("find", "{maxTimeMS: 2000000000}");

    assertThat(backend.last("find").getInt64("maxTimeMS").getValue())
        .isEqualTo(MongoLimits.STANDARD.readTime().toMillis());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void ofUsersThoseThatRulesCouldNotHoldAgainstAreRefused(
      String operation, String arguments, String command, String honoured) {
    RuledCollection things = new RuledCollection(database);
    things.deploy("{roles: [{write: true}]}", null);
    TestScope ann = TestScope.user("ann", false);
    for (String option : EVERYTHING) {
      BsonDocument with = BsonDocument.parse(arguments);
      with.append(option, BsonDocument.parse(VALUES).get(option));
      boolean isKnown = List.of(honoured.split(" ")).contains(option);
      if (isKnown && Set.of("comment", "maxTimeMS").contains(option)) {
        things.call(ann, operation, with.toJson());
      } else {
        assertThat(things.refusal(ann, operation, with.toJson()))
            .contains("\"" + option + "\"")
            .contains(isKnown ? "available to system functions only" : "is no option");
      }
    }
  }

  @Test
  void usersSayHowLongTheirReadsMayTakeAndWhy() {
    RuledCollection things = new RuledCollection(database);
    things.deploy("{roles: [{apply_when: {owner: '%%user.id'}, read: true}]}", null);

    things.call(
        TestScope.user("ann", false), "find", "{query: {}, maxTimeMS: 250, comment: 'why'}");

    assertThat(backend.last("find"))
        .containsEntry("maxTimeMS", new BsonInt64(250))
        .containsEntry("comment", new BsonString("why"));
  }
}
