package dev.berth.worker.mongodb;

import static dev.berth.worker.mongodb.TestDatabase.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadsTest {

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @Nested
  class Finding {

    @BeforeEach
    void someThings() {
      database.call(
          "insertMany",
          "{documents: [{_id: 1, n: 3, s: 'a'}, {_id: 2, n: 2, s: 'b'}, {_id: 3, n: 1, s: 'a'}]}");
    }

    @Test
    void queryProjectionSortSkipAndLimitApply() {
      assertThat(
              database.call(
                  "find", "{query: {}, projection: {n: 1}, sort: {n: 1}, skip: 1, limit: 1}"))
          .isEqualTo(json("[{_id: 2, n: 2}]"));
    }

    @Test
    void nothingFoundIsAnEmptyArray() {
      assertThat(database.call("find", "{query: {n: 7}}")).isEqualTo(new BsonArray());
    }

    @Test
    void nullArgumentsCountAsNotGiven() {
      assertThat(
              database
                  .call("find", "{query: null, projection: null, sort: null, limit: null}")
                  .asArray())
          .hasSize(3);
    }

    @Test
    void numbersOfDocumentsMayBeDoubles() {
      assertThat(database.call("find", "{limit: {$numberDouble: '2.0'}}").asArray()).hasSize(2);
    }

    @Test
    void oneIsFoundOrNull() {
      assertThat(database.call("findOne", "{query: {n: 2}, projection: {_id: 0, s: 1}}"))
          .isEqualTo(json("{s: 'b'}"));
      assertThat(database.call("findOne", "{query: {n: 7}}")).isEqualTo(BsonNull.VALUE);
    }

    @Test
    void documentsAreCounted() {
      assertThat(database.call("count", "{query: {s: 'a'}}")).isEqualTo(new BsonInt32(2));
      assertThat(database.call("count", "{query: {}, limit: 2}")).isEqualTo(new BsonInt32(2));
    }

    @Test
    void valuesAreDistinct() {
      assertThat(database.call("distinct", "{field: 's', query: {n: {$gt: 0}}}").asArray())
          .containsExactlyInAnyOrder(new BsonString("a"), new BsonString("b"));
    }

    @Test
    void aPipelineAggregates() {
      assertThat(
              database.call(
                  "aggregate",
                  "{pipeline: [{$group: {_id: '$s', n: {$sum: '$n'}}}, {$sort: {_id: 1}}]}"))
          .isEqualTo(json("[{_id: 'a', n: 4}, {_id: 'b', n: 2}]"));
    }

    @Test
    void otherCollectionsAreLookedUpAndWritten() {
      database.call("aggregate", "{pipeline: [{$match: {s: 'a'}}, {$out: 'others'}]}");

      assertThat(
              database.call(
                  "aggregate",
                  """
                  {pipeline: [{$match: {_id: 1}}, {$project: {_id: 1}},
                    {$lookup: {from: 'others', localField: '_id', foreignField: '_id', as: 'o'}}]}
                  """))
          .isEqualTo(json("[{_id: 1, o: [{_id: 1, n: 3, s: 'a'}]}]"));
    }

    @Test
    void namesAreListedForTheSystemUserOnly() {
      assertThat(database.call("getCollectionNames", "{}")).isEqualTo(json("['things']"));
      assertThat(database.call("getDatabaseNames", "{}").asArray())
          .contains(new BsonString(database.name()))
          .doesNotContain(
              new BsonString("admin"), new BsonString("local"), new BsonString("config"));
      assertThat(database.refusal(TestScope.user(), "getDatabaseNames", new BsonDocument()))
          .hasMessage("getDatabaseNames is available to system functions only");
      assertThat(database.refusal(TestScope.user(), "getCollectionNames", new BsonDocument()))
          .hasMessage("getCollectionNames is available to system functions only");
    }
  }

  @Nested
  class Types {

    private BsonValue roundTrip(BsonValue value) {
      database.call("insertOne", new BsonDocument("document", new BsonDocument("v", value)));
      BsonValue found =
          database.call("findOne", new BsonDocument("query", new BsonDocument())).asDocument();
      BsonValue inArray = database.call("find", "{}").asArray().getFirst();
      assertThat(inArray).isEqualTo(found);
      return requireNonNull(found.asDocument().get("v"));
    }

    @Test
    void everyTypeSurvivesItsWayToTheDatabaseAndBack() {
      var values =
          new BsonDocument("int32", new BsonInt32(1))
              .append("int64", new BsonInt64(1))
              .append("large", new BsonInt64(Long.MAX_VALUE))
              .append("double", new BsonDouble(1.0))
              .append("decimal", new BsonDecimal128(Decimal128.parse("1.10")))
              .append("date", new BsonDateTime(-1))
              .append("id", new BsonObjectId())
              .append("binary", new BsonBinary(new byte[] {0, -1, 7}))
              .append("uuid", new BsonBinary(UUID.randomUUID()))
              .append("regex", new BsonRegularExpression("^a", "i"))
              .append("timestamp", new BsonTimestamp(7, 8))
              .append("least", new BsonMinKey())
              .append("most", new BsonMaxKey())
              .append("none", BsonNull.VALUE)
              .append("text", new BsonString("ä\u0000😀"))
              .append("list", new BsonArray(List.of(new BsonDouble(2.0))));

      assertThat(roundTrip(values)).isEqualTo(values);
    }

    @Test
    void otherKindsOfBinarySurviveOnARealServer() {
      assumeFalse(database.isEmbedded());
      var md5 = new BsonBinary((byte) 5, new byte[16]);
      var own = new BsonBinary((byte) 0x80, new byte[] {1});

      assertThat(roundTrip(new BsonArray(List.of(md5, own))))
          .isEqualTo(new BsonArray(List.of(md5, own)));
    }
  }

  @Nested
  class Limits {

    @RegisterExtension
    final TestDatabase small = new TestDatabase(TestDatabase.limits(10, 2000, 3, 4));

    private void insert(TestDatabase into, int count, String text) {
      String documents =
          IntStream.range(0, count)
              .mapToObj(id -> "{_id: " + id + ", t: '" + text + "'}")
              .collect(Collectors.joining(","));
      into.call("insertMany", "{documents: [" + documents + "]}");
    }

    @Test
    void aQueryGivesAsManyDocumentsAsAllowed() {
      insert(small, 10, "");

      assertThat(small.call("find", "{}").asArray()).hasSize(10);
    }

    @Test
    void aQueryOfMoreDocumentsFails() {
      insert(small, 11, "");

      var refusal = small.refusal("find", "{}");

      assertThat(refusal).hasMessage("a query may give at most 10 documents");
      assertThat(refusal.errorCode()).isEqualTo("ReadSizeLimitExceeded");
      assertThat(small.refusal("aggregate", "{pipeline: []}")).hasMessage(refusal.getMessage());
    }

    @Test
    void aQueryOfMoreBytesFails() {
      insert(small, 5, "x".repeat(500));

      assertThat(small.refusal("find", "{}"))
          .hasMessageStartingWith("results of more than 2000 bytes at once");
      assertThat(small.call("find", "{limit: 2}").asArray()).hasSize(2);
    }

    @Test
    void fiftyThousandDocumentsAreFoundAndOneMoreIsRefused() {
      for (int begin = 0; begin < 50_000; begin += 10_000) {
        var documents = new BsonArray();
        IntStream.range(begin, begin + 10_000)
            .forEach(id -> documents.add(new BsonDocument("_id", new BsonInt32(id))));
        database.call("insertMany", new BsonDocument("documents", documents));
      }
      assertThat(database.call("find", "{}").asArray()).hasSize(50_000);

      database.call("insertOne", "{document: {_id: 50000}}");

      assertThat(database.refusal("find", "{}"))
          .hasMessage("a query may give at most 50000 documents");
    }
  }
}
