package dev.berth.appmodel.document;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The documents without a version in which a whole configuration is pulled and pushed: flatter
/// than those of imports, and with schemas on their own.
public final class PushedDocument {

  private static final List<String> SERVICE_PARTS =
      List.of("default_rule", "rules", "incoming_webhooks");

  private static final List<String> OWN_PARTS =
      List.of(
          "auth_providers",
          "custom_user_data",
          "data_sources",
          "services",
          "https_endpoints",
          "endpoints",
          "functions",
          "schemas",
          "sync",
          "environments");

  private static final String UNTAGGED = "no-environment";

  private PushedDocument() {}

  /// The content of a document that is pushed.
  static Fields toDocument(Fields given, DocumentProblems problems) {
    Fields pushed = SecondGeneration.withoutNothing(given);
    Fields content = pushed.without(OWN_PARTS.toArray(String[]::new));
    Fields auth = Fields.none().withOrWithout("custom_user_data", pushed.get("custom_user_data"));
    Fields providers = FirstGeneration.providers(pushed.objects("auth_providers"));
    auth = providers.isEmpty() ? auth : auth.with("providers", providers);
    content = auth.isEmpty() ? content : content.with("auth", auth);
    content = content.with("functions", functions(pushed.objects("functions")));
    content =
        content.with("endpoints", Fields.of("config", Elements.of(pushed.objects("endpoints"))));
    content = services(content, "data_sources", pushed.objects("data_sources"));
    content = services(content, "http_endpoints", pushed.objects("https_endpoints"));
    content = services(content, "services", pushed.objects("services"));
    content = withSchemas(content, pushed.objects("schemas"), problems);
    content =
        pushed.get("sync") instanceof Fields sync
            ? content.with("sync", Fields.of("config", sync))
            : content;
    Fields environments = environments(pushed.fields("environments"));
    return environments.isEmpty() ? content : content.with("environments", environments);
  }

  private static Fields functions(List<Fields> given) {
    List<Fields> configs = new ArrayList<>();
    Map<String, Json> sources = new LinkedHashMap<>();
    for (Fields function : given) {
      configs.add(function.without("source"));
      Json source = function.get("source");
      if (source != null) {
        sources.put(function.text("name") + ".js", source);
      }
    }
    return Fields.of("config", Elements.of(configs)).with("sources", new Fields(sources));
  }

  private static Fields services(Fields content, String part, List<Fields> given) {
    List<Fields> services = new ArrayList<>();
    for (Fields service : given) {
      Fields nested = Fields.of("config", service.without(SERVICE_PARTS.toArray(String[]::new)));
      for (String name : SERVICE_PARTS) {
        nested = nested.withOrWithout(name, service.get(name));
      }
      services.add(Services.normal(nested));
    }
    return services.isEmpty() ? content : content.with(part, Elements.of(services));
  }

  private static Fields withSchemas(
      Fields content, List<Fields> schemas, DocumentProblems problems) {
    Fields all = content;
    for (int i = 0; i < schemas.size(); i++) {
      Fields metadata = schemas.get(i).fields("metadata");
      Fields parts = schemas.get(i).without("metadata", "_id");
      List<Fields> sources = new ArrayList<>(all.objects("data_sources"));
      boolean found = false;
      for (int s = 0; s < sources.size(); s++) {
        String name = sources.get(s).fields("config").text("name");
        if (name != null && name.equals(metadata.text("data_source"))) {
          sources.set(s, withSchema(sources.get(s), metadata, parts));
          found = true;
        }
      }
      if (!found) {
        problems.error(
            Place.of(ImportDocument.NAME).inside("schemas").inside(Integer.toString(i)),
            "there is no data source named \"" + metadata.text("data_source") + "\"");
      }
      all = found ? all.with("data_sources", Elements.of(sources)) : all;
    }
    return all;
  }

  private static Fields withSchema(Fields source, Fields metadata, Fields parts) {
    List<Fields> rules = new ArrayList<>(source.objects("rules"));
    String database = String.valueOf(metadata.text("database"));
    String collection = String.valueOf(metadata.text("collection"));
    for (int i = 0; i < rules.size(); i++) {
      if (database.equals(rules.get(i).text("database"))
          && collection.equals(rules.get(i).text("collection"))) {
        rules.set(i, rules.get(i).and(parts));
        return source.with("rules", Elements.of(rules));
      }
    }
    rules.add(Fields.none().with("database", database).with("collection", collection).and(parts));
    return source.with("rules", Elements.of(rules));
  }

