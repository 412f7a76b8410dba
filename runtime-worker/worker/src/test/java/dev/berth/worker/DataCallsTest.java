package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DataSource.ReadPreference;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.Caller;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Header;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.service.GuestService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls of data sources without any function, from the invocation down to the documents.
class DataCallsTest {

  private final AppId app = RunningWorker.newApp();
  private RunningWorker worker = RunningWorker.start();

  @AfterEach
  void stop() {
    worker.close();
  }

  /// Replaces the worker by one whose apps ask that service.
  private void useService(GuestService data, WorkerSettings settings) {
    worker.close();
    worker = RunningWorker.on(data, settings);
    deploy("{roles: []}");
  }

  private void deploy(String rules) {
    List<Role> roles = new ArrayList<>();
    for (BsonValue value : BsonDocument.parse(rules).getArray("roles")) {
      BsonDocument role = value.asDocument();
      roles.add(
          new Role(
              "role",
              role.get("apply_when", new BsonDocument()),
              null,
              role.get("read"),
              role.get("write"),
              role.get("insert"),
              role.get("delete"),
              null,
              Map.of(),
              new FieldPermission(null, null, Map.of())));
    }
    var things =
        new CollectionDefinition(
            app.value(), "things", new RuleSet(roles, List.of()), null, List.of());
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
    worker.catalog.apply(
        new AppChange.Deployed(
            new DeployedApp(app, new Revision(1), definition, Secrets.of(Map.of()))));
  }

  private static Caller user(String id) {
    return new Caller.SignedIn(id, "normal", new BsonDocument(), new BsonDocument(), List.of());
  }

  private Future<Outcome> begin(
      Caller caller, DataOperation operation, String arguments, Duration limit) {
    var all =
        new BsonDocument("database", new BsonString(app.value()))
            .append("collection", new BsonString("things"));
    all.putAll(BsonDocument.parse(arguments));
    var facts = new RequestFacts("127.0.0.1", "POST", "", "", List.of(new Header("X-Key", "hush")));
    return worker.worker.invoke(
        new Invocation.DataCall(
            new Invocation.Envelope(app, new Revision(1), RequestId.next(), caller, limit),
            "mongodb-atlas",
            operation,
            all,
            facts));
  }

  private Outcome call(Caller caller, DataOperation operation, String arguments) {
    return RunningWorker.outcome(begin(caller, operation, arguments, Duration.ofSeconds(60)));
  }

  private static Outcome returned(String value) {
    return new Outcome.Returned(
        BsonDocument.parse("{value: " + value + "}").getOrDefault("value", BsonNull.VALUE));
  }

  @Test
  void rulesHoldForUsersAndNotForTheSystem() {
    deploy("{roles: [{apply_when: {owner: '%%user.id'}, write: true}]}");
    worker.insert(app, "{_id: 1, owner: 'ann'}", "{_id: 2, owner: 'bob'}");

    assertThat(call(user("ann"), DataOperation.FIND, "{}"))
        .isEqualTo(returned("[{_id: 1, owner: 'ann'}]"));
    assertThat(call(user("ann"), DataOperation.COUNT, "{}")).isEqualTo(returned("1"));
    assertThat(call(user("ann"), DataOperation.INSERT_ONE, "{document: {_id: 3, owner: 'bob'}}"))
        .isEqualTo(new Outcome.Threw("NoMatchingRuleFound", "insert not permitted"));
    assertThat(call(user("ann"), DataOperation.DELETE_MANY, "{query: {_id: 2}}"))
        .isEqualTo(returned("{deletedCount: 0}"));
    assertThat(call(Caller.nobody(), DataOperation.FIND, "{}")).isEqualTo(returned("[]"));
    assertThat(call(Caller.system(), DataOperation.COUNT, "{}")).isEqualTo(returned("2"));
  }

  @Test
  void rulesSeeWhichServiceIsAskedForWhatAndByWhichRequest() {
    deploy(
        """
        {roles: [{apply_when: {'%%request.service': 'mongodb-atlas', '%%request.action': 'findOne',
                               '%%request.requestHeaders.X-Key': 'hush'}, read: true}]}
        """);
    worker.insert(app, "{_id: 1}");

    assertThat(call(user("ann"), DataOperation.FIND_ONE, "{}")).isEqualTo(returned("{_id: 1}"));
    assertThat(call(user("ann"), DataOperation.FIND, "{}")).isEqualTo(returned("[]"));
  }

