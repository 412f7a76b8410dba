package dev.berth.appmodel.document;

import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Nothing;
import dev.berth.appmodel.json.Json.Numeral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Documents and files of 20210101 and 20230101, which differ in little more than names.
final class SecondGeneration {

  private static final String RULES = "rules.json";
  private static final String SCHEMA = "schema.json";
  private static final String RELATIONSHIPS = "relationships.json";
  private static final List<String> DATA_API_FILES =
      List.of("data_api_config.json", "gen_endpoints_config.json");

  private SecondGeneration() {}

  /// The content of an imported document, which has its form already but for trifles.
  static Fields toDocument(Fields given) {
    Fields content = withoutNothing(given.without("config_version"));
    Fields functions = content.fields("functions");
    if (functions.members().containsKey("sources")) {
      content =
          content.with(
              "functions", functions.with("sources", slashes(functions.fields("sources"))));
    }
    for (String part : List.of("data_sources", "http_endpoints", "services")) {
      if (content.members().containsKey(part)) {
        content = content.with(part, Elements.of(Services.normal(content.objects(part))));
      }
    }
    return content;
  }

  /// The same without what is `null`, at the top and right below it.
  static Fields withoutNothing(Fields fields) {
    Map<String, Json> others = new LinkedHashMap<>();
    fields
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof Fields inner) {
                Map<String, Json> kept = new LinkedHashMap<>(inner.members());
                kept.values().removeIf(Nothing.class::isInstance);
                others.put(name, new Fields(kept));
              } else if (!(value instanceof Nothing)) {
                others.put(name, value);
              }
            });
    return new Fields(others);
  }

  /// Paths as the machine of whoever sent them writes them.
  private static Fields slashes(Fields sources) {
    Map<String, Json> byPath = new LinkedHashMap<>();
    sources.members().forEach((path, source) -> byPath.put(path.replace('\\', '/'), source));
    return new Fields(byPath);
  }

  /// Writes the files of a document.
  static void write(AppDocument document, Layout layout, DocumentFiles files) {
    Fields content = document.content();
    String endpoints = endpointsFolder(layout);
    writeRoot(content, layout, files);
    files.common(content);
    Fields auth = content.fields("auth");
    files.jsonIfAny("auth/providers.json", auth.get("providers"));
    files.jsonIfAny("auth/custom_user_data.json", auth.get("custom_user_data"));
    Fields functions = content.fields("functions");
    files.json("functions/config.json", new Elements(functions.elements("config")));
    for (String path : functions.fields("sources").members().keySet()) {
      files.source(path, String.valueOf(functions.fields("sources").text(path)));
    }
    for (Fields source : content.objects("data_sources")) {
      writeDataSource(source, files);
    }
    files.json(
        endpoints + "/config.json", new Elements(content.fields("endpoints").elements("config")));
    files.jsonIfAny(endpoints + "/" + dataApiFile(layout), content.get("data_api_config"));
    Services.write(content.objects("http_endpoints"), endpoints, files);
    Services.write(content.objects("services"), "services", files);
    files.jsonIfAny("sync/config.json", content.fields("sync").get("config"));
    files.jsonIfAny("hosting/config.json", content.get("hosting"));
  }

  private static void writeRoot(Fields content, Layout layout, DocumentFiles files) {
    Fields root = content.without(AppDocument.PARTS.toArray(String[]::new));
    String region = root.text("provider_region");
    String location = root.text("location");
    if (layout == Layout.V20230101) {
      String newer = region == null && location != null ? Regions.ofLocation(location) : region;
      Fields marker =
          Fields.of("config_version", new Numeral(Integer.toString(layout.configVersion())));
      files.json(".mdb/meta.json", marker.withOrWithout("client_app_id", root.get("app_id")));
      root = root.without("app_id", "location");
      root = newer == null ? root : root.with("provider_region", newer);
      files.json(layout.rootFile(), ordered(root));
    } else {
      String older = location == null && region != null ? Regions.locationOf(region) : location;
      root = older == null ? root : root.with("location", older);
      files.json(layout.rootFile(), ordered(versioned(root, layout)));
    }
  }

  static Fields versioned(Fields root, Layout layout) {
    return root.with("config_version", new Numeral(Integer.toString(layout.configVersion())));
  }

  /// In the order in which exports have them.
  static Fields ordered(Fields root) {
    Fields ordered = Fields.none();
    for (String name :
        List.of(
            "config_version",
            "app_id",
            "name",
            "location",
            "provider_region",
            "deployment_model",
            "environment",
            "allowed_request_origins")) {
      ordered = ordered.withOrWithout(name, root.get(name));
    }
    return ordered.and(root);
  }

  private static String endpointsFolder(Layout layout) {
    return layout == Layout.V20230101 ? "https_endpoints" : "http_endpoints";
  }

  private static String dataApiFile(Layout layout) {
    return DATA_API_FILES.get(layout == Layout.V20230101 ? 1 : 0);
  }

  private static void writeDataSource(Fields source, DocumentFiles files) {
    Fields config = source.fields("config");
    String folder = files.folder("data_sources", String.valueOf(config.text("name")));
    files.json(folder + "/config.json", config);
    files.jsonIfAny(folder + "/default_rule.json", source.get("default_rule"));
    for (Fields rule : source.objects("rules")) {
      writeNamespace(rule, folder, files);
    }
  }

  private static void writeNamespace(Fields rule, String dataSource, DocumentFiles files) {
    String database = textOf(rule, "database");
    String collection = textOf(rule, "collection");
    String folder = files.folderOnce(dataSource, database);
    String place = files.folder(folder, collection);
    Fields rules = rule.without("schema", "relationships");
    Json schema = rule.get("schema");
    boolean isNamedByFolders = place.equals(dataSource + "/" + database + "/" + collection);
    boolean saysNothing = rules.without("database", "collection").isEmpty();
    if (!saysNothing || schema == null || !isNamedByFolders) {
      files.json(place + "/" + RULES, rules);
    }
    files.jsonIfAny(place + "/" + SCHEMA, schema);
    Json relationships = rule.get("relationships");
    // The command line of the original insists on both.
    boolean needed = relationships != null || (schema != null && saysNothing);
    if (needed) {
      files.json(
          place + "/" + RELATIONSHIPS, relationships == null ? Fields.none() : relationships);
    }
  }

  private static String textOf(Fields fields, String name) {
    String text = fields.text(name);
    return text == null ? "" : text;
  }

  /// Reads the content of files.
  static Fields read(BundleFiles files, Layout layout, String rootFile, @Nullable String appId) {
    Fields content = files.objectOrNone(rootFile).without("config_version");
    if (appId != null && content.get("app_id") == null) {
      content = content.with("app_id", appId);
    }
    String endpoints = endpointsFolder(layout);
    String other =
        endpointsFolder(layout == Layout.V20230101 ? Layout.V20210101 : Layout.V20230101);
    endpoints = !files.hasFolder(endpoints) && files.hasFolder(other) ? other : endpoints;
    content = files.readCommon(content);
    Fields auth =
        Fields.none()
            .withOrWithout("custom_user_data", files.object("auth/custom_user_data.json"))
            .withOrWithout("providers", files.object("auth/providers.json"));
    Json configs = files.array("functions/config.json");
    content = auth.isEmpty() ? content : content.with("auth", auth);
    content =
        content.with(
            "functions",
            Fields.none()
                .withOrWithout("config", configs)
                .withOrWithout("sources", files.sources()));
    content = content.with("data_sources", Elements.of(readDataSources(files)));
    Json routes = files.array(endpoints + "/config.json");
    content = routes == null ? content : content.with("endpoints", Fields.of("config", routes));
    content = content.withOrWithout("data_api_config", readDataApi(files, endpoints, layout));
    content =
        content
            .with("http_endpoints", Elements.of(Services.read(files, endpoints)))
            .with("services", Elements.of(Services.read(files, "services")));
    Fields sync = files.object("sync/config.json");
    content = sync == null ? content : content.with("sync", Fields.of("config", sync));
    return content.withOrWithout("hosting", files.object("hosting/config.json"));
  }

  private static @Nullable Fields readDataApi(BundleFiles files, String folder, Layout layout) {
    Fields expected = files.object(folder + "/" + dataApiFile(layout));
    for (String name : DATA_API_FILES) {
      if (expected == null) {
        expected = files.object(folder + "/" + name);
      }
    }
    return expected;
  }

  private static List<Fields> readDataSources(BundleFiles files) {
    List<Fields> sources = new ArrayList<>();
    for (String name : files.folders("data_sources")) {
      String folder = "data_sources/" + name;
      Fields config = files.object(folder + "/config.json");
      if (config != null) {
        Fields source =
            Fields.of("config", BundleFiles.named(config, name))
                .withOrWithout("default_rule", files.object(folder + "/default_rule.json"));
        List<Fields> rules = new ArrayList<>();
        for (String database : files.folders(folder)) {
          for (String collection : files.folders(folder + "/" + database)) {
            rules.add(readNamespace(files, folder, database, collection));
          }
        }
        sources.add(rules.isEmpty() ? source : source.with("rules", Elements.of(rules)));
      }
    }
    return sources;
  }

  private static Fields readNamespace(
      BundleFiles files, String source, String database, String collection) {
    String folder = source + "/" + database + "/" + collection;
    Fields rules = files.object(folder + "/" + RULES);
    Fields schema = files.object(folder + "/" + SCHEMA);
    Fields rule = rules == null ? Fields.none() : rules;
    rule = rule.text("database") == null ? rule.with("database", database) : rule;
    rule = rule.text("collection") == null ? rule.with("collection", collection) : rule;
    // A rule without roles lets nobody in; beside a schema it must not get lost.
    if (rules != null && schema != null && rules.without("database", "collection").isEmpty()) {
      rule = rule.with("roles", new Elements(List.of()));
    }
    return rule.withOrWithout("schema", schema)
        .withOrWithout("relationships", files.object(folder + "/" + RELATIONSHIPS));
  }

  /// The folders that an export has, even when they are empty.
  static List<String> folders(Layout layout) {
    return List.of(
        "data_sources",
        "functions",
        "graphql/custom_resolvers",
        endpointsFolder(layout),
        "services",
        "values");
  }
}
