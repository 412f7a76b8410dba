package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What users reach of a database, and what they do not.
class UserDataTest {

  private static final String OWNERS =
      """
      {roles: [
        {apply_when: {'%%user.custom_data.admin': true}, write: true},
        {apply_when: {owner: '%%user.id'}, write: true},
        {apply_when: {shared: true},
         fields: {name: {read: true}, notes: {fields: {text: {read: true, write: true}}}}}],
       filters: [{query: {deleted: {$ne: true}}, projection: {internal: 0}}]}
      """;

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final TestScope ann = TestScope.user("ann", false);
  private final TestScope admin = TestScope.user("root", true);
  private RuledCollection things = new RuledCollection(database);

  @BeforeEach
  void useRules() {
    things.deploy(OWNERS, null);
    database.call(
        "insertMany",
        """
        {documents: [
          {_id: 1, owner: 'ann', name: 'A', internal: 1},
          {_id: 2, owner: 'ann', name: 'B', deleted: true},
          {_id: 3, owner: 'bob', name: 'C'},
          {_id: 4, owner: 'bob', name: 'D', shared: true, secret: 7,
           notes: [{text: 't', by: 'bob'}, {by: 'cid'}]}]}
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find     | {}                                   | [{_id:1,owner:'ann',name:'A'},{name:'D',notes:[{text:'t'}]}]",
        "find     | {query:{owner:'bob'}}                | [{name:'D',notes:[{text:'t'}]}]",
        "find     | {sort:{_id:-1},limit:1}              | [{name:'D',notes:[{text:'t'}]}]",
        "find     | {sort:{_id:-1},skip:1}               | [{_id:1,owner:'ann',name:'A'}]",
        "find     | {projection:{owner:0},query:{_id:1}} | [{_id:1,name:'A'}]",
        "findOne  | {query:{_id:1}}                      | {_id:1,owner:'ann',name:'A'}",
        "findOne  | {query:{_id:3}}                      | null",
        "count    | {}                                   | 2",
        "count    | {limit:1}                            | 1",
        "distinct | {field:'name'}                       | ['A','D']",
        "distinct | {field:'secret'}                     | []",
        "distinct | {field:'notes.text'}                 | ['t']",
      })
  void readsGiveWhatTheRulesPermit(String operation, String arguments, String expected) {
    assertThat(things.call(ann, operation, arguments)).isEqualTo(TestDatabase.json(expected));
  }

  @Test
  void whatAFilterHidesIsNotMovedToWhereItIsSeen() {
    assertThat(
            things.refusal(
                ann, "updateOne", "{query: {_id: 1}, update: {$rename: {internal: 'shown'}}}"))
        .contains("update not permitted");

    things.call(ann, "updateOne", "{query: {_id: 1}, update: {$rename: {name: 'title'}}}");

    assertThat(things.call(ann, "findOne", "{query: {_id: 1}}"))
        .isEqualTo(TestDatabase.json("{_id: 1, owner: 'ann', title: 'A'}"));
  }

  @Test
  void whatTheDatabaseSaysOfAWriteHasNoValues() {
    assertThat(things.refusal(ann, "insertOne", "{document: {_id: 1, owner: 'ann'}}"))
        .contains("E11000")
        .doesNotContain("dup key");
  }

  /// The embedded server has no transactions: then it is not written at once either.
  @Test
  void whatAFunctionOfTheSystemWritesBelongsToTheTransactionOfItsCaller() {
    attempt(ann, "startTransaction", "{session: 1}");
    attempt(
        ann.elevated(),
        "updateOne",
        "{session: 1, query: {_id: 3}, update: {$set: {name: 'changed'}}}");
    attempt(ann, "abortTransaction", "{session: 1}");

    assertThat(database.call("findOne", "{query: {_id: 3}}").asDocument().getString("name"))
        .isEqualTo(new BsonString("C"));
  }

  private void attempt(TestScope caller, String operation, String arguments) {
    try {
      things.call(caller, operation, arguments);
    } catch (CompletionException refused) {
      assertThat(database.isReplicaSet()).as(refused.getMessage()).isFalse();
    }
  }

  @Test
  void aCursorGivesWhatTheRulesPermit() {
    BsonDocument opened = things.call(ann, "openCursor", "{sort: {_id: 1}}").asDocument();

    assertThat(opened.getArray("batch"))
        .isEqualTo(
            TestDatabase.json("[{_id:1,owner:'ann',name:'A'},{name:'D',notes:[{text:'t'}]}]"));
    assertThat(opened.getBoolean("exhausted").getValue()).isTrue();
  }

  @Test
  void whoHasNoRoleSeesNothing() {
    things.deploy("{roles: [{apply_when: {owner: '%%user.id'}, read: true}]}", null);

    assertThat(things.call(TestScope.user(), "find", "{}")).isEqualTo(new BsonArray());
    assertThat(things.call(TestScope.user("eve", false), "count", "{}"))
        .isEqualTo(TestDatabase.json("0"));
  }

  @Test
  void aCollectionWithRolesNeverTakesThoseOfItsDataSource() {
    things.deploy(
        "{roles: [{apply_when: {owner: 'nobody'}, write: true}]}",
        "{roles: [{write: true}]}",
        null,
        MongoLimits.STANDARD);

    assertThat(things.call(ann, "find", "{}")).isEqualTo(new BsonArray());
    assertThat(things.call(ann, "updateOne", "{query: {_id: 1}, update: {$set: {n: 1}}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 0, modifiedCount: 0}"));
    assertThat(things.refusal(ann, "insertOne", "{document: {owner: 'ann'}}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
    assertThat(things.call(ann, "insertOne", "{collection: 'others', document: {_id: 1}}"))
        .isEqualTo(TestDatabase.json("{insertedId: 1}"));
  }

  @Test
  void aCollectionWithoutRulesIsRefused() {
    things.deploy("{roles: []}", null);

    assertThat(things.refusal(ann, "find", "{}"))
        .isEqualTo("NoMatchingRuleFound: no rule exists for this collection");
    assertThat(things.refusal(ann, "find", "{collection: 'others'}"))
        .isEqualTo("NoMatchingRuleFound: no rule exists for this collection");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find      | {query:{$or:[{$where:'1'}]}}               | $where",
        "find      | {query:{a:{$not:{$regex:'x'}}}}            | $regex",
        "find      | {query:{$and:[{$expr:{$eq:[1,1]}}]}}       | $expr",
        "count     | {query:{a:{$elemMatch:{$bitsAllSet:1}}}}   | $bitsAllSet",
        "find      | {query:{a:{$regularExpression:{pattern:'a',options:''}}}} | a regular expression",
        "find      | {sort:{a:{$meta:'x',$text:1}}}             | $text",
        "find      | {projection:{a:'$secret'}}                 | must be 0 or 1",
        "find      | {projection:{name:1}}                      | cannot be mixed",
        "aggregate | {pipeline:[{$facet:{a:[{$lookup:{}}]}}]}   | $facet",
        "aggregate | {pipeline:[{$match:{a:1}},{$unionWith:'x'}]} | $unionWith",
        "aggregate | {pipeline:[{$listSearchIndexes:{}}]}       | has $listSearchIndexes, which users cannot have",
        "aggregate | {pipeline:[{$search:{}}]}                  | $search",
        "aggregate | {pipeline:[{$searchMeta:{}}]}              | $searchMeta",
        "aggregate | {pipeline:[{$vectorSearch:{}}]}            | $vectorSearch",
        "aggregate | {pipeline:[{$match:{}},{$out:'x'}]}        | $out",
        "aggregate | {pipeline:[{$match:{}},{$merge:{into:'x'}}]} | $merge",
        "aggregate | {pipeline:[{$graphLookup:{from:'x'}}]}     | $graphLookup",
        "aggregate | {pipeline:[{$geoNear:{}}]}                 | $geoNear",
        "aggregate | {pipeline:[{$group:{_id:1,n:{$accumulator:{}}}}]} | $accumulator",
        "find      | {query:{$jsonSchema:{}}}                   | $jsonSchema",
        "find      | {query:{a:{$geoWithin:{}}}}                | $geoWithin",
        "aggregate | {pipeline:[{$match:{},$limit:1}]}          | each with one field",
        "aggregate | {pipeline:[{$group:{_id:{$function:{}}}}]} | $function",
        "updateOne | {query:{$where:'1'},update:{$set:{a:1}}}   | $where",
        "updateOne | {query:{_id:1},update:{$pull:{a:{$regex:'x'}}}} | $regex",
        "updateOne | {query:{_id:1},update:{$set:{'a.$[x]':1}},arrayFilters:[{x:{$regex:'a'}}]} | $regex",
        "updateOne | {query:{_id:1},update:[{$lookup:{}}]}      | $lookup",
        "updateOne | {query:{_id:1},update:[{$match:{}}]}       | stages that an update may have",
        "updateOne | {query:{_id:1},update:{$pushAll:{a:[1]}}}  | $pushAll",
        "updateOne | {query:{_id:1},update:{a:1}}               | update operators",
        "bulkWrite | {operations:[]}                            | must not be empty",
        "bulkWrite | {operations:[{drop:{}}]}                   | unknown operation: 'drop'",
      })
  void whatUsersMayNotUseIsRefusedByName(String operation, String arguments, String named) {
    assertThat(things.refusal(ann, operation, arguments)).contains(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$listSearchIndexes", "$search", "$merge", "$unionWith", "$futureStage"})
  void whoSeesEverythingHasNoMoreStages(String stage) {
    things.deploy("{roles: [{apply_when: {}, read: true}]}", null);

    assertThat(things.refusal(ann, "aggregate", "{pipeline: [{" + stage + ": {}}]}"))
        .contains(stage);
  }

  @Test
  void fieldsThatTheSchemaDoesNotRequireMayBeNullWhereTheAppSaysSo() {
    String schema =
        "{bsonType: 'object', required: ['name'],"
            + " properties: {name: {bsonType: 'string'}, n: {bsonType: 'int'}}}";
    String insert = "{document: {_id: 10, owner: 'ann', name: 'A', n: null}}";
    things.deploy(OWNERS, schema);
    assertThat(things.refusal(ann, "insertOne", insert)).startsWith("SchemaValidationFailedWrite");

    things.allowNulls();
    things.deploy(OWNERS, schema);

    assertThat(things.call(ann, "insertOne", insert))
        .isEqualTo(TestDatabase.json("{insertedId: 10}"));
    assertThat(things.refusal(ann, "insertOne", "{document: {owner: 'ann', name: null}}"))
        .startsWith("SchemaValidationFailedWrite");
    assertThat(things.refusal(ann, "insertOne", "{document: {owner: 'ann', name: 'A', n: 'x'}}"))
        .startsWith("SchemaValidationFailedWrite");
  }

  @Test
  void anAggregationRunsWhereEverythingMayBeSeen() {
    things.deploy("{roles: [{apply_when: {'%%user.custom_data.admin': true}, read: true}]}", null);

    assertThat(
            things.call(
                admin,
                "aggregate",
                "{pipeline: [{$group: {_id: '$owner', n: {$sum: 1}}}, {$sort: {_id: 1}}]}"))
        .isEqualTo(TestDatabase.json("[{_id: 'ann', n: 2}, {_id: 'bob', n: 2}]"));
    assertThat(things.call(ann, "aggregate", "{pipeline: [{$match: {}}]}").asArray()).isEmpty();
  }

  @Test
  void anInsertIsJudgedBeforeItHappens() {
    assertThat(things.call(ann, "insertOne", "{document: {_id: 10, owner: 'ann'}}"))
        .isEqualTo(TestDatabase.json("{insertedId: 10}"));
    assertThat(things.refusal(ann, "insertOne", "{document: {_id: 11, owner: 'bob'}}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
    assertThat(
            things.refusal(ann, "insertMany", "{documents: [{_id: 12, owner: 'ann'}, {_id: 13}]}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
    assertThat(database.call("count", "{query: {_id: {$gt: 10}}}"))
        .isEqualTo(TestDatabase.json("0"));
  }

  @Test
  void whatASchemaForbidsIsNotStored() {
    things.deploy(
        "{roles: [{write: true}]}",
        "{bsonType: 'object', required: ['n'], properties: {n: {bsonType: 'int', minimum: 1}}}");

    assertThat(things.refusal(ann, "insertOne", "{document: {_id: 10, n: 0}}"))
        .isEqualTo(
            "SchemaValidationFailedWrite: the document does not have the form that its schema"
                + " asks for: (root).n: must be at least 1");
    assertThat(things.refusal(ann, "replaceOne", "{query: {_id: 1}, update: {m: 1}}"))
        .contains("(root).n: is required and missing");
    assertThat(things.stored(1).containsKey("name")).isTrue();
  }

  @Test
  void aDeletionTakesWhatTheRolePermits() {
    assertThat(things.call(ann, "deleteOne", "{query: {_id: 3}}"))
        .isEqualTo(TestDatabase.json("{deletedCount: 0}"));
    assertThat(things.refusal(ann, "deleteOne", "{query: {_id: 4}}"))
        .isEqualTo("NoMatchingRuleFound: delete not permitted");
    assertThat(things.refusal(ann, "deleteMany", "{query: {}}"))
        .isEqualTo("NoMatchingRuleFound: delete not permitted");
    assertThat(database.call("count", "{}")).isEqualTo(TestDatabase.json("4"));

    assertThat(things.call(ann, "deleteMany", "{query: {owner: 'ann'}}"))
        .isEqualTo(TestDatabase.json("{deletedCount: 1}"));
    assertThat(things.call(admin, "findOneAndDelete", "{query: {_id: 4}, projection: {name: 1}}"))
        .isEqualTo(TestDatabase.json("{_id: 4, name: 'D'}"));
  }

  @Test
  void aReplacementMustLeaveWhatMayNotBeWritten() {
    assertThat(things.call(ann, "replaceOne", "{query: {_id: 1}, update: {owner: 'ann', n: 1}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 1, modifiedCount: 1}"));
    assertThat(things.stored(1)).isEqualTo(TestDatabase.json("{_id: 1, owner: 'ann', n: 1}"));
    assertThat(
            things.call(
                ann,
                "findOneAndReplace",
                """
                {query: {_id: 4}, returnNewDocument: true, update:
                  {owner: 'bob', name: 'D', shared: true, secret: 7,
                   notes: [{text: 'new', by: 'bob'}, {by: 'cid'}]}}
                """))
        .isEqualTo(TestDatabase.json("{name: 'D', notes: [{text: 'new'}]}"));
    assertThat(things.refusal(ann, "replaceOne", "{query: {_id: 4}, update: {name: 'X'}}"))
        .isEqualTo("NoMatchingRuleFound: update not permitted");
    assertThat(things.call(ann, "replaceOne", "{query: {_id: 3}, update: {owner: 'ann'}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 0, modifiedCount: 0}"));
    assertThat(things.stored(3).getString("owner").getValue()).isEqualTo("bob");
  }

  @Test
  void anUpsertThatFindsNothingIsAnInsert() {
    assertThat(
            things.call(
                ann, "replaceOne", "{query: {_id: 20}, update: {owner: 'ann'}, upsert: true}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 0, modifiedCount: 0, upsertedId: 20}"));
    assertThat(
            things.refusal(
                ann, "replaceOne", "{query: {_id: 21}, update: {owner: 'bob'}, upsert: true}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
  }

  @Test
  void ofTwoWritersNeitherOverlooksTheOther() {
    things.deploy(
        """
        {roles: [{apply_when: {locked: {$ne: true}}, write: true}]}
        """,
        null);
    for (int round = 100; round < 160; round++) {
      database.call("insertOne", "{document: {_id: " + round + ", n: 0}}");
      String query = "{query: {_id: " + round + "}, update: ";

      var locking = things.begin(ann, "replaceOne", query + "{locked: true}}");
      var writing = things.begin(admin, "replaceOne", query + "{n: 1}}");
      BsonDocument locked = locking.orTimeout(60, TimeUnit.SECONDS).join().asDocument();
      var _ = writing.orTimeout(60, TimeUnit.SECONDS).join();

      assertThat(locked.getNumber("matchedCount").intValue()).isEqualTo(1);
      assertThat(things.stored(round).containsKey("locked")).as("round " + round).isTrue();
    }
  }

  @Test
  void theSystemUserBypassesRulesAndSchemas() {
    things.deploy("{roles: []}", "{required: ['n']}");

    assertThat(things.call(TestScope.system(), "insertOne", "{document: {_id: 30}}"))
        .isEqualTo(TestDatabase.json("{insertedId: 30}"));
    assertThat(things.call(TestScope.system(), "updateMany", "{query: {}, update: {$set: {a: 1}}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 5, modifiedCount: 5}"));
  }
}
