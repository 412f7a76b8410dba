package dev.berth.worker.mongodb;

import static dev.berth.worker.mongodb.TestDatabase.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexRewriteTest {

  /// Reads `RX` as `$regex` with a regular expression and `TEXT` as `$regex` with a text:
  /// Extended JSON takes both for a value.
  private static BsonDocument query(String text) {
    return withRegexes(json(text)).asDocument();
  }

  private static BsonValue withRegexes(BsonValue value) {
    if (value.isDocument()) {
      var document = new BsonDocument();
      value
          .asDocument()
          .forEach(
              (name, part) -> {
                if (name.equals("RX")) {
                  String[] regex = part.asString().getValue().split("/", -1);
                  document.put("$regex", new BsonRegularExpression(regex[1], regex[2]));
                } else if (name.equals("TEXT")) {
                  document.put("$regex", part);
                } else {
                  document.put(name, withRegexes(part));
                }
              });
      return document;
    }
    if (value.isArray()) {
      return new BsonArray(value.asArray().stream().map(RegexRewriteTest::withRegexes).toList());
    }
    return value;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{f: {RX: '/x/'}}                        | {f: {TEXT: 'x'}}",
        "{f: {RX: '/x/i'}}                       | {f: {TEXT: 'x', $options: 'i'}}",
        "{f: {RX: '/x/', $options: 'i'}}         | {f: {TEXT: 'x', $options: 'i'}}",
        "{f: {$options: 'i', RX: '/x/'}}         | {f: {$options: 'i', TEXT: 'x'}}",
        "{f: {'$ne': 1, RX: '/x/'}}              | {f: {'$ne': 1, TEXT: 'x'}}",
        "{f: {$not: {RX: '/x/i'}}}               | {f: {$not: {TEXT: 'x', $options: 'i'}}}",
        "{$and: [{f: {RX: '/x/'}}, {g: 1}]}      | {$and: [{f: {TEXT: 'x'}}, {g: 1}]}",
        "{$or: [{$nor: [{f: {RX: '/x/'}}]}]}     | {$or: [{$nor: [{f: {TEXT: 'x'}}]}]}",
        "{f: {$elemMatch: {RX: '/x/'}}}          | {f: {$elemMatch: {TEXT: 'x'}}}",
        "{f: {$elemMatch: {g: {RX: '/x/'}}}}     | {f: {$elemMatch: {g: {TEXT: 'x'}}}}",
        "{f: {$elemMatch: {$or: [{g: {RX: '/x/'}}]}}}"
            + " | {f: {$elemMatch: {$or: [{g: {TEXT: 'x'}}]}}}",
        "{f: {$all: [{$elemMatch: {RX: '/x/'}}]}} | {f: {$all: [{$elemMatch: {TEXT: 'x'}}]}}",
      })
  void regularExpressionsInQueriesBecomeText(String given, String expected) {
    assertThat(RegexRewrite.query(query(given))).isEqualTo(query(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{f: {$eq: {RX: '/x/'}}}",
        "{f: {$in: [{RX: '/x/'}]}}",
        "{f: {g: {RX: '/x/'}}}",
        "{f: {RX: '/x/i', $options: 'm'}}",
        "{$expr: {$eq: ['$f', {RX: '/x/'}]}}",
        "{f: {TEXT: 'x'}}",
        "{f: null, g: [1, {h: 1}]}",
      })
  void everythingElseStaysAsItIs(String given) {
    assertThat(RegexRewrite.query(query(given))).isEqualTo(query(given));
  }

  @Test
  void queriesInPipelinesAreFoundAtEveryDepth() {
    BsonDocument stage =
        query(
            """
            {$facet: {a: [{$match: {f: {RX: '/x/'}}}],
              b: [{$lookup: {from: 'c', as: 'd', pipeline: [{$match: {$or: [{f: {RX: '/y/i'}}]}}]}}],
              c: [{$set: {v: {$literal: {RX: '/z/'}}}}]}}
            """);

    BsonDocument rewritten = RegexRewrite.pipeline(List.of(stage)).getFirst();

    assertThat(rewritten)
        .isEqualTo(
            query(
                """
                {$facet: {a: [{$match: {f: {TEXT: 'x'}}}],
                  b: [{$lookup: {from: 'c', as: 'd',
                    pipeline: [{$match: {$or: [{f: {TEXT: 'y', $options: 'i'}}]}}]}}],
                  c: [{$set: {v: {$literal: {RX: '/z/'}}}}]}}
                """));
  }

  @Test
  void onlyPullHoldsQueriesAmongUpdateOperators() {
    BsonDocument update =
        query("{$pull: {a: {RX: '/x/'}, b: {c: {RX: '/y/'}}}, $set: {d: {RX: '/z/'}}}");

    assertThat(RegexRewrite.update(update))
        .isEqualTo(query("{$pull: {a: {TEXT: 'x'}, b: {c: {TEXT: 'y'}}}, $set: {d: {RX: '/z/'}}}"));
  }

  @Nested
  class OnTheServer {

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private BsonDocument arguments(String text) {
      return query(text);
    }

    private void someThings() {
      database.call(
          "insertMany",
          """
          {documents: [{_id: 1, f: 'Anna', l: [{n: 'red'}]}, {_id: 2, f: 'Bert', l: [{n: 'blue'}]}]}
          """);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{query: {f: {RX: '/^an/i'}}}",
          "{query: {f: {RX: '/^an/', $options: 'i'}}}",
          "{query: {$and: [{f: {RX: '/^A/'}}]}}",
          "{query: {f: {$not: {RX: '/^B/'}}}}",
          "{query: {l: {$elemMatch: {n: {RX: '/^R/i'}}}}}",
        })
    void theDocumentedFormFinds(String text) {
      someThings();

      assertThat(database.call("find", arguments(text)).asArray())
          .extracting(found -> found.asDocument().getInt32("_id").getValue())
          .containsExactly(1);
      assertThat(database.call("count", arguments(text)).asInt32().getValue()).isEqualTo(1);
    }

    @Test
    void theDocumentedFormMatchesInAPipeline() {
      someThings();

      assertThat(
              database.call(
                  "aggregate",
                  arguments("{pipeline: [{$match: {f: {RX: '/^an/i'}}}, {$project: {f: 1}}]}")))
          .isEqualTo(json("[{_id: 1, f: 'Anna'}]"));
    }

    @Test
    void theDocumentedFormChoosesWhatIsWritten() {
      someThings();

      database.call(
          "updateOne", arguments("{query: {f: {RX: '/^an/i'}}, update: {$set: {f: 'x'}}}"));
      database.call(
          "bulkWrite", arguments("{operations: [{deleteOne: {filter: {f: {RX: '/^B/'}}}}]}"));

      assertThat(database.call("distinct", "{field: 'f'}")).isEqualTo(json("['x']"));
    }

    @Test
    void insertedRegularExpressionsStay() {
      var regex = new BsonRegularExpression("a", "i");
      database.call("insertOne", new BsonDocument("document", new BsonDocument("v", regex)));

      assertThat(database.call("findOne", "{}").asDocument().get("v")).isEqualTo(regex);
    }
  }
}
