package dev.berth.appmodel.entity;

import dev.berth.appmodel.json.Json.Fields;
import org.jspecify.annotations.Nullable;

/// What can be edited alone, and what is in it.
public enum EntityKind {
  /// Its settings, and its code as `source`.
  FUNCTION,
  VALUE,
  TRIGGER,
  LOG_FORWARDER,
  /// Called `<method> <route>`.
  ENDPOINT,
  AUTH_PROVIDER,
  /// The configuration of a data source, of an HTTP service or of a third-party service.
  SERVICE,
  /// Of a service; those of collections are called `<database>.<collection>`.
  RULE,
  /// Of a service, its settings and its code as `source`.
  WEBHOOK,
  /// Of a data source, at most one.
  DEFAULT_RULE,
  /// `metadata`, `schema` and `relationships`; called `<data source>.<database>.<collection>`.
  SCHEMA,
  /// Called `<type>.<field>`.
  CUSTOM_RESOLVER,
  /// What a name stands for in each environment, by tag; `none` for none.
  ENVIRONMENT_VALUE;

  /// Where things of this kind stand in a document.
  EntityPlace place() {
    return switch (this) {
      case FUNCTION -> new Functions();
      case VALUE -> new ListPlace("values");
      case TRIGGER -> new ListPlace("triggers");
      case LOG_FORWARDER -> new ListPlace("log_forwarders");
      case ENDPOINT -> new ListPlace("endpoints", "config");
      case AUTH_PROVIDER -> new AuthProviders();
      case SERVICE -> new ServiceConfigurations();
      case RULE -> new ServiceParts("rules");
      case WEBHOOK -> new ServiceParts("incoming_webhooks");
      case DEFAULT_RULE -> new DefaultRules();
      case SCHEMA -> new Schemas();
      case CUSTOM_RESOLVER -> new ListPlace("graphql", "custom_resolvers");
      case ENVIRONMENT_VALUE -> new EnvironmentValues();
    };
  }

  /// Whether things of this kind belong to a service.
  public boolean isOwned() {
    return switch (this) {
      case RULE, WEBHOOK, DEFAULT_RULE -> true;
      case FUNCTION,
          VALUE,
          TRIGGER,
          LOG_FORWARDER,
          ENDPOINT,
          AUTH_PROVIDER,
          SERVICE,
          SCHEMA,
          CUSTOM_RESOLVER,
          ENVIRONMENT_VALUE ->
          false;
    };
  }

  /// What something is called; `null` when its content does not say.
  @Nullable String nameOf(Fields value) {
    return switch (this) {
      case ENDPOINT -> {
        String method = value.text("http_method");
        String route = value.text("route");
        yield route == null ? null : (method == null ? "*" : method) + " " + route;
      }
      case AUTH_PROVIDER -> {
        String name = value.text("name");
        yield name == null || name.isEmpty() ? value.text("type") : name;
      }
      case RULE -> {
        String collection = joined(value, "database", "collection");
        yield collection == null ? value.text("name") : collection;
      }
      case DEFAULT_RULE -> "default_rule";
      case SCHEMA -> joined(value.fields("metadata"), "data_source", "database", "collection");
      case CUSTOM_RESOLVER -> joined(value, "on_type", "field_name");
      case FUNCTION, VALUE, TRIGGER, LOG_FORWARDER, SERVICE, WEBHOOK, ENVIRONMENT_VALUE ->
          value.text("name");
    };
  }

  /// What is missing in something without a name.
  String required() {
    return switch (this) {
      case ENDPOINT -> "\"route\" is required";
      case SCHEMA ->
          "\"metadata\" with \"data_source\", \"database\" and \"collection\" is required";
      case RULE -> "\"database\" and \"collection\", or \"name\", are required";
      case CUSTOM_RESOLVER -> "\"on_type\" and \"field_name\" are required";
      case AUTH_PROVIDER -> "\"type\" is required";
      case FUNCTION,
          VALUE,
          TRIGGER,
          LOG_FORWARDER,
          SERVICE,
          WEBHOOK,
          DEFAULT_RULE,
          ENVIRONMENT_VALUE ->
          "\"name\" is required";
    };
  }

  private static @Nullable String joined(Fields value, String... names) {
    StringBuilder joined = new StringBuilder();
    for (String name : names) {
      String text = value.text(name);
      if (text == null || text.isEmpty()) {
        return null;
      }
      joined.append(joined.isEmpty() ? "" : ".").append(text);
    }
    return joined.toString();
  }
}
