package dev.berth.launcher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DataSource.ReadPreference;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.Filter;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.invocation.Caller;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.InvocationScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.worker.access.FunctionsOfRules;
import dev.berth.worker.access.RuleBook;
import dev.berth.worker.mongodb.ChangeWaits;
import dev.berth.worker.mongodb.DataSources;
import dev.berth.worker.mongodb.MongoLimits;
import dev.berth.worker.mongodb.NamespacePolicy;
import dev.berth.worker.mongodb.UserDataService;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users who watch are told: nothing that they could not read.
class WatchedDataTest {

  private static final AppId APP = new AppId("shop-abcde");

  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final EmbeddedDatabase database;
  private final DataSources sources;
  private final UserDataService service;
  private final List<InvocationScope> scopes = new ArrayList<>();
  private long revision;

  WatchedDataTest(@TempDir Path folder) throws Exception {
    database = EmbeddedDatabase.open(folder);
    var link = new ConnectionString(database.connectionString());
    sources = new DataSources((_, _) -> link, MongoLimits.STANDARD);
    service =
        new UserDataService(
            RuleBook.of(catalog),
            new FunctionsOfRules(
                invocation -> Future.succeededFuture(new Outcome.NotFound(invocation.function()))),
            sources,
            new NamespacePolicy(),
            MongoLimits.STANDARD);
  }

  @BeforeEach
  void deployOwners() {
    deploy(
        """
        {roles: [
          {apply_when: {owner: '%%user.id'}, write: true},
          {apply_when: {shared: true}, fields: {_id: {read: true}, text: {read: true}}},
          {apply_when: {listed: true}, fields: {text: {read: true}}}]}
        """);
  }

  @AfterEach
  void close() {
    sources.close();
    database.close();
  }

  private void deploy(String file) {
    BsonDocument rules = BsonDocument.parse(file);
    List<Role> roles = new ArrayList<>();
    for (BsonValue value : rules.getArray("roles")) {
      BsonDocument role = value.asDocument();
      Map<String, FieldPermission> fields = new LinkedHashMap<>();
      role.getDocument("fields", new BsonDocument())
          .forEach(
              (name, permission) ->
                  fields.put(
                      name,
                      new FieldPermission(permission.asDocument().get("read"), null, Map.of())));
      roles.add(
          new Role(
              "role",
              role.get("apply_when", new BsonDocument()),
              null,
              role.get("read"),
              role.get("write"),
              null,
              null,
              null,
              fields,
              new FieldPermission(null, null, Map.of())));
    }
    List<Filter> filters = new ArrayList<>();
    if (rules.containsKey("filter")) {
      filters.add(
          new Filter(
              "filter", new BsonDocument(), rules.getDocument("filter"), new BsonDocument()));
    }
    var things =
        new CollectionDefinition("d", "things", new RuleSet(roles, filters), null, List.of());
    var source =
        new DataSource(
            "mongodb-atlas",
            "mongodb-atlas",
            null,
            ReadPreference.PRIMARY,
            new BsonDocument(),
            null,
            List.of(things));
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
    revision++;
    catalog.apply(
        new AppChange.Deployed(
            new DeployedApp(APP, new Revision(revision), definition, Secrets.of(Map.of()))));
  }

  private BsonValue call(Caller caller, String operation, String arguments) {
    return asked(service, caller, operation, arguments).orTimeout(60, TimeUnit.SECONDS).join();
  }

  private CompletableFuture<BsonValue> asked(
      GuestService service, Caller caller, String operation, String arguments) {
    var all =
        new BsonDocument("service", new BsonString("mongodb-atlas"))
            .append("database", new BsonString("d"))
            .append("collection", new BsonString("things"));
    all.putAll(BsonDocument.parse(arguments));
    var call =
        new Invocation.DataCall(
            new Invocation.Envelope(
                APP, new Revision(revision), RequestId.next(), caller, Duration.ofSeconds(60)),
            "mongodb-atlas",
            DataOperation.FIND,
            new BsonDocument(),
            RequestFacts.none());
    var scope = new InvocationScope(APP, call);
    scopes.add(scope);
    return service.call(scope, operation, all).toCompletableFuture();
  }

  private void system(String operation, String arguments) {
    call(Caller.system(), operation, arguments);
  }

  private static Caller user(String id) {
    return new Caller.SignedIn(id, "normal", new BsonDocument(), new BsonDocument(), List.of());
  }

  private String begin(String user) {
    return positionOf(call(user(user), "changes", "{}"));
  }

  private static String positionOf(BsonValue seen) {
    return seen.asDocument().getDocument("position").toJson();
  }

  private List<BsonDocument> since(String user, String position, String more) {
    return call(user(user), "changes", "{position: " + position + more + "}")
        .asDocument()
        .getArray("events")
        .stream()
        .map(BsonValue::asDocument)
        .toList();
  }

  private static BsonDocument json(String text) {
    return BsonDocument.parse(text);
  }

