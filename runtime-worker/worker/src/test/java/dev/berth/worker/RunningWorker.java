package dev.berth.worker;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.ExecutionLimits;
import dev.berth.jsruntime.GuestLog;
import dev.berth.jsruntime.JsEngine;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.worker.access.FunctionsOfRules;
import dev.berth.worker.access.RuleBook;
import dev.berth.worker.http.OutboundServices;
import dev.berth.worker.mongodb.DataSources;
import dev.berth.worker.mongodb.MongoLimits;
import dev.berth.worker.mongodb.NamespacePolicy;
import dev.berth.worker.mongodb.RuledCollection;
import dev.berth.worker.mongodb.UserDataService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/// A worker on a real engine, with a catalog in memory and a database server.
final class RunningWorker implements AutoCloseable {

  /// Between two looks: short for a test, long for the processors that are looked at.
  static final long POLL_NANOS = 1_000_000;

  /// Apps give databases their names, which another run has to find free.
  private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

  private static final AtomicInteger APPS = new AtomicInteger();

  final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  final List<GuestLog.Line> lines = new CopyOnWriteArrayList<>();
  final Worker worker;

  private final TestServer server = TestServer.start();
  private final DataSources sources =
      new DataSources((app, name) -> server.link(), MongoLimits.STANDARD);

  private RunningWorker(WorkerSettings settings, Map<String, GuestService> services) {
    Map<String, GuestService> all = new HashMap<>();
    all.put(
        "mongodb",
        new UserDataService(
            RuleBook.of(catalog),
            new FunctionsOfRules(this::nested),
            sources,
            new NamespacePolicy(),
            MongoLimits.STANDARD));
    all.putAll(services);
    worker = Worker.start(settings, JsEngine.start(), catalog, all, lines::add, WorkerMetrics.NONE);
  }

  private Future<Outcome> nested(Invocation invocation) {
    return worker.invokeNested(invocation);
  }

  static RunningWorker start(WorkerSettings settings) {
    return new RunningWorker(settings, Map.of());
  }

  static RunningWorker start() {
    return new RunningWorker(settings(10, 1000), Map.of());
  }

  /// A worker whose apps ask this service for their data.
  static RunningWorker on(GuestService data, WorkerSettings settings) {
    return new RunningWorker(settings, Map.of("mongodb", data));
  }

  /// A worker with one service more.
  static RunningWorker with(String name, GuestService service) {
    return new RunningWorker(settings(10, 1000), Map.of(name, service));
  }

  /// A worker whose functions reach other hosts.
  static RunningWorker with(OutboundServices services) {
    return new RunningWorker(
        settings(10, 1000), Map.of("http", services.http(), "net", services.net()));
  }

  boolean hasTransactions() {
    return server.isReplicaSet();
  }

  static WorkerSettings settings(int invocationsPerApp, int waitingPerApp) {
    return new WorkerSettings(
        4, 2, invocationsPerApp, waitingPerApp, 20, ExecutionLimits.standard());
  }

  static AppId newApp() {
    return new AppId("app-" + RUN + "-" + APPS.incrementAndGet());
  }

  /// Deploys an app of one function, `main`, and waits for nothing.
  void deploy(AppId appId, long revision, String source) {
    server.owns(appId.value());
    catalog.apply(new AppChange.Deployed(app(appId, revision, source)));
  }