  @Test
  void everyTypeComesBackAsItWas() {
    deploy("{roles: [{write: true}]}");
    String document =
        """
        {_id: {$oid: '639a521bbdec9b85ba94014b'}, i: {$numberInt: '1'}, l: {$numberLong: '1'},
         d: {$numberDouble: '1.0'}, dec: {$numberDecimal: '9823.1297'},
         date: {$date: {$numberLong: '1641954803067'}}, ts: {$timestamp: {t: 1, i: 2}},
         b: {$binary: {base64: 'aGk=', subType: '00'}},
         uuid: {$binary: {base64: 'c//SZESzTGmQ6OfR38A11A==', subType: '04'}},
         r: {$regularExpression: {pattern: '^H', options: 'i'}}, min: {$minKey: 1},
         max: {$maxKey: 1}, n: null, t: true, a: [{$numberLong: '2'}, {x: {$numberInt: '3'}}]}
        """;

    assertThat(call(user("ann"), DataOperation.INSERT_ONE, "{document: " + document + "}"))
        .isEqualTo(returned("{insertedId: {$oid: '639a521bbdec9b85ba94014b'}}"));
    assertThat(call(user("ann"), DataOperation.FIND_ONE, "{}")).isEqualTo(returned(document));
  }

  @Test
  void whatTheDatabaseRefusesReachesTheCaller() {
    deploy("{roles: [{write: true}]}");
    worker.insert(app, "{_id: 1}");

    assertThat(call(user("ann"), DataOperation.INSERT_ONE, "{document: {_id: 1}}"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> {
              assertThat(threw.code()).isEqualTo("MongoDBError");
              assertThat(threw.message()).contains("duplicate key").doesNotContain("127.0.0.1");
            });
  }

  @Test
  void argumentsCannotNameAnotherDataSource() {
    Queue<BsonDocument> seen = new ConcurrentLinkedQueue<>();
    useService(
        (_, _, arguments) -> {
          seen.add(arguments);
          return CompletableFuture.completedFuture(BsonNull.VALUE);
        },
        RunningWorker.settings(10, 10));

    call(user("ann"), DataOperation.FIND, "{service: 'other'}");

    assertThat(seen.element().getString("service").getValue()).isEqualTo("mongodb-atlas");
  }

  @Test
  void aCallThatTakesTooLongIsEndedAndGivesBackWhatItHeld() {
    CompletableFuture<BsonValue> never = new CompletableFuture<>();
    CompletableFuture<Boolean> released = new CompletableFuture<>();
    useService(
        (scope, _, _) -> {
          scope.onEnd(() -> released.complete(true));
          return never;
        },
        RunningWorker.settings(1, 10));

    var first = begin(user("ann"), DataOperation.FIND, "{}", Duration.ofMillis(50));
    var second = begin(user("ann"), DataOperation.FIND, "{}", Duration.ofMillis(50));

    Outcome over = new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded");
    assertThat(RunningWorker.outcome(first)).isEqualTo(over);
    assertThat(RunningWorker.outcome(second)).isEqualTo(over);
    assertThat(released.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    never.complete(BsonBoolean.TRUE);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (worker.worker.invocationsInFlight() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(worker.worker.invocationsInFlight()).isZero();
  }

  @Test
  void aServiceThatBreaksShowsNothing() {
    useService(
        (_, _, _) -> {
          throw new IllegalStateException("secret detail");
        },
        RunningWorker.settings(10, 10));

    assertThat(call(user("ann"), DataOperation.FIND, "{}"))
        .isEqualTo(new Outcome.Threw("InternalServerError", "internal error"));
  }

  @Test
  void anAppThatAsksTooMuchAtOnceWaitsAndIsThenRefused() {
    CompletableFuture<BsonValue> gate = new CompletableFuture<>();
    AtomicInteger running = new AtomicInteger();
    useService(
        (_, _, _) -> {
          running.incrementAndGet();
          return gate;
        },
        RunningWorker.settings(2, 3));
    List<Future<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(begin(user("ann"), DataOperation.FIND, "{}", Duration.ofSeconds(60)));
    }

    assertThat(RunningWorker.outcome(calls.getLast()))
        .isEqualTo(new Outcome.Unavailable("too many calls of this app are waiting"));
    assertThat(running.get()).isLessThanOrEqualTo(2);
    gate.complete(BsonBoolean.TRUE);
    for (Future<Outcome> call : calls.subList(0, 5)) {
      assertThat(RunningWorker.outcome(call)).isEqualTo(new Outcome.Returned(BsonBoolean.TRUE));
    }
  }

  @Test
  void aRevisionThatIsNotHereIsTriedElsewhere() {
    assertThat(call(user("ann"), DataOperation.FIND, "{}")).isInstanceOf(Outcome.Unavailable.class);
  }
}