  @Test
  void anEventShowsOfItsDocumentWhatItsReaderMaySee() {
    String ann = begin("ann");
    String bob = begin("bob");

    system("insertOne", "{document: {_id: 1, owner: 'ann', shared: true, text: 'a', secret: 7}}");

    BsonDocument own = since("ann", ann, "").getFirst();
    BsonDocument shared = since("bob", bob, "").getFirst();
    assertThat(own.getDocument("fullDocument"))
        .isEqualTo(json("{_id: 1, owner: 'ann', shared: true, text: 'a', secret: 7}"));
    assertThat(shared.getDocument("fullDocument")).isEqualTo(json("{_id: 1, text: 'a'}"));
    assertThat(shared.getDocument("documentKey")).isEqualTo(json("{_id: 1}"));
    assertThat(shared.getDocument("ns")).isEqualTo(json("{db: 'd', coll: 'things'}"));
    assertThat(shared.keySet())
        .containsExactly(
            "_id", "operationType", "clusterTime", "ns", "documentKey", "fullDocument");
  }

  @Test
  void whoMayNotReadADocumentOrItsIdHearsNothingOfIt() {
    String position = begin("bob");

    system("insertOne", "{document: {_id: 1, owner: 'ann', text: 'private'}}");
    system("insertOne", "{document: {_id: 2, owner: 'ann', text: 'listed', listed: true}}");
    system("updateOne", "{query: {_id: 1}, update: {$set: {text: 'still private'}}}");
    system("deleteOne", "{query: {_id: 1}}");

    assertThat(since("bob", position, "")).isEmpty();
  }

  @Test
  void anUpdateShowsOnlyWhatTheDocumentShows() {
    system("insertOne", "{document: {_id: 1, owner: 'ann', shared: true, text: 'a', secret: 7}}");
    String ann = begin("ann");
    String bob = begin("bob");

    system(
        "updateOne",
        "{query: {_id: 1}, update: {$set: {text: 'b', secret: 8}, $unset: {shared2: ''}}}");

    assertThat(since("bob", bob, "").getFirst().getDocument("updateDescription"))
        .isEqualTo(json("{updatedFields: {text: 'b'}, removedFields: []}"));
    assertThat(since("ann", ann, "").getFirst().getDocument("updateDescription"))
        .isEqualTo(json("{updatedFields: {text: 'b', secret: 8}, removedFields: []}"));
  }

  @Test
  void deletionsAreForThoseWhoSeeEverything() {
    deploy("{roles: [{read: true}]}");
    system("insertMany", "{documents: [{_id: 1, a: 1}, {_id: 2}]}");
    String position = begin("bob");

    system("deleteOne", "{query: {_id: 1}}");
    system("updateOne", "{query: {_id: 2}, update: {$set: {b: 1}, $unset: {a: ''}}}");

    List<BsonDocument> events = since("bob", position, "");
    assertThat(events)
        .extracting(event -> event.getString("operationType").getValue())
        .containsExactly("delete", "update");
    assertThat(events.getFirst().getDocument("documentKey")).isEqualTo(json("{_id: 1}"));
  }

  @Test
  void filtersOfTheRulesHoldForEventsToo() {
    deploy("{roles: [{read: true}], filter: {deleted: {$ne: true}}}");
    String position = begin("bob");

    system("insertMany", "{documents: [{_id: 1, deleted: true}, {_id: 2}]}");

    assertThat(since("bob", position, ""))
        .extracting(event -> event.getDocument("documentKey"))
        .containsExactly(json("{_id: 2}"));
  }

  @Test
  void idsAndFiltersOfTheClientChooseEvents() {
    deploy("{roles: [{read: true}]}");
    String position = begin("bob");
    system("insertMany", "{documents: [{_id: 1, n: 1}, {_id: 2, n: 2}]}");

    assertThat(since("bob", position, ", ids: [2]"))
        .extracting(event -> event.getDocument("documentKey"))
        .containsExactly(json("{_id: 2}"));
    assertThat(since("bob", position, ", query: {'fullDocument.n': 1}"))
        .extracting(event -> event.getDocument("documentKey"))
        .containsExactly(json("{_id: 1}"));
  }

  @Test
  void whatUsersMayNotAskForIsRefused() {
    assertThatThrownBy(() -> call(user("bob"), "changes", "{query: {$where: '1'}}"))
        .hasMessageContaining("$where");
    assertThatThrownBy(() -> call(user("bob"), "changes", "{query: {$or: [{$expr: {}}]}}"))
        .hasMessageContaining("$expr");
    assertThatThrownBy(() -> call(user("bob"), "changes", "{ids: 1}"))
        .hasMessageContaining("must be an array");
    assertThatThrownBy(() -> call(user("bob"), "changes", "{collection: 'others'}"))
        .hasMessageContaining("no rule exists");
    assertThatThrownBy(() -> call(user("bob"), "changes", "{database: 'berth'}"))
        .hasMessageMatching(".*(no rule exists|not available).*");
  }