  static DeployedApp app(AppId appId, long revision, String source) {
    var main =
        new FunctionDefinition(
            "main",
            "functions/main.js",
            source,
            false,
            new BsonDocument(),
            true,
            new RunAs.AsSystem());
    var definition =
        new AppDefinition(
            "test",
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of()),
            List.of(),
            Map.of("main", main),
            Map.of(),
            List.of(new DataSource("mongodb-atlas", "mongodb-atlas")));
    return new DeployedApp(appId, new Revision(revision), definition, Secrets.of(Map.of()));
  }

  /// Deploys an app with rules, in the form of the file, for a collection of the database that is
  /// named after it.
  void deploy(AppId appId, String collection, String rules, FunctionDefinition... functions) {
    server.owns(appId.value());
    var ruled =
        new CollectionDefinition(
            appId.value(),
            collection,
            RuledCollection.ruleSet(BsonDocument.parse(rules)),
            null,
            List.of());
    var source =
        new DataSource(
            "mongodb-atlas",
            "mongodb-atlas",
            null,
            DataSource.ReadPreference.PRIMARY,
            new BsonDocument(),
            null,
            List.of(ruled));
    Map<String, FunctionDefinition> byName = new HashMap<>();
    for (FunctionDefinition function : functions) {
      byName.put(function.name(), function);
    }
    var definition =
        new AppDefinition(
            "test",
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of()),
            List.of(),
            byName,
            Map.of(),
            List.of(source));
    catalog.apply(
        new AppChange.Deployed(
            new DeployedApp(appId, new Revision(1), definition, Secrets.of(Map.of()))));
  }

  /// Calls `main` as a user.
  Future<Outcome> invokeAs(String user, AppId appId) {
    var caller =
        new Caller.SignedIn(user, "normal", new BsonDocument(), new BsonDocument(), List.of());
    var envelope =
        new Invocation.Envelope(
            appId, new Revision(1), RequestId.next(), caller, Duration.ofSeconds(60));
    return worker.invoke(
        new Invocation.FunctionCall(envelope, "main", List.of(), RequestFacts.none()));
  }

  Future<Outcome> invoke(AppId appId, long revision, BsonValue... arguments) {
    var envelope =
        new Invocation.Envelope(
            appId,
            new Revision(revision),
            RequestId.next(),
            Caller.system(),
            Duration.ofSeconds(60));
    return worker.invoke(
        new Invocation.FunctionCall(envelope, "main", List.of(arguments), RequestFacts.none()));
  }

  /// Calls a function as somebody, with the facts of a request.
  Outcome outcome(AppId appId, String function, Caller caller, RequestFacts facts) {
    var envelope =
        new Invocation.Envelope(
            appId, new Revision(1), RequestId.next(), caller, Duration.ofSeconds(60));
    return outcome(
        worker.invoke(new Invocation.FunctionCall(envelope, function, List.of(), facts)));
  }

  static Outcome outcome(Future<Outcome> invocation) {
    return invocation
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  /// Deploys a new app whose function has this body, calls it, and gives the outcome.
  ///
  /// The body finds the collection `things` of the database that is named after the app.
  Outcome run(AppId appId, String body, BsonValue... arguments) {
    deploy(
        appId,
        1,
        "exports = async (argument) => {\n"
            + "  const database = context.services.get('mongodb-atlas').db('"
            + appId
            + "');\n"
            + "  const things = database.collection('things');\n"
            + body
            + "\n};");
    return outcome(invoke(appId, 1, arguments));
  }

  BsonValue returned(AppId appId, String body, BsonValue... arguments) {
    return switch (run(appId, body, arguments)) {
      case Outcome.Returned(BsonValue value) -> value;
      case Outcome other -> throw new AssertionError("did not return: " + other + " " + lines);
    };
  }

  /// What the driver finds in the collection `things` of the app.
  List<BsonDocument> documents(AppId appId) {
    return TestServer.all(
        server
            .client()
            .getDatabase(appId.value())
            .getCollection("things", BsonDocument.class)
            .find()
            .sort(new BsonDocument("_id", new BsonInt32(1))));
  }

  void insert(AppId appId, String... documents) {
    insertInto("things", appId, documents);
  }

  void insertInto(String collection, AppId appId, String... documents) {
    server.owns(appId.value());
    for (String document : documents) {
      var _ =
          TestServer.all(
              server
                  .client()
                  .getDatabase(appId.value())
                  .getCollection(collection, BsonDocument.class)
                  .insertOne(BsonDocument.parse(document)));
    }
  }

  @Override
  public void close() {
    try {
      worker.stop(Duration.ofSeconds(1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    sources.close();
    server.close();
  }
}
