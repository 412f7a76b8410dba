package dev.berth.appmodel.document;

import dev.berth.appmodel.document.Shape.ByName;
import dev.berth.appmodel.document.Shape.Known;
import dev.berth.appmodel.document.Shape.Listed;
import dev.berth.appmodel.document.Shape.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The shapes of the documents that imports send.
final class DocumentShapes {

  /// Any object.
  private static final Shape OBJECT = new Known(Map.of(), Set.of());

  /// An object that has a name.
  private static final Shape NAMED = new Known(Map.of("name", new Text()), Set.of("name"));

  private static final Shape NAMED_LIST = new Listed(NAMED);

  private static final Shape WEBHOOKS =
      new Listed(
          new Known(
              Map.of("config", NAMED, "source", new Text(), "name", new Text()), Set.of("source")));

  private static final Shape NAMESPACE =
      Known.of(
          Map.of(
              "database",
              new Text(),
              "collection",
              new Text(),
              "schema",
              OBJECT,
              "relationships",
              OBJECT));

  private static final Shape SERVICES =
      new Listed(
          new Known(
              Map.of(
                  "config",
                  NAMED,
                  "default_rule",
                  OBJECT,
                  "incoming_webhooks",
                  WEBHOOKS,
                  "rules",
                  new Listed(NAMESPACE)),
              Set.of("config")));

  private static final Shape GRAPHQL =
      Known.of(
          Map.of(
              "config", OBJECT,
              "validation_settings", OBJECT,
              "custom_resolvers", new Listed(OBJECT)));

  private static final Shape VALUES_BY_OWNER = new ByName(new ByName(new Text()));

  private static final Map<String, Shape> COMMON =
      Map.ofEntries(
          Map.entry("app_id", new Text()),
          Map.entry("name", new Text()),
          Map.entry("location", new Text()),
          Map.entry("provider_region", new Text()),
          Map.entry("deployment_model", new Text()),
          Map.entry("environment", new Text()),
          Map.entry("allowed_request_origins", new Listed(new Text())),
          Map.entry("environments", new ByName(OBJECT)),
          Map.entry("values", NAMED_LIST),
          Map.entry("triggers", NAMED_LIST),
          Map.entry("log_forwarders", NAMED_LIST),
          Map.entry("hosting", OBJECT),
          Map.entry("data_api_config", OBJECT),
          Map.entry("graphql", GRAPHQL),
          Map.entry("services", SERVICES),
          Map.entry(
              "secrets",
              Known.of(Map.of("auth_providers", VALUES_BY_OWNER, "services", VALUES_BY_OWNER))));

  /// Of 20180301 and 20200603.
  static final Shape FIRST_GENERATION =
      with(
          Map.of(
              "security",
              Known.of(Map.of("allowed_request_origins", new Listed(new Text()))),
              "custom_user_data_config",
              OBJECT,
              "sync",
              OBJECT,
              "auth_providers",
              new Listed(Known.of(Map.of("name", new Text(), "type", new Text()))),
              "functions",
              new Listed(
                  new Known(
                      Map.of("config", NAMED, "source", new Text()), Set.of("config", "source")))));

  /// Of 20210101 and 20230101.
  static final Shape SECOND_GENERATION =
      with(
          Map.of(
              "auth",
              Known.of(Map.of("custom_user_data", OBJECT, "providers", new ByName(OBJECT))),
              "functions",
              Known.of(Map.of("config", NAMED_LIST, "sources", new ByName(new Text()))),
              "data_sources",
              SERVICES,
              "http_endpoints",
              SERVICES,
              "endpoints",
              Known.of(Map.of("config", new Listed(OBJECT))),
              "sync",
              Known.of(Map.of("config", OBJECT))));

  /// Of the documents without a version that are pulled and pushed as a whole.
  static final Shape PUSHED =
      with(
          Map.of(
              "auth_providers",
              new Listed(Known.of(Map.of("name", new Text(), "type", new Text()))),
              "custom_user_data",
              OBJECT,
              "data_sources",
              flat(),
              "services",
              flat(),
              "https_endpoints",
              flat(),
              "endpoints",
              new Listed(OBJECT),
              "functions",
              new Listed(
                  new Known(
                      Map.of("name", new Text(), "source", new Text()), Set.of("name", "source"))),
              "schemas",
              new Listed(
                  Known.of(
                      Map.of(
                          "metadata",
                          new Known(
                              Map.of(
                                  "data_source", new Text(),
                                  "database", new Text(),
                                  "collection", new Text()),
                              Set.of("data_source", "database", "collection")),
                          "schema",
                          OBJECT,
                          "relationships",
                          OBJECT))),
              "sync",
              OBJECT));

  private DocumentShapes() {}

  private static Shape flat() {
    return new Listed(
        new Known(
            Map.of(
                "name",
                new Text(),
                "default_rule",
                OBJECT,
                "incoming_webhooks",
                new Listed(NAMED),
                "rules",
                new Listed(NAMESPACE)),
            Set.of("name")));
  }

  private static Shape with(Map<String, Shape> more) {
    Map<String, Shape> all = new HashMap<>(COMMON);
    all.putAll(more);
    return Known.of(all);
  }
}