  @Test
  void rulesHoldAsTheyAreNow() {
    String position = begin("bob");
    system("insertOne", "{document: {_id: 1, shared: true, text: 'a'}}");

    deploy("{roles: [{apply_when: {owner: '%%user.id'}, read: true}]}");

    assertThat(since("bob", position, "")).isEmpty();
  }

  @Test
  void systemFunctionsHearOfEverythingThatTheirPipelineLeaves() {
    String position = positionOf(call(Caller.system(), "changes", "{}"));
    system("insertMany", "{documents: [{_id: 1, owner: 'ann', n: 1}, {_id: 2, n: 2}]}");
    system("deleteOne", "{query: {_id: 2}}");

    assertThat(systemSince(position, "")).hasSize(3);
    assertThat(systemSince(position, ", ids: [2]"))
        .extracting(event -> event.getString("operationType").getValue())
        .containsExactly("insert", "delete");
    assertThat(systemSince(position, ", pipeline: [{$match: {'fullDocument.n': {$lt: 2}}}]"))
        .extracting(event -> event.getDocument("fullDocument"))
        .containsExactly(json("{_id: 1, owner: 'ann', n: 1}"));
  }

  private List<BsonDocument> systemSince(String position, String more) {
    return call(Caller.system(), "changes", "{position: " + position + more + "}")
        .asDocument()
        .getArray("events")
        .stream()
        .map(BsonValue::asDocument)
        .toList();
  }

  @Test
  void whoWaitsForChangesIsAnsweredWhenThereAreSome() {
    String position = begin("ann");
    CompletableFuture<BsonValue> waiting = waiting("ann", position);

    system("insertOne", "{document: {_id: 1, owner: 'bob'}}");
    system("insertOne", "{document: {_id: 2, owner: 'ann'}}");

    BsonDocument answer = waiting.orTimeout(60, TimeUnit.SECONDS).join().asDocument();
    assertThat(answer.getArray("events"))
        .extracting(event -> event.asDocument().getDocument("documentKey"))
        .containsExactly(json("{_id: 2}"));
  }

  @Test
  void waitingEndsWithTheInvocation() {
    CompletableFuture<BsonValue> waiting = waiting("ann", begin("ann"));

    scopes.forEach(InvocationScope::end);

    assertThatThrownBy(() -> waiting.orTimeout(60, TimeUnit.SECONDS).join())
        .hasMessageContaining("the invocation has ended");
  }

  private CompletableFuture<BsonValue> waiting(String user, String position) {
    return asked(
        new ChangeWaits(service, Duration.ofMillis(10)),
        user(user),
        "awaitChanges",
        "{position: " + position + "}");
  }

  @Test
  void pipelinesOfUsersOnlyFilter() {
    deploy("{roles: [{read: true}]}");
    String position = begin("bob");
    system("insertMany", "{documents: [{_id: 1, n: 1}, {_id: 2, n: 2}]}");

    assertThat(since("bob", position, ", pipeline: [{$match: {'fullDocument.n': 2}}]"))
        .extracting(event -> event.getDocument("documentKey"))
        .containsExactly(json("{_id: 2}"));
    assertThatThrownBy(() -> since("bob", position, ", pipeline: [{$project: {a: 1}}]"))
        .hasMessageContaining("may filter events with $match, and nothing else");
    assertThatThrownBy(
            () -> call(Caller.system(), "changes", "{pipeline: [{$unionWith: {coll: 'x'}}]}"))
        .hasMessageContaining("stages that a change stream may have");
  }

  @Test
  void aggregationsOfUsersComputeOnWhatTheySee() {
    system(
        "insertMany",
        "{documents: [{_id: 1, owner: 'ann', text: '$secret', secret: 1}, {_id: 2, owner: 'bob', secret: 2}]}");

    BsonValue answer =
        call(
            user("ann"),
            "aggregate",
            "{pipeline: [{$match: {secret: {$gt: 0}}}, {$sort: {_id: 1}}, {$project: {text: 1}}]}");

    assertThat(answer).isEqualTo(BsonArray.parse("[{_id: 1, text: '$secret'}]"));
  }

  @Test
  void anUpsertOfAUserMayHaveAPipelineWhereThereIsNoCollectionYet() {
    BsonValue answer =
        call(
            user("ann"),
            "updateOne",
            "{query: {_id: 1, owner: 'ann'}, update: [{$set: {n: {$add: [1, 2]}}}], upsert: true}");

    assertThat(answer).isEqualTo(json("{matchedCount: 0, modifiedCount: 0, upsertedId: 1}"));
    assertThat(call(Caller.system(), "find", "{}"))
        .isEqualTo(BsonArray.parse("[{_id: 1, owner: 'ann', n: 3}]"));
  }

  @Test
  void aPositionThatIsLostIsAnError() {
    assertThatThrownBy(() -> since("bob", "{_data: '00000000000000000000000000000000'}", ""))
        .hasMessageContaining("lost its position");
  }
}
