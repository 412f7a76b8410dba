package dev.berth.worker.mongodb;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// One call of app code on its way to the database: where it may go and what it may say are
/// judged here, and nowhere else.
final class Call {

  private final CallScope scope;
  private final Arguments arguments;
  private final DataSources sources;
  private final NamespacePolicy namespaces;
  private final PipelinePolicy pipelines;
  private final Transactions transactions;

  Call(
      CallScope scope,
      Arguments arguments,
      DataSources sources,
      NamespacePolicy namespaces,
      PipelinePolicy pipelines,
      Transactions transactions) {
    this.scope = scope;
    this.arguments = arguments;
    this.sources = sources;
    this.namespaces = namespaces;
    this.pipelines = pipelines;
    this.transactions = transactions;
    Options.check(arguments, scope.runsAsSystem());
    if (!scope.runsAsSystem()) {
      pipelines.checkScripts(arguments.values());
    }
  }

  /// The same call with other arguments.
  Call with(Arguments others) {
    return new Call(scope, others, sources, namespaces, pipelines, transactions);
  }

  CallScope scope() {
    return scope;
  }

  Arguments arguments() {
    return arguments;
  }

  Options options() {
    return new Options(arguments);
  }

  MongoClient client() {
    String name = arguments.text("service");
    MongoClient client = sources.client(scope.appId(), name);
    if (client == null) {
      throw new GuestServiceException("ServiceNotFound", "service not found: '" + name + "'", null);
    }
    return client;
  }

  MongoDatabase database() {
    String name = arguments.text("database");
    namespaces.checkDatabase(name);
    return options().concerned(client().getDatabase(name));
  }

  /// The collection, inside of the transaction of the call's session where there is one.
  SessionCollection collection() {
    MongoDatabase database = database();
    String name = arguments.text("collection");
    namespaces.checkCollection(database.getName(), name);
    return new SessionCollection(
        database.getCollection(name, BsonDocument.class),
        transactions.session(scope, arguments, client()));
  }

  /// Whether a database that exists may be mentioned to app code.
  boolean mayName(String database) {
    return !namespaces.isReserved(database);
  }

  BsonDocument query() {
    return RegexRewrite.query(arguments.documentOrEmpty("query"));
  }

  @Nullable BsonDocument projection() {
    BsonDocument projection = arguments.optionalDocument("projection");
    return projection == null ? null : RegexRewrite.query(projection);
  }

  List<BsonDocument> pipeline() {
    List<BsonDocument> pipeline = arguments.documents("pipeline");
    pipelines.checkPipeline(arguments.text("database"), pipeline);
    return RegexRewrite.pipeline(pipeline);
  }

  /// The change that an update makes, out of these arguments or a part of them.
  Change change(Arguments part) {
    Change change = Change.of(part);
    if (change instanceof Change.Pipeline(var stages)) {
      pipelines.checkPipeline(arguments.text("database"), stages);
    }
    return change;
  }

  void requireSystem() {
    if (!scope.runsAsSystem()) {
      throw new GuestServiceException(
          "InvalidParameter",
          arguments.operation() + " is available to system functions only",
          null);
    }
  }
}
