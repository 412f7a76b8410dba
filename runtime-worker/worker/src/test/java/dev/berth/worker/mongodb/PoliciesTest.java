package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @Nested
  class Namespaces {

    @ParameterizedTest
    @ValueSource(strings = {"berth", "BERTH", "Berth", "admin", "local", "config", "LoCaL"})
    void reservedDatabasesAreRefused(String name) {
      assertThat(refusalOfDatabase(name))
          .hasMessage("database '" + name + "' is not available to functions");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "..",
          "a.b",
          "a/b",
          "a\\b",
          "a b",
          "a\"b",
          "$external",
          "a\0",
          "\0",
          "berth\0",
          "a\n",
          "\ud800"
        })
    void whatIsNoNameOfADatabaseIsRefused(String name) {
      assertThat(refusalOfDatabase(name).errorCode()).isEqualTo("InvalidParameter");
    }

    @Test
    void namesOfDatabasesAreAtMost63BytesLong() {
      assertThat(refusalOfDatabase("a".repeat(64)))
          .hasMessage("the database name must not be longer than 63 bytes");
      assertThat(refusalOfDatabase("ä".repeat(32)))
          .hasMessage("the database name must not be longer than 63 bytes");
      assertThatCode(() -> new NamespacePolicy().checkDatabase("a".repeat(63)))
          .doesNotThrowAnyException();
    }

    @Test
    void furtherDatabasesMayBeReserved() {
      var policy = new NamespacePolicy("ControlPlane");

      assertThatThrownBy(() -> policy.checkDatabase("controlplane"))
          .hasMessage("database 'controlplane' is not available to functions");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "system.users", "System.views", "system.", "a$b", "$cmd", "a\0b", "\udfff"})
    void whatIsNoCollectionOfAppsIsRefused(String name) {
      assertThat(
              database
                  .refusal(
                      TestScope.system(),
                      "findOne",
                      new BsonDocument("collection", new BsonString(name)))
                  .errorCode())
          .isEqualTo("InvalidParameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"systems", "a.system.b", "Ünïcode 😀", "a.b", "berth"})
    void ordinaryCollectionsAreNot(String name) {
      assertThatCode(() -> new NamespacePolicy().checkCollection("shop", name))
          .doesNotThrowAnyException();
    }

    @Test
    void longNamesAreRefused() {
      assertThatThrownBy(() -> new NamespacePolicy().checkCollection("shop", "c".repeat(251)))
          .hasMessage("database and collection name must not be longer than 255 bytes together");
    }

    private GuestServiceException refusalOfDatabase(String name) {
      return database.refusal(
          TestScope.system(), "findOne", new BsonDocument("database", new BsonString(name)));
    }
  }

  @Nested
  class Pipelines {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{$out: {db: 'berth', coll: 'apps'}}",
          "{$out: {db: 'ADMIN', coll: 'apps'}}",
          "{$merge: {into: {db: 'berth', coll: 'apps'}}}",
          "{$lookup: {from: {db: 'berth', coll: 'apps'}, as: 'x', pipeline: []}}",
          "{$unionWith: {db: 'config', coll: 'x'}}",
          "{$graphLookup: {from: {db: 'local', coll: 'oplog.rs'}, as: 'x'}}",
          "{$facet: {a: [{$lookup: {from: {db: 'berth', coll: 'apps'}, as: 'x'}}]}}",
          "{$lookup: {from: 'ok', as: 'x', pipeline: "
              + "[{$unionWith: {coll: 'ok', pipeline: [{$merge: {into: {db: 'berth', coll: 'a'}}}]}}]}}",
          "{$unheard: {deep: [[{$out: {db: 'berth', coll: 'apps'}}]]}}",
        })
    void otherDatabasesThatAreReservedAreRefused(String stage) {
      assertThat(refusal(stage)).hasMessageContaining("is not available to functions");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{$out: {db: 1, coll: 'x'}}",
          "{$out: {db: {a: 'berth'}, coll: 'x'}}",
          "{$out: 7}",
          "{$out: ''}",
          "{$out: 'system.users'}",
          "{$merge: 'a$b'}",
          "{$merge: {into: ['x']}}",
          "{$lookup: {from: 'system.views', as: 'x'}}",
          "{$unionWith: null}",
          "{$currentOp: {}}",
          "{$listSessions: {}}",
          "{$listLocalSessions: {}}",
          "{$indexStats: {}}",
          "{$changeStream: {}}",
          "{$_internalInhibitOptimization: {}}",
          "{$facet: {a: [{$indexStats: {}}]}}",
        })
    void hostileTargetsAndStagesAboutTheServerAreRefused(String stage) {
      assertThat(refusal(stage).errorCode()).isEqualTo("InvalidParameter");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{$match: {db: 'berth', from: 'admin'}}",
          "{$lookup: {from: 'berth', localField: 'a', foreignField: 'b', as: 'c'}}",
          "{$out: {db: 'shop', coll: 'x'}}",
          "{$merge: {into: 'x', on: '_id', whenMatched: [{$set: {into: 1}}]}}",
          "{$unionWith: 'x'}",
          "{$group: {_id: {$function: {body: 'x', args: [], lang: 'js'}}}}",
        })
    void whatSystemFunctionsMayDoIsNot(String stage) {
      var policy = new PipelinePolicy(new NamespacePolicy());

      assertThatCode(() -> policy.checkPipeline("shop", List.of(BsonDocument.parse(stage))))
          .doesNotThrowAnyException();
    }

    @Test
    void pipelinesOfUpdatesAndCursorsAreJudgedToo() {
      String pipeline = "[{$unionWith: {db: 'berth', coll: 'apps'}}]";
      String message = "database 'berth' is not available to functions";

      assertThat(database.refusal("openCursor", "{pipeline: " + pipeline + "}"))
          .hasMessage(message);
      assertThat(database.refusal("updateOne", "{query: {}, update: " + pipeline + "}"))
          .hasMessage(message);
      assertThat(database.refusal("findOneAndUpdate", "{query: {}, update: " + pipeline + "}"))
          .hasMessage(message);
      assertThat(
              database.refusal(
                  "bulkWrite",
                  "{operations: [{updateMany: {filter: {}, update: " + pipeline + "}}]}"))
          .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{query: {$where: 'true'}}",
          "{query: {$or: [{$where: 'true'}]}}",
          "{query: {$expr: {$function: {body: 'x', args: [], lang: 'js'}}}}",
          "{projection: {x: {$function: {body: 'x', args: [], lang: 'js'}}}}",
        })
    void scriptsInTheDatabaseAreForSystemFunctionsOnly(String arguments) {
      assertThat(database.refusal(TestScope.user(), "findOne", BsonDocument.parse(arguments)))
          .hasMessageEndingWith("is available to system functions only");
    }

    private GuestServiceException refusal(String stage) {
      return database.refusal("aggregate", "{pipeline: [" + stage + "]}");
    }
  }

  @Nested
  class WrongArguments {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "insertOne {} -> insertOne: \"document\" is missing",
          "insertOne {document: 1} -> insertOne: \"document\" must be an object",
          "insertMany {documents: {}} -> insertMany: \"documents\" must be an array of objects",
          "insertMany {documents: [1]} -> insertMany: \"documents\" must be an array of objects",
          "insertMany {documents: []} -> insertMany: \"documents\" must not be empty",
          "find {query: 'x'} -> find: \"query\" must be an object",
          "find {limit: -1} -> find: \"limit\" must be a whole number that is not negative",
          "find {skip: 1.5} -> find: \"skip\" must be a whole number that is not negative",
          "find {skip: '1'} -> find: \"skip\" must be a number",
          "updateOne {update: {}} -> "
              + "updateOne: \"update\" must consist of update operators such as $set",
          "updateOne {update: {$set: {a: 1}, b: 1}} -> "
              + "updateOne: \"update\" must consist of update operators such as $set",
          "updateOne {update: {$set: {a: 1}}, upsert: 1} -> "
              + "updateOne: \"upsert\" must be true or false",
          "updateOne {update: {$set: {a: 1}}, arrayFilters: {}} -> "
              + "updateOne: \"arrayFilters\" must be an array of objects",
          "replaceOne {update: {$set: {a: 1}}} -> "
              + "replaceOne: \"update\" must be a document without update operators",
          "aggregate {} -> aggregate: \"pipeline\" is missing",
          "aggregate {pipeline: {}} -> aggregate: \"pipeline\" must be an array of objects",
          "distinct {field: 1} -> distinct: \"field\" must be a string",
          "findOne {database: 1} -> findOne: \"database\" must be a string",
          "findOne {collection: null} -> findOne: \"collection\" is missing",
          "findOne {service: 'no\"one'} -> service not found: 'no\"one'",
        })
    void areNamed(String example) {
      String[] parts = example.split(" -> ", 2);
      String[] call = parts[0].split(" ", 2);

      assertThat(database.refusal(call[0], call[1])).hasMessage(parts[1]);
    }

    @Test
    void anUnknownDataSourceHasItsOwnCode() {
      assertThat(database.refusal("findOne", "{service: 'x'}").errorCode())
          .isEqualTo("ServiceNotFound");
    }

    @Test
    void anUnknownOperationIsRefused() {
      assertThat(database.refusal("dropDatabase", "{}").errorCode())
          .isEqualTo("ServiceCommandNotFound");
    }

    @Test
    void argumentsAreNestedAHundredLevelsAtMost() {
      assertThatCode(() -> database.call("insertOne", nested(100))).doesNotThrowAnyException();
      assertThat(database.refusal(database.scope(), "insertOne", nested(101)))
          .hasMessage("insertOne: \"document\" is nested more than 100 levels");
      assertThat(database.refusal(database.scope(), "insertOne", nested(100_000)))
          .hasMessage("insertOne: \"document\" is nested more than 100 levels");
    }

    private static BsonDocument nested(int levels) {
      BsonValue value = new BsonString("x");
      for (int level = 0; level < levels; level++) {
        value = new BsonDocument("a", value);
      }
      return new BsonDocument("document", value);
    }
  }
}
