package dev.berth.worker.access;

import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.ConstantValues;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.RequestFacts;
import dev.berth.rules.Expression;
import dev.berth.rules.Facts;
import dev.berth.rules.access.CollectionRules;
import dev.berth.rules.schema.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// The rules of one app revision, for its data and its functions, and its schemas, parsed.
/// Immutable.
public final class AppRules {

  private static final CollectionRules NO_RULES = CollectionRules.of(List.of(), List.of());

  private record Namespace(String dataSource, String database, String collection) {}

  private final Map<String, FunctionDefinition> functions;
  private final ConstantValues constants;
  private final Map<Namespace, CollectionRules> rules = new HashMap<>();
  private final Map<Namespace, Schema> schemas = new HashMap<>();
  private final Map<String, CollectionRules> defaults = new HashMap<>();
  private final Map<String, Expression> conditions = new HashMap<>();
  private final Set<String> openToExpressions = new HashSet<>();

  private AppRules(Map<String, FunctionDefinition> functions, ConstantValues constants) {
    this.functions = functions;
    this.constants = constants;
  }

  public static AppRules of(DeployedApp app) {
    AppRules all =
        new AppRules(
            app.definition().functions(), ConstantValues.of(app.definition(), app.secrets()));
    app.definition().dataSources().forEach(source -> all.add(source, app.nullsAllowed()));
    app.definition().functions().values().forEach(all::add);
    return all;
  }

  /// One with faults comes from a deployment that knew less of expressions: it is never true.
  private void add(FunctionDefinition function) {
    Expression condition =
        Expression.parse(function.canEvaluate(), ExpressionScope.REQUEST).expression();
    conditions.put(function.name(), condition);
    boolean hasUserOfItsOwn =
        switch (function.runAs()) {
          case RunAs.Caller(), RunAs.AsSystem() -> false;
          case RunAs.AsUser(_), RunAs.ByScript(_) -> true;
        };
    if (condition.isAlwaysTrue() && !hasUserOfItsOwn) {
      openToExpressions.add(function.name());
    }
  }

  private void add(DataSource source, boolean nullsAllowed) {
    RuleSet byDefault = source.defaultRule();
    RuleSet effectiveDefault = byDefault == null ? new RuleSet(List.of(), List.of()) : byDefault;
    defaults.put(
        source.name(), CollectionRules.of(effectiveDefault.roles(), effectiveDefault.filters()));
    for (CollectionDefinition collection : source.collections()) {
      var namespace = new Namespace(source.name(), collection.database(), collection.collection());
      RuleSet own = collection.rules();
      if (own != null) {
        rules.put(
            namespace,
            CollectionRules.of(
                own.roles().isEmpty() ? effectiveDefault.roles() : own.roles(),
                own.filters().isEmpty() ? effectiveDefault.filters() : own.filters()));
      }
      BsonDocument schema = collection.schema();
      if (schema != null && !schema.isEmpty()) {
        schemas.put(namespace, Schema.parse(schema, nullsAllowed).schema());
      }
    }
  }

  /// The rules of a collection. Those of the data source count for one that has no roles of its
  /// own, and never besides these.
  public CollectionRules rules(String dataSource, String database, String collection) {
    CollectionRules own = rules.get(new Namespace(dataSource, database, collection));
    return own == null ? defaults.getOrDefault(dataSource, NO_RULES) : own;
  }

  /// The schema of a collection, if it has one.
  public Optional<Schema> schema(String dataSource, String database, String collection) {
    return Optional.ofNullable(schemas.get(new Namespace(dataSource, database, collection)));
  }

  /// Who may call a function; `null` when there is no such function.
  @Nullable Expression conditionOf(String function) {
    return conditions.get(function);
  }

  /// Whether expressions may call a function: not when it says itself who may, or runs as a user
  /// of its own.
  boolean isOpenToExpressions(String function) {
    return openToExpressions.contains(function);
  }

  /// What expressions may know of an invocation and of its app.
  public Facts facts(Invocation invocation) {
    return new InvocationFacts(constants, invocation);
  }

  /// As whom a function runs that a rule names, or `null` when it must not: it is not there, its
  /// own `can_evaluate` would have to be decided first, or it runs as a user that the caller is
  /// not.
  @Nullable Caller callerOf(String name, Caller caller) {
    FunctionDefinition function = functions.get(name);
    if (function == null || !isOpenToExpressions(name)) {
      return null;
    }
    return function.runAs() instanceof RunAs.AsSystem
        ? new Caller.SystemUser(caller.user())
        : caller;
  }

  /// The request that caused an invocation.
  static RequestFacts request(Invocation invocation) {
    return switch (invocation) {
      case Invocation.EndpointCall call -> call.request().facts();
      case Invocation.FunctionCall call -> call.request();
      case Invocation.SourceCall call -> call.request();
      case Invocation.DataCall call -> call.request();
    };
  }
}
