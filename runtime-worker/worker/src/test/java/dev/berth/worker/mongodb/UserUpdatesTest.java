package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What users change of documents with operators, and what they do not.
class UserUpdatesTest {

  private static final String OWNERS =
      """
      {roles: [
        {apply_when: {owner: '%%user.id'},
         write: {'%%root.owner': '%%user.id'}},
        {apply_when: {shared: true},
         fields: {
           name: {read: true},
           likes: {write: {'%%this': {$gt: '%%prev'}}},
           notes: {fields: {text: {write: true}, by: {read: true}}}}}]}
      """;

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final RuledCollection things = new RuledCollection(database);
  private final TestScope ann = TestScope.user("ann", false);

  @BeforeEach
  void useRules() {
    things.deploy(OWNERS, null);
    database.call(
        "insertMany",
        """
        {documents: [
          {_id: 1, owner: 'ann', n: 1, list: [1, 2, 3]},
          {_id: 2, owner: 'ann', n: 2},
          {_id: 3, owner: 'bob', n: 'hidden'},
          {_id: 4, owner: 'bob', shared: true, name: 'D', likes: 5,
           notes: [{text: 't', by: 'bob'}, {text: 'u', by: 'cid'}]}]}
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "updateOne  | {query: {_id: 1}, update: {$inc: {n: 5}}}               | {matchedCount: 1, modifiedCount: 1}",
        "updateOne  | {query: {_id: 1}, update: {$set: {n: 1}}}               | {matchedCount: 1, modifiedCount: 0}",
        "updateOne  | {query: {_id: 3}, update: {$set: {n: 1}}}               | {matchedCount: 0, modifiedCount: 0}",
        "updateOne  | {query: {_id: 3}, update: {$inc: {n: 1}}}               | {matchedCount: 0, modifiedCount: 0}",
        "updateOne  | {query: {list: 2}, update: {$set: {'list.$': 9}}}       | {matchedCount: 1, modifiedCount: 1}",
        "updateOne  | {query: {_id: 1}, update: [{$set: {n: {$add: ['$n', 1]}}}]} | {matchedCount: 1, modifiedCount: 1}",
        "updateOne  | {query: {_id: 1}, update: [{$unset: ['n']}, {$replaceWith: {owner: '$owner', x: 1}}]} | {matchedCount: 1, modifiedCount: 1}",
        "updateOne  | {query: {_id: 1}, update: [{$project: {owner: 1, _id: 0}}]} | {matchedCount: 1, modifiedCount: 1}",
        "updateOne  | {query: {_id: 4}, update: {$inc: {likes: 1}}}           | {matchedCount: 1, modifiedCount: 1}",
        "updateOne  | {query: {_id: 4}, update: {$set: {'notes.0.text': 'x'}}} | {matchedCount: 1, modifiedCount: 1}",
        "updateOne  | {query: {_id: 4}, update: {$set: {'notes.$[x].text': 'x'}}, arrayFilters: [{'x.by': 'cid'}]} | {matchedCount: 1, modifiedCount: 1}",
        "updateMany | {query: {}, update: {$set: {likes: 9}}}                 | {matchedCount: 3, modifiedCount: 3}",
        "updateMany | {query: {owner: 'ann'}, update: {$inc: {n: 1}}}         | {matchedCount: 2, modifiedCount: 2}",
        "updateMany | {query: {n: 77}, update: {$inc: {n: 1}}}                | {matchedCount: 0, modifiedCount: 0}",
        "updateOne  | {query: {_id: 9, owner: 'ann'}, update: {$set: {n: 1}}, upsert: true} | {matchedCount: 0, modifiedCount: 0, upsertedId: 9}",
        "updateMany | {query: {_id: 9}, update: {$setOnInsert: {owner: 'ann'}}, upsert: true} | {matchedCount: 0, modifiedCount: 0, upsertedId: 9}",
        "updateOne  | {query: {_id: 9, owner: 'ann'}, update: [{$set: {n: {$add: [1, 2]}}}], upsert: true} | {matchedCount: 0, modifiedCount: 0, upsertedId: 9}",
        "updateMany | {query: {$and: [{_id: {$eq: 9}}, {n: {$gt: 3}}]}, update: [{$set: {owner: 'ann'}}], upsert: true} | {matchedCount: 0, modifiedCount: 0, upsertedId: 9}",
        "findOneAndUpdate | {query: {_id: 9, owner: 'ann', n: 4}, update: [{$set: {n: {$multiply: ['$n', 2]}}}], upsert: true, returnNewDocument: true} | {_id: 9, owner: 'ann', n: 8}",
        "findOneAndUpdate | {query: {_id: 1}, update: {$inc: {n: 5}}, projection: {n: 1}} | {_id: 1, n: 1}",
        "findOneAndUpdate | {query: {_id: 1}, update: {$inc: {n: 5}}, projection: {n: 1}, returnNewDocument: true} | {_id: 1, n: 6}",
        "findOneAndUpdate | {query: {owner: 'ann'}, sort: {n: -1}, update: {$inc: {n: 5}}, returnNewDocument: true} | {_id: 2, owner: 'ann', n: 7}",
        "findOneAndUpdate | {query: {_id: 4}, update: {$inc: {likes: 2}}, returnNewDocument: true} | {name: 'D', notes: [{text: 't', by: 'bob'}, {text: 'u', by: 'cid'}]}",
        "findOneAndUpdate | {query: {_id: 3}, update: {$set: {n: 5}}}          | null",
        "findOneAndUpdate | {query: {_id: 9}, update: {$set: {owner: 'ann'}}, upsert: true} | null",
        "findOneAndUpdate | {query: {_id: 9}, update: {$set: {owner: 'ann'}}, upsert: true, returnNewDocument: true} | {_id: 9, owner: 'ann'}",
        "bulkWrite  | {operations: [{insertOne: {document: {_id: 9, owner: 'ann'}}}, {updateOne: {filter: {_id: 9}, update: {$set: {n: 1}}}}, {deleteMany: {filter: {n: 2}}}]} | null",
      })
  void whatTheRulesPermitIsDone(String operation, String arguments, String answer) {
    assertThat(things.call(ann, operation, arguments)).isEqualTo(TestDatabase.json(answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "updateOne  | {query: {_id: 4}, update: {$set: {name: 'x'}}}          | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$inc: {likes: -1}}}          | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$unset: {likes: 1}}}         | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$rename: {likes: 'name'}}}   | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$rename: {name: 'likes'}}}   | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$set: {'notes.0.by': 'ann'}}} | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$push: {notes: {text: 'x', by: 'ann'}}}} | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$set: {'notes.$[].by': 'ann'}}} | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$currentDate: {name: true}}}  | update not permitted",
        "updateOne  | {query: {_id: 4}, update: {$set: {owner: 'ann'}}}       | update not permitted",
        "updateOne  | {query: {_id: 1}, update: {$set: {owner: 'bob'}}}       | update not permitted",
        "updateOne  | {query: {_id: 1}, update: [{$set: {owner: 'bob'}}]}     | update not permitted",
        "updateMany | {query: {}, update: {$set: {n: 7}}}                     | update not permitted",
        "updateOne  | {query: {_id: 9}, update: {$set: {n: 7}}, upsert: true} | insert not permitted",
        "findOneAndUpdate | {query: {_id: 4}, update: {$set: {name: 'x'}}}    | update not permitted",
        "updateOne  | {query: {_id: 1}, update: {$inc: {owner: 1}}}           | non-numeric type",
        "updateOne  | {query: {_id: 1}, update: {$set: {_id: 5}}}             | immutable field",
        "updateOne  | {query: {_id: 1}, update: [{$set: {_id: 5}}]}           | must not change the _id",
        "updateOne  | {query: {_id: 8}, update: [{$set: {n: 5}}], upsert: true} | insert not permitted",
        "updateOne  | {query: {_id: 8, owner: 'ann'}, update: [{$set: {owner: 'bob'}}], upsert: true} | insert not permitted",
        "updateOne  | {query: {_id: 8, owner: 'ann'}, update: [{$set: {_id: 7}}], upsert: true} | must not change the _id",
        "updateOne  | {query: {_id: 8, owner: 'ann'}, update: [{$lookup: {from: 'things', pipeline: [], as: 'x'}}], upsert: true} | $lookup",
      })
  void whatTheyDoNotPermitIsNotDone(String operation, String arguments, String message) {
    var before = database.call("find", "{sort: {_id: 1}}");

    assertThat(things.refusal(ann, operation, arguments)).contains(message);

    assertThat(database.call("find", "{sort: {_id: 1}}")).isEqualTo(before);
  }

  @Test
  void whatOperatorsMakeMustFitTheSchema() {
    things.deploy(
        "{roles: [{write: true}]}",
        """
        {bsonType: 'object', properties: {
          n: {bsonType: 'int', maximum: 5, validate: {'%%this': {$gte: '%%prev'}}},
          list: {bsonType: 'array', maxItems: 3}}}
        """);

    assertThat(things.refusal(ann, "updateOne", "{query: {_id: 1}, update: {$inc: {n: 9}}}"))
        .startsWith("SchemaValidationFailedWrite")
        .contains("(root).n: must be at most 5");
    assertThat(things.refusal(ann, "updateOne", "{query: {_id: 1}, update: {$inc: {n: -1}}}"))
        .contains("(root).n: the expression in \"validate\" is not true");
    assertThat(things.refusal(ann, "updateMany", "{query: {_id: 1}, update: {$push: {list: 1}}}"))
        .contains("(root).list: must have at most 3 elements");
    assertThat(things.refusal(ann, "updateOne", "{query: {_id: 1}, update: [{$set: {n: 'x'}}]}"))
        .contains("(root).n: must be of type int");
    assertThat(things.call(ann, "updateOne", "{query: {_id: 1}, update: {$inc: {n: 2}}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 1, modifiedCount: 1}"));
  }

  @Test
  void anOrderedListEndsWithTheFirstFailureAndKeepsWhatCameBefore() {
    String operations =
        """
        [{insertOne: {_id: 10, owner: 'ann'}},
         {insertOne: {_id: 11, owner: 'bob'}},
         {insertOne: {_id: 12, owner: 'ann'}}]
        """;

    assertThat(things.refusal(ann, "bulkWrite", "{operations: " + operations + "}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
    assertThat(database.call("distinct", "{field: '_id', query: {_id: {$gt: 9}}}"))
        .isEqualTo(TestDatabase.json("[10]"));
  }

  @Test
  void anUnorderedListDoesTheRestAndFailsThen() {
    String operations =
        """
        [{insertOne: {_id: 11, owner: 'bob'}},
         {insertOne: {_id: 12, owner: 'ann'}},
         {updateOne: {filter: {_id: 4}, update: {$set: {name: 'x'}}}}]
        """;

    assertThat(things.refusal(ann, "bulkWrite", "{ordered: false, operations: " + operations + "}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
    assertThat(database.call("distinct", "{field: '_id', query: {_id: {$gt: 9}}}"))
        .isEqualTo(TestDatabase.json("[12]"));
  }

  @Test
  void aListOfAllKindsOfChangesIsDoneInOrder() {
    things.call(
        ann,
        "bulkWrite",
        """
        {operations: [
          {insertOne: {document: {_id: 10, owner: 'ann', n: 1}}},
          {updateOne: {filter: {_id: 10}, update: {$inc: {n: 1}}}},
          {updateMany: {filter: {owner: 'ann'}, update: {$inc: {n: 10}}}},
          {replaceOne: {filter: {_id: 1}, replacement: {owner: 'ann', r: 1}}},
          {updateOne: {filter: {_id: 11}, update: {$set: {owner: 'ann'}}, upsert: true}},
          {deleteOne: {filter: {_id: 2}}},
          {deleteMany: {filter: {_id: 77}}}]}
        """);

    assertThat(database.call("find", "{query: {owner: 'ann'}, sort: {_id: 1}}"))
        .isEqualTo(
            TestDatabase.json(
                "[{_id: 1, owner: 'ann', r: 1}, {_id: 10, owner: 'ann', n: 12},"
                    + " {_id: 11, owner: 'ann'}]"));
  }

  @Test
  void aRegularExpressionMayBeStored() {
    things.call(
        ann,
        "updateOne",
        "{query: {_id: 1}, update: {$set: {p: {$regularExpression: {pattern: 'a', options: 'i'}}}}}");

    assertThat(things.stored(1).get("p", new BsonDocument()).isRegularExpression()).isTrue();
  }

  @Test
  void anUpdateThatMovesDocumentsAheadReachesEachOnce() {
    things.deploy("{roles: [{write: true}]}", null);
    var documents = new StringBuilder();
    for (int i = 100; i < 400; i++) {
      documents.append("{_id: ").append(i).append(", n: 0},");
    }
    database.call("insertMany", "{documents: [" + documents + "{_id: 400, n: 0}]}");

    BsonDocument answer =
        things
            .call(
                ann,
                "updateMany",
                "{query: {n: {$lt: 1000}, _id: {$gte: 100}}, update: {$inc: {n: 1}}}")
            .asDocument();

    assertThat(answer.getNumber("matchedCount").intValue()).isEqualTo(301);
    assertThat(database.call("distinct", "{field: 'n', query: {_id: {$gte: 100}}}"))
        .isEqualTo(TestDatabase.json("[1]"));
  }

  @Test
  void moreDocumentsThanAQueryMayGiveAreNotChanged() {
    things.deploy("{roles: [{write: true}]}", null, TestDatabase.limits(3, 1_000_000, 5, 5));

    assertThat(things.refusal(ann, "updateMany", "{query: {}, update: {$set: {x: 1}}}"))
        .contains("at most 3 documents");
    assertThat(things.stored(1).containsKey("x")).isFalse();
  }

  @Test
  void whatIsNotWrittenIsToldApartFromWhatIsTheSame() {
    things.deploy("{roles: [{write: true}]}", null);

    BsonDocument reordered =
        things
            .call(ann, "replaceOne", "{query: {_id: 2}, update: {n: 2, owner: 'ann'}}")
            .asDocument();

    assertThat(reordered.getNumber("modifiedCount").intValue()).isEqualTo(1);
  }
}