  /// By tag in an object of their own, or by the names of their files.
  private static Fields environments(Fields given) {
    if (!(given.get("values") instanceof Fields byTag) || given.members().size() > 1) {
      return given;
    }
    Map<String, Json> byFile = new LinkedHashMap<>();
    byTag
        .members()
        .forEach(
            (tag, values) -> {
              String name = tag.equals("none") || tag.isEmpty() ? UNTAGGED : tag;
              byFile.put(name + ".json", Fields.of("values", values));
            });
    return new Fields(byFile);
  }

  /// The document as it is pulled.
  public static Fields of(AppDocument document) {
    Fields content = document.content();
    Fields pulled = content.without(OWN_PARTS.toArray(String[]::new));
    Fields auth = content.fields("auth");
    List<Fields> providers = new ArrayList<>();
    auth.fields("providers")
        .members()
        .forEach(
            (name, provider) -> {
              if (provider instanceof Fields fields) {
                providers.add(BundleFiles.named(fields, name));
              }
            });
    return pulled
        .without("auth", "http_endpoints")
        .with("auth_providers", Elements.of(providers))
        .withOrWithout("custom_user_data", auth.get("custom_user_data"))
        .with("data_sources", Elements.of(flat(content.objects("data_sources"), true)))
        .with("endpoints", new Elements(content.fields("endpoints").elements("config")))
        .with("environments", Fields.of("values", byTag(content.fields("environments"))))
        .with("functions", Elements.of(pulledFunctions(content)))
        .with("https_endpoints", Elements.of(flat(content.objects("http_endpoints"), false)))
        .with("schemas", Elements.of(schemas(content)))
        .with("services", Elements.of(flat(content.objects("services"), false)))
        .withOrWithout("sync", content.fields("sync").get("config"));
  }

  private static List<Fields> flat(List<Fields> services, boolean withoutSchemas) {
    List<Fields> flat = new ArrayList<>();
    for (Fields service : services) {
      Fields all = service.fields("config").and(service.without("config"));
      List<Fields> webhooks =
          all.objects("incoming_webhooks").stream().map(Services::flat).toList();
      all = webhooks.isEmpty() ? all : all.with("incoming_webhooks", Elements.of(webhooks));
      if (withoutSchemas && all.get("rules") != null) {
        List<Fields> rules = new ArrayList<>();
        for (Fields rule : all.objects("rules")) {
          Fields kept = rule.without("schema", "relationships");
          if (kept.members().size() > 2 || rule.get("schema") == null) {
            rules.add(kept);
          }
        }
        all = all.with("rules", Elements.of(rules));
      }
      flat.add(all);
    }
    return flat;
  }

  private static List<Fields> schemas(Fields content) {
    List<Fields> schemas = new ArrayList<>();
    for (Fields source : content.objects("data_sources")) {
      for (Fields rule : source.objects("rules")) {
        Json schema = rule.get("schema");
        if (schema != null) {
          schemas.add(
              Fields.of(
                      "metadata",
                      Fields.none()
                          .withOrWithout("data_source", source.fields("config").get("name"))
                          .withOrWithout("database", rule.get("database"))
                          .withOrWithout("collection", rule.get("collection")))
                  .with("schema", schema)
                  .withOrWithout("relationships", rule.get("relationships")));
        }
      }
    }
    return schemas;
  }

  private static Fields byTag(Fields environments) {
    Map<String, Json> byTag = new LinkedHashMap<>();
    environments
        .members()
        .forEach(
            (file, values) -> {
              String tag = file.endsWith(".json") ? file.substring(0, file.length() - 5) : file;
              if (values instanceof Fields fields) {
                byTag.put(tag.equals(UNTAGGED) ? "none" : tag, fields.fields("values"));
              }
            });
    return new Fields(byTag);
  }

  private static List<Fields> pulledFunctions(Fields content) {
    Fields functions = content.fields("functions");
    Map<String, Json> left = new LinkedHashMap<>(functions.fields("sources").members());
    List<Fields> pulled = new ArrayList<>();
    for (Fields config : functions.objects("config")) {
      Json source = left.remove(config.text("name") + ".js");
      pulled.add(config.with("source", source == null ? new Text("") : source));
    }
    left.forEach(
        (path, source) ->
            pulled.add(
                Fields.none()
                    .with("name", path.substring(0, path.length() - ".js".length()))
                    .with("source", source)));
    return pulled;
  }
}
