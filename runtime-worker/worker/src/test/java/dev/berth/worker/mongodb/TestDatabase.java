package dev.berth.worker.mongodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.bwaldvogel.mongo.MongoBackend;
import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invoker;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.worker.TestServer;
import dev.berth.worker.access.FunctionsOfRules;
import dev.berth.worker.access.RuleBook;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A MongoDB service on a fresh database: of an embedded server, or of the one `MONGODB_URI`
/// names.
final class TestDatabase implements AfterEachCallback {

  static final AppId APP = new AppId("shop-abcde");

  private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");
  private final TestServer server;
  private final DataSources sources;
  private final MongoService service;
  private final TestScope scope = TestScope.system();

  TestDatabase() {
    this(MongoLimits.STANDARD);
  }

  TestDatabase(MongoLimits limits) {
    this(limits, TestServer.start());
  }

  /// An embedded one, whether a server is named or not.
  TestDatabase(MongoBackend backend) {
    this(MongoLimits.STANDARD, TestServer.embedded(backend));
  }

  private TestDatabase(MongoLimits limits, TestServer server) {
    this.server = server;
    server.owns(name);
    sources =
        new DataSources(
            (app, source) -> source.equals("mongodb-atlas") ? server.link() : null, limits);
    service = new MongoService(sources, new NamespacePolicy(), limits);
  }

  /// A value in Extended JSON.
  static BsonValue json(String value) {
    return requireNonNull(BsonDocument.parse("{value: " + value + "}").get("value"));
  }

  static MongoLimits limits(int documents, long bytes, int cursors, int batch) {
    return new MongoLimits(
        documents,
        bytes,
        cursors,
        batch,
        100,
        10,
        8,
        1000,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60));
  }

  boolean isEmbedded() {
    return server.isEmbedded();
  }

  boolean isReplicaSet() {
    return server.isReplicaSet();
  }

  String name() {
    return name;
  }

  TestScope scope() {
    return scope;
  }

  MongoService service() {
    return service;
  }

  /// The same database for users, whose rules a book has.
  ///
  /// @param invoker runs the functions that rules call
  UserDataService forUsers(RuleBook rules, Invoker invoker, MongoLimits limits) {
    return new UserDataService(
        rules, new FunctionsOfRules(invoker), sources, new NamespacePolicy(), limits);
  }

  /// Calls on the collection `things` for an invocation of the system user.
  BsonValue call(String operation, String arguments) {
    return call(scope, operation, BsonDocument.parse(arguments));
  }

  BsonValue call(String operation, BsonDocument arguments) {
    return call(scope, operation, arguments);
  }

  BsonValue call(TestScope caller, String operation, BsonDocument arguments) {
    var all =
        new BsonDocument("service", new BsonString("mongodb-atlas"))
            .append("database", new BsonString(name))
            .append("collection", new BsonString("things"));
    all.putAll(arguments);
    return service
        .call(caller, operation, all)
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  /// Calls what is to fail in a way that app code may see.
  GuestServiceException refusal(String operation, String arguments) {
    return refusal(scope, operation, BsonDocument.parse(arguments));
  }

  GuestServiceException refusal(TestScope caller, String operation, BsonDocument arguments) {
    var failure =
        catchThrowableOfType(CompletionException.class, () -> call(caller, operation, arguments));
    if (failure != null && failure.getCause() instanceof GuestServiceException refusal) {
      return refusal;
    }
    throw new AssertionError("not refused: " + operation + " " + arguments, failure);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    scope.end();
    sources.close();
    server.close();
  }
}
