package dev.berth.worker.mongodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DataSource.ReadPreference;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.Filter;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.DocumentFilters;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.worker.access.RuleBook;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A collection `things` with rules, for users.
public final class RuledCollection {

  private final TestDatabase database;
  private final Map<String, FunctionDefinition> functions;
  private final Invoker invoker;
  private @Nullable UserDataService service;
  private boolean nullsAllowed;

  /// One whose rules call no functions.
  RuledCollection(TestDatabase database) {
    this(database, Set.of(), RuledCollection::noFunction);
  }

  /// @param functions the names of those that rules may call
  /// @param invoker runs them
  RuledCollection(TestDatabase database, Set<String> functions, Invoker invoker) {
    this.database = database;
    this.functions =
        functions.stream().collect(Collectors.toMap(name -> name, RuledCollection::function));
    this.invoker = invoker;
  }

  private static FunctionDefinition function(String name) {
    String nobodyRunsIt = "exports = null;";
    return new FunctionDefinition(
        name, name + ".js", nobodyRunsIt, true, new BsonDocument(), true, new RunAs.Caller());
  }

  /// From the next deployment on fields may be `null` that the schema does not require.
  void allowNulls() {
    nullsAllowed = true;
  }

  /// Begins to serve it by rules in the form of the file.
  void deploy(String rules, @Nullable String schema) {
    deploy(rules, schema, MongoLimits.STANDARD);
  }

  void deploy(String rules, @Nullable String schema, MongoLimits limits) {
    deploy(rules, null, schema, limits);
  }

  /// The same, with rules that count for collections which have none.
  void deploy(
      String rules, @Nullable String byDefault, @Nullable String schema, MongoLimits limits) {
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
            byDefault == null ? null : ruleSet(BsonDocument.parse(byDefault)),
            List.of(collection));
    var definition =
        new AppDefinition(
            "test",
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of()),
            List.of(),
            functions,
            Map.of(),
            List.of(source));
    var catalog = new InMemoryAppCatalog();
    catalog.apply(
        new AppChange.Deployed(
            new DeployedApp(
                TestDatabase.APP,
                new Revision(1),
                Instant.EPOCH,
                definition,
                Secrets.none(),
                nullsAllowed)));
    service = database.forUsers(RuleBook.of(catalog), invoker, limits);
  }

  private static Future<Outcome> noFunction(Invocation invocation) {
    return Future.succeededFuture(new Outcome.NotFound(invocation.function()));
  }

  /// Rules in the form of the file.
  public static RuleSet ruleSet(BsonDocument file) {
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
              permission(role.getDocument("additional_fields", new BsonDocument()))));
    }
    List<Filter> filters = new ArrayList<>();
    for (BsonValue value : file.getArray("filters", new BsonArray())) {
      BsonDocument filter = value.asDocument();
      filters.add(
          new Filter(
              "filter",
              filter.get("apply_when", new BsonDocument()),
              filter.getDocument("query"),
              filter.getDocument("projection")));
    }
    return new RuleSet(roles, filters);
  }

  private static Map<String, FieldPermission> permissions(BsonDocument parent) {
    Map<String, FieldPermission> permissions = new LinkedHashMap<>();
    parent
        .getDocument("fields", new BsonDocument())
        .forEach((name, field) -> permissions.put(name, permission(field.asDocument())));
    return permissions;
  }

  private static FieldPermission permission(BsonDocument field) {
    return new FieldPermission(field.get("read"), field.get("write"), permissions(field));
  }

  CompletableFuture<BsonValue> begin(TestScope caller, String operation, String arguments) {
    var all =
        new BsonDocument("service", new BsonString("mongodb-atlas"))
            .append("database", new BsonString(database.name()))
            .append("collection", new BsonString("things"));
    all.putAll(BsonDocument.parse(arguments));
    return requireNonNull(service).call(caller, operation, all).toCompletableFuture();
  }

  BsonValue call(TestScope caller, String operation, String arguments) {
    return begin(caller, operation, arguments).orTimeout(60, TimeUnit.SECONDS).join();
  }

  /// Why a call is refused, with its code.
  String refusal(TestScope caller, String operation, String arguments) {
    var failure =
        catchThrowableOfType(CompletionException.class, () -> call(caller, operation, arguments));
    if (failure != null && failure.getCause() instanceof GuestServiceException refusal) {
      return refusal.errorCode() + ": " + refusal.getMessage();
    }
    throw new AssertionError("not refused: " + operation + " " + arguments, failure);
  }

  BsonDocument stored(int id) {
    return database.call("findOne", "{query: {_id: " + id + "}}").asDocument();
  }
}
