package dev.berth.appmodel.document;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Nothing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The services of a document: an object of `config`, `default_rule`, `rules` and
/// `incoming_webhooks` each.
final class Services {

  private static final String WEBHOOKS = "incoming_webhooks";
  private static final Elements NO_ELEMENTS = new Elements(List.of());

  private Services() {}

  /// Services without empty parts, each webhook with its settings in an object of their own.
  static List<Fields> normal(List<Fields> services) {
    return services.stream().map(Services::normal).toList();
  }

  static Fields normal(Fields service) {
    Map<String, Json> parts = new LinkedHashMap<>(service.members());
    parts.values().removeIf(part -> part instanceof Nothing || part.equals(NO_ELEMENTS));
    Fields normal = new Fields(parts);
    List<Fields> webhooks = normal.objects(WEBHOOKS).stream().map(Services::webhook).toList();
    return webhooks.isEmpty() ? normal : normal.with(WEBHOOKS, Elements.of(webhooks));
  }

  private static Fields webhook(Fields given) {
    return given.get("config") == null
        ? Fields.of("config", given.without("source")).withOrWithout("source", given.get("source"))
        : given;
  }

  /// A webhook with its source among its settings.
  static Fields flat(Fields webhook) {
    return webhook.fields("config").withOrWithout("source", webhook.get("source"));
  }

  /// Writes a folder for each service.
  static void write(List<Fields> services, String parent, DocumentFiles files) {
    for (Fields service : services) {
      Fields config = service.fields("config");
      String folder = files.folder(parent, String.valueOf(config.text("name")));
      files.json(folder + "/config.json", config);
      files.jsonIfAny(folder + "/default_rule.json", service.get("default_rule"));
      for (Fields rule : service.objects("rules")) {
        files.json(files.file(folder + "/rules", ruleName(rule), ".json"), rule);
      }
      for (Fields webhook : service.objects(WEBHOOKS)) {
        Fields settings = webhook.fields("config");
        String place = files.folder(folder + "/" + WEBHOOKS, String.valueOf(settings.text("name")));
        files.json(place + "/config.json", settings);
        String source = webhook.text("source");
        files.text(place + "/source.js", source == null ? "" : source);
      }
    }
  }

  /// Rules of databases have no name of their own.
  private static String ruleName(Fields rule) {
    String database = rule.text("database");
    String name = rule.text("name");
    return database != null
        ? database + "." + rule.text("collection")
        : name == null ? "rule" : name;
  }

  /// Reads the services of a folder; folders without a configuration are none.
  static List<Fields> read(BundleFiles files, String parent) {
    List<Fields> services = new ArrayList<>();
    for (String name : files.folders(parent)) {
      String folder = parent + "/" + name;
      Fields config = files.object(folder + "/config.json");
      if (config != null) {
        Fields service =
            Fields.of("config", BundleFiles.named(config, name))
                .withOrWithout("default_rule", files.object(folder + "/default_rule.json"));
        List<Fields> webhooks = readWebhooks(files, folder + "/" + WEBHOOKS);
        List<Fields> rules = files.objects(folder + "/rules");
        service = webhooks.isEmpty() ? service : service.with(WEBHOOKS, Elements.of(webhooks));
        services.add(rules.isEmpty() ? service : service.with("rules", Elements.of(rules)));
      }
    }
    return services;
  }

  private static List<Fields> readWebhooks(BundleFiles files, String parent) {
    List<Fields> webhooks = new ArrayList<>();
    for (String name : files.folders(parent)) {
      Fields config = files.object(parent + "/" + name + "/config.json");
      if (config != null) {
        String source = files.text(parent + "/" + name + "/source.js");
        webhooks.add(
            Fields.of("config", BundleFiles.named(config, name))
                .with("source", source == null ? "" : source));
      }
    }
    return webhooks;
  }
}
