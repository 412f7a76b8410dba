package dev.berth.worker.mongodb;

import static dev.berth.worker.mongodb.TestDatabase.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WritesTest {

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private BsonValue all() {
    return database.call("find", "{sort: {_id: 1}}");
  }

  @Nested
  class Inserting {

    @Test
    void aDocumentWithoutIdGetsAnObjectIdInFront() {
      BsonDocument answer = database.call("insertOne", "{document: {a: 1}}").asDocument();

      assertThat(answer.keySet()).containsExactly("insertedId");
      assertThat(answer.isObjectId("insertedId")).isTrue();
      BsonDocument stored = database.call("findOne", "{}").asDocument();
      assertThat(stored.keySet()).containsExactly("_id", "a");
      assertThat(stored.get("_id")).isEqualTo(answer.get("insertedId"));
    }

    @Test
    void aGivenIdIsKept() {
      assertThat(database.call("insertOne", "{document: {a: 1, _id: 'x'}}"))
          .isEqualTo(json("{insertedId: 'x'}"));
    }

    @Test
    void anUndefinedIdCountsAsNone() {
      BsonDocument answer =
          database.call("insertOne", "{document: {_id: {$undefined: true}}}").asDocument();

      assertThat(answer.isObjectId("insertedId")).isTrue();
    }

    @Test
    void manyAnswerTheirIdsInOrder() {
      assertThat(database.call("insertMany", "{documents: [{_id: 2}, {_id: 'b'}]}"))
          .isEqualTo(json("{insertedIds: [2, 'b']}"));
    }

    @Test
    void unorderedInsertsGoOnAfterAFailure() {
      var refusal =
          database.refusal(
              "insertMany", "{documents: [{_id: 1}, {_id: 1}, {_id: 2}], ordered: false}");

      assertThat(refusal.databaseCode()).isEqualTo(11000);
      assertThat(all()).isEqualTo(json("[{_id: 1}, {_id: 2}]"));
    }

    @Test
    void orderedInsertsStopAtAFailure() {
      database.refusal("insertMany", "{documents: [{_id: 1}, {_id: 1}, {_id: 2}]}");

      assertThat(all()).isEqualTo(json("[{_id: 1}]"));
    }
  }

  @Nested
  class Updating {

    private void someThings() {
      database.call("insertMany", "{documents: [{_id: 1, n: 1}, {_id: 2, n: 1}]}");
    }

    @Test
    void oneDocumentIsUpdated() {
      someThings();

      assertThat(database.call("updateOne", "{query: {n: 1}, update: {$set: {n: 5}}}"))
          .isEqualTo(json("{matchedCount: 1, modifiedCount: 1}"));
      assertThat(all()).isEqualTo(json("[{_id: 1, n: 5}, {_id: 2, n: 1}]"));
    }

    @Test
    void allDocumentsAreUpdated() {
      someThings();

      assertThat(database.call("updateMany", "{query: {}, update: {$inc: {n: 1}}}"))
          .isEqualTo(json("{matchedCount: 2, modifiedCount: 2}"));
    }

    @Test
    void anUpsertAnswersTheNewId() {
      assertThat(
              database.call("updateOne", "{query: {_id: 9}, update: {$set: {n: 1}}, upsert: true}"))
          .isEqualTo(json("{matchedCount: 0, modifiedCount: 0, upsertedId: 9}"));
    }

    @Test
    void arrayFiltersChooseElements() {
      database.call("insertOne", "{document: {_id: 1, tags: ['red', 'blue']}}");

      database.call(
          "updateOne",
          "{query: {}, update: {$set: {'tags.$[t]': 'x'}}, arrayFilters: [{t: 'blue'}]}");

      assertThat(all()).isEqualTo(json("[{_id: 1, tags: ['red', 'x']}]"));
    }

    @Test
    void aPipelineComputesTheUpdate() {
      assumeFalse(database.isEmbedded(), "the embedded server knows no updates by pipelines");
      someThings();

      database.call("updateMany", "{query: {}, update: [{$set: {twice: {$add: ['$n', '$n']}}}]}");

      assertThat(all()).isEqualTo(json("[{_id: 1, n: 1, twice: 2}, {_id: 2, n: 1, twice: 2}]"));
    }

    @Test
    void aPipelineThatTheEmbeddedServerDoesNotKnowIsRefusedWithoutItsInsides() {
      assumeTrue(database.isEmbedded());
      someThings();

      assertThat(database.refusal("updateOne", "{query: {}, update: [{$set: {a: 1}}]}"))
          .hasMessage("the database cannot perform this operation");
    }

    @Test
    void aDocumentIsReplaced() {
      someThings();

      assertThat(database.call("replaceOne", "{query: {_id: 1}, update: {a: 1}}"))
          .isEqualTo(json("{matchedCount: 1, modifiedCount: 1}"));
      assertThat(all()).isEqualTo(json("[{_id: 1, a: 1}, {_id: 2, n: 1}]"));
    }

    @Test
    void aReplacementMayBeAnUpsert() {
      assertThat(database.call("replaceOne", "{query: {_id: 1}, update: {a: 1}, upsert: true}"))
          .isEqualTo(json("{matchedCount: 0, modifiedCount: 0, upsertedId: 1}"));
    }
  }

  @Nested
  class Deleting {

    @Test
    void oneOrManyAreDeleted() {
      database.call("insertMany", "{documents: [{_id: 1}, {_id: 2}, {_id: 3}]}");

      assertThat(database.call("deleteOne", "{query: {_id: 1}}"))
          .isEqualTo(json("{deletedCount: 1}"));
      assertThat(database.call("deleteMany", "{query: {}}")).isEqualTo(json("{deletedCount: 2}"));
      assertThat(database.call("deleteOne", "{query: {}}")).isEqualTo(json("{deletedCount: 0}"));
    }
  }

  @Nested
  class FindingAndModifying {

    @Test
    void theOldDocumentIsAnsweredUnlessTheNewOneIsAskedFor() {
      database.call("insertOne", "{document: {_id: 1, n: 1}}");

      assertThat(database.call("findOneAndUpdate", "{query: {_id: 1}, update: {$inc: {n: 1}}}"))
          .isEqualTo(json("{_id: 1, n: 1}"));
      assertThat(
              database.call(
                  "findOneAndUpdate",
                  "{query: {_id: 1}, update: {$inc: {n: 1}}, returnNewDocument: true}"))
          .isEqualTo(json("{_id: 1, n: 3}"));
    }

    @Test
    void nothingFoundIsNull() {
      assertThat(database.call("findOneAndUpdate", "{query: {}, update: {$set: {n: 1}}}").isNull())
          .isTrue();
      assertThat(database.call("findOneAndReplace", "{query: {}, update: {}}").isNull()).isTrue();
      assertThat(database.call("findOneAndDelete", "{query: {}}").isNull()).isTrue();
    }

    @Test
    void sortAndProjectionApply() {
      database.call("insertMany", "{documents: [{_id: 1, n: 1, m: 1}, {_id: 2, n: 2, m: 2}]}");

      assertThat(
              database.call(
                  "findOneAndDelete", "{query: {}, sort: {n: -1}, projection: {n: 1, _id: 0}}"))
          .isEqualTo(json("{n: 2}"));
    }

    @Test
    void aReplacementMayBeAnUpsert() {
      assertThat(
              database.call(
                  "findOneAndReplace",
                  "{query: {_id: 1}, update: {a: 1}, upsert: true, returnNewDocument: true}"))
          .isEqualTo(json("{_id: 1, a: 1}"));
    }
  }

  @Nested
  class InBulk {

    @Test
    void everyKindOfWriteIsPerformed() {
      database.call("insertMany", "{documents: [{_id: 1, n: 1}, {_id: 2, n: 1}, {_id: 3}]}");

      BsonValue answer =
          database.call(
              "bulkWrite",
              """
              {operations: [
                {insertOne: {document: {_id: 4}}},
                {insertOne: {_id: 5, n: 9}},
                {updateOne: {filter: {_id: 1}, update: {$set: {n: 2}}}},
                {updateMany: {filter: {_id: {$in: [1, 2]}}, update: {$inc: {n: 10}}}},
                {updateOne: {filter: {_id: 6}, update: {$set: {n: 6}}, upsert: true}},
                {replaceOne: {filter: {_id: 4}, replacement: {r: 1}}},
                {deleteOne: {filter: {_id: 3}}},
                {deleteMany: {filter: {_id: 5}}}
              ]}
              """);

      assertThat(answer.isNull()).isTrue();
      assertThat(all())
          .isEqualTo(json("[{_id: 1, n: 12}, {_id: 2, n: 11}, {_id: 4, r: 1}, {_id: 6, n: 6}]"));
    }

    @Test
    void insertedDocumentsGetIds() {
      database.call("bulkWrite", "{operations: [{insertOne: {document: {n: 1}}}]}");

      assertThat(database.call("findOne", "{}").asDocument().isObjectId("_id")).isTrue();
    }

    @Test
    void aDuplicateKeyIsReportedWithItsCode() {
      var refusal =
          database.refusal(
              "bulkWrite", "{operations: [{insertOne: {_id: 1}}, {insertOne: {_id: 1}}]}");

      assertThat(refusal.databaseCode()).isEqualTo(11000);
      assertThat(refusal).hasMessageContaining("duplicate key");
    }

    @Test
    void unknownOperationsAreRefused() {
      for (String operations :
          List.of(
              "[{dropOne: {}}]",
              "[]",
              "[{}]",
              "[1]",
              "{}",
              "[{deleteOne: 1}]",
              "[{deleteOne: {}}]",
              "[{updateOne: {filter: {}, update: {n: 1}}}]")) {
        assertThat(database.refusal("bulkWrite", "{operations: " + operations + "}").errorCode())
            .isEqualTo("InvalidParameter");
      }
    }
  }

  @Test
  void countsAreInt32() {
    database.call("insertOne", "{document: {}}");

    assertThat(database.call("count", "{}")).isEqualTo(new BsonInt32(1));
  }
}
