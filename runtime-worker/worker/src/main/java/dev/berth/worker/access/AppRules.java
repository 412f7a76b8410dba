package dev.berth.worker.access;

import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.ConstantValues;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.RuleSet;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.Invocation;
import dev.berth.rules.Facts;
import dev.berth.rules.access.CollectionRules;
import dev.berth.rules.schema.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;

/// The rules and schemas of one app revision, parsed. Immutable.
public final class AppRules {

  private static final CollectionRules NO_RULES = CollectionRules.of(List.of(), List.of());

  private record Namespace(String dataSource, String database, String collection) {}

  private final ConstantValues constants;
  private final Map<Namespace, CollectionRules> rules = new HashMap<>();
  private final Map<Namespace, Schema> schemas = new HashMap<>();
  private final Map<String, CollectionRules> defaults = new HashMap<>();

  private AppRules(ConstantValues constants) {
    this.constants = constants;
  }

  public static AppRules of(DeployedApp app) {
    AppRules all = new AppRules(ConstantValues.of(app.definition(), app.secrets()));
    app.definition().dataSources().forEach(all::add);
    return all;
  }

  private void add(DataSource source) {
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
        schemas.put(namespace, Schema.parse(schema, false).schema());
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

  /// What expressions may know of an invocation and of its app.
  public Facts facts(Invocation invocation) {
    return new InvocationFacts(constants, invocation);
  }
}
