package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DataSource.ReadPreference;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.Filter;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.DocumentFilters;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.worker.access.RuleBook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  private UserDataService service;

  @BeforeEach
  void useRules() {
    deploy(OWNERS, null);
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

  private void deploy(String rules, @Nullable String schema) {
    var collection =
        new CollectionDefinition(
            database.name(),
            "things",
            ruleSet(BsonDocument.parse(rules)),
            schema == null ? null : BsonDocument.parse(schema),
            List.of());
    var source =
        new DataSource(
            "mongodb-atlas",
            "mongodb-atlas",
            null,
            ReadPreference.PRIMARY,
            new BsonDocument(),
            null,
            List.of(collection));
    var definition =
        new AppDefinition(
            "test",
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of()),
            List.of(),
            Map.of(),
            Map.of(),
            List.of(source));
    var catalog = new InMemoryAppCatalog();
    catalog.apply(
        new AppChange.Deployed(
            new DeployedApp(TestDatabase.APP, new Revision(1), definition, Secrets.of(Map.of()))));
    service = database.forUsers(RuleBook.of(catalog));
  }

  private static RuleSet ruleSet(BsonDocument file) {
    List<Role> roles = new ArrayList<>();
    for (BsonValue value : file.getArray("roles", new BsonArray())) {
      BsonDocument role = value.asDocument();
      BsonDocument gate = role.getDocument("document_filters", null);
      roles.add(
          new Role(
              "role",
              role.get("apply_when", new BsonDocument()),
              gate == null ? null : new DocumentFilters(gate.get("read"), gate.get("write")),
              role.get("read"),
              role.get("write"),
              role.get("insert"),
              role.get("delete"),
              role.get("search"),
              permissions(role),
              new FieldPermission(null, null, Map.of())));
    }
    List<Filter> filters = new ArrayList<>();
    for (BsonValue value : file.getArray("filters", new BsonArray())) {
      BsonDocument filter = value.asDocument();
      filters.add(
          new Filter(
              "filter",
              new BsonDocument(),
              filter.getDocument("query"),
              filter.getDocument("projection")));
    }
    return new RuleSet(roles, filters);
  }

  private static Map<String, FieldPermission> permissions(BsonDocument parent) {
    Map<String, FieldPermission> permissions = new LinkedHashMap<>();
    parent
        .getDocument("fields", new BsonDocument())
        .forEach(
            (name, field) ->
                permissions.put(
                    name,
                    new FieldPermission(
                        field.asDocument().get("read"),
                        field.asDocument().get("write"),
                        permissions(field.asDocument()))));
    return permissions;
  }

  private CompletableFuture<BsonValue> begin(TestScope caller, String operation, String arguments) {
    var all =
        new BsonDocument("service", new BsonString("mongodb-atlas"))
            .append("database", new BsonString(database.name()))
            .append("collection", new BsonString("things"));
    all.putAll(BsonDocument.parse(arguments));
    return service.call(caller, operation, all).toCompletableFuture();
  }

  private BsonValue call(TestScope caller, String operation, String arguments) {
    return begin(caller, operation, arguments).orTimeout(60, TimeUnit.SECONDS).join();
  }

  private String refusal(TestScope caller, String operation, String arguments) {
    var failure =
        catchThrowableOfType(CompletionException.class, () -> call(caller, operation, arguments));
    if (failure != null && failure.getCause() instanceof GuestServiceException refusal) {
      return refusal.errorCode() + ": " + refusal.getMessage();
    }
    throw new AssertionError("not refused: " + operation + " " + arguments, failure);
  }

  private BsonDocument stored(int id) {
    return database.call("findOne", "{query: {_id: " + id + "}}").asDocument();
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
    assertThat(call(ann, operation, arguments)).isEqualTo(TestDatabase.json(expected));
  }

  @Test
  void aCursorGivesWhatTheRulesPermit() {
    BsonDocument opened = call(ann, "openCursor", "{sort: {_id: 1}}").asDocument();

    assertThat(opened.getArray("batch"))
        .isEqualTo(
            TestDatabase.json("[{_id:1,owner:'ann',name:'A'},{name:'D',notes:[{text:'t'}]}]"));
    assertThat(opened.getBoolean("exhausted").getValue()).isTrue();
  }

  @Test
  void whoHasNoRoleSeesNothing() {
    deploy("{roles: [{apply_when: {owner: '%%user.id'}, read: true}]}", null);

    assertThat(call(TestScope.user(), "find", "{}")).isEqualTo(new BsonArray());
    assertThat(call(TestScope.user("eve", false), "count", "{}")).isEqualTo(TestDatabase.json("0"));
  }

  @Test
  void aCollectionWithoutRulesIsRefused() {
    deploy("{roles: []}", null);

    assertThat(refusal(ann, "find", "{}"))
        .isEqualTo("NoMatchingRuleFound: no rule exists for this collection");
    assertThat(refusal(ann, "find", "{collection: 'others'}"))
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
        "aggregate | {pipeline:[{$match:{a:1}}]}                | aggregate is not permitted",
        "updateOne | {query:{},update:{$set:{a:1}}}             | for now",
        "bulkWrite | {operations:[]}                            | for now",
      })
  void whatUsersMayNotUseIsRefusedByName(String operation, String arguments, String named) {
    assertThat(refusal(ann, operation, arguments)).contains(named);
  }

  @Test
  void anAggregationRunsWhereEverythingMayBeSeen() {
    deploy("{roles: [{apply_when: {'%%user.custom_data.admin': true}, read: true}]}", null);

    assertThat(
            call(
                admin,
                "aggregate",
                "{pipeline: [{$group: {_id: '$owner', n: {$sum: 1}}}, {$sort: {_id: 1}}]}"))
        .isEqualTo(TestDatabase.json("[{_id: 'ann', n: 2}, {_id: 'bob', n: 2}]"));
    assertThat(refusal(ann, "aggregate", "{pipeline: [{$match: {}}]}"))
        .contains("aggregate is not permitted");
  }

  @Test
  void anInsertIsJudgedBeforeItHappens() {
    assertThat(call(ann, "insertOne", "{document: {_id: 10, owner: 'ann'}}"))
        .isEqualTo(TestDatabase.json("{insertedId: 10}"));
    assertThat(refusal(ann, "insertOne", "{document: {_id: 11, owner: 'bob'}}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
    assertThat(refusal(ann, "insertMany", "{documents: [{_id: 12, owner: 'ann'}, {_id: 13}]}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
    assertThat(database.call("count", "{query: {_id: {$gt: 10}}}"))
        .isEqualTo(TestDatabase.json("0"));
  }

  @Test
  void whatASchemaForbidsIsNotStored() {
    deploy(
        "{roles: [{write: true}]}",
        "{bsonType: 'object', required: ['n'], properties: {n: {bsonType: 'int', minimum: 1}}}");

    assertThat(refusal(ann, "insertOne", "{document: {_id: 10, n: 0}}"))
        .isEqualTo(
            "SchemaValidationFailedWrite: the document does not have the form that its schema"
                + " asks for: (root).n: must be at least 1");
    assertThat(refusal(ann, "replaceOne", "{query: {_id: 1}, update: {m: 1}}"))
        .contains("(root).n: is required and missing");
    assertThat(stored(1).containsKey("name")).isTrue();
  }

  @Test
  void aDeletionTakesWhatTheRolePermits() {
    assertThat(call(ann, "deleteOne", "{query: {_id: 3}}"))
        .isEqualTo(TestDatabase.json("{deletedCount: 0}"));
    assertThat(refusal(ann, "deleteOne", "{query: {_id: 4}}"))
        .isEqualTo("NoMatchingRuleFound: delete not permitted");
    assertThat(refusal(ann, "deleteMany", "{query: {}}"))
        .isEqualTo("NoMatchingRuleFound: delete not permitted");
    assertThat(database.call("count", "{}")).isEqualTo(TestDatabase.json("4"));

    assertThat(call(ann, "deleteMany", "{query: {owner: 'ann'}}"))
        .isEqualTo(TestDatabase.json("{deletedCount: 1}"));
    assertThat(call(admin, "findOneAndDelete", "{query: {_id: 4}, projection: {name: 1}}"))
        .isEqualTo(TestDatabase.json("{_id: 4, name: 'D'}"));
  }

  @Test
  void aReplacementMustLeaveWhatMayNotBeWritten() {
    assertThat(call(ann, "replaceOne", "{query: {_id: 1}, update: {owner: 'ann', n: 1}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 1, modifiedCount: 1}"));
    assertThat(stored(1)).isEqualTo(TestDatabase.json("{_id: 1, owner: 'ann', n: 1}"));
    assertThat(
            call(
                ann,
                "findOneAndReplace",
                """
                {query: {_id: 4}, returnNewDocument: true, update:
                  {owner: 'bob', name: 'D', shared: true, secret: 7,
                   notes: [{text: 'new', by: 'bob'}, {by: 'cid'}]}}
                """))
        .isEqualTo(TestDatabase.json("{name: 'D', notes: [{text: 'new'}]}"));
    assertThat(refusal(ann, "replaceOne", "{query: {_id: 4}, update: {name: 'X'}}"))
        .isEqualTo("NoMatchingRuleFound: update not permitted");
    assertThat(call(ann, "replaceOne", "{query: {_id: 3}, update: {owner: 'ann'}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 0, modifiedCount: 0}"));
    assertThat(stored(3).getString("owner").getValue()).isEqualTo("bob");
  }

  @Test
  void anUpsertThatFindsNothingIsAnInsert() {
    assertThat(call(ann, "replaceOne", "{query: {_id: 20}, update: {owner: 'ann'}, upsert: true}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 0, modifiedCount: 0, upsertedId: 20}"));
    assertThat(
            refusal(ann, "replaceOne", "{query: {_id: 21}, update: {owner: 'bob'}, upsert: true}"))
        .isEqualTo("NoMatchingRuleFound: insert not permitted");
  }

  @Test
  void ofTwoWritersNeitherOverlooksTheOther() {
    deploy(
        """
        {roles: [{apply_when: {locked: {$ne: true}}, write: true}]}
        """,
        null);
    for (int round = 100; round < 160; round++) {
      database.call("insertOne", "{document: {_id: " + round + ", n: 0}}");
      String query = "{query: {_id: " + round + "}, update: ";

      var locking = begin(ann, "replaceOne", query + "{locked: true}}");
      var writing = begin(admin, "replaceOne", query + "{n: 1}}");
      BsonDocument locked = locking.orTimeout(60, TimeUnit.SECONDS).join().asDocument();
      var _ = writing.orTimeout(60, TimeUnit.SECONDS).join();

      assertThat(locked.getNumber("matchedCount").intValue()).isEqualTo(1);
      assertThat(stored(round).containsKey("locked")).as("round " + round).isTrue();
    }
  }

  @Test
  void theSystemUserBypassesRulesAndSchemas() {
    deploy("{roles: []}", "{required: ['n']}");

    assertThat(call(TestScope.system(), "insertOne", "{document: {_id: 30}}"))
        .isEqualTo(TestDatabase.json("{insertedId: 30}"));
    assertThat(call(TestScope.system(), "updateMany", "{query: {}, update: {$set: {a: 1}}}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 5, modifiedCount: 5}"));
  }
}
