package dev.berth.appmodel.difference;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes a document apart into what is compared as a whole: a function with its source, the rule
/// of a collection, an endpoint.
final class DocumentParts {

  private final AppDocument document;
  private final Map<String, ShownPart> parts = new LinkedHashMap<>();

  /// What the last one of several with the same title was numbered.
  private final Map<String, Integer> nextNumbers = new HashMap<>();

  DocumentParts(AppDocument document) {
    this.document = document;
  }

  /// Every part, by a title for people.
  Map<String, ShownPart> all() {
    Fields content = document.content();
    add("app settings", AppDocument.settings(content));
    byName("environment", content.fields("environments"));
    named("value", content.objects("values"));
    named("trigger", content.objects("triggers"));
    named("log forwarder", content.objects("log_forwarders"));
    Fields auth = content.fields("auth");
    byName("auth provider", auth.fields("providers"));
    add("custom user data", auth.fields("custom_user_data"));
    functions(content.fields("functions"));
    for (Fields endpoint : content.fields("endpoints").objects("config")) {
      String method = endpoint.text("http_method");
      add("endpoint " + (method == null ? "*" : method) + " " + endpoint.text("route"), endpoint);
    }
    add("data api", content.fields("data_api_config"));
    services("data source", content.objects("data_sources"));
    services("http service", content.objects("http_endpoints"));
    services("service", content.objects("services"));
    graphql(content.fields("graphql"));
    add("sync", content.fields("sync").fields("config"));
    add("hosting", content.fields("hosting"));
    files(document.files());
    parts.values().removeIf(ShownPart::isNothing);
    return parts;
  }

  private void add(String title, Fields settings) {
    add(title, settings, "");
  }

  private void add(String title, Fields settings, String source) {
    String free = title;
    while (parts.containsKey(free)) {
      free = title + " (" + nextNumbers.merge(title, 2, (number, _) -> number + 1) + ")";
    }
    parts.put(free, new ShownPart(settings, source));
  }

  private void byName(String kind, Fields byName) {
    byName
        .members()
        .forEach(
            (name, value) -> {
              boolean isEmpty = value.equals(Fields.of("values", Fields.none()));
              if (value instanceof Fields fields && !isEmpty) {
                add(kind + " " + name, fields);
              }
            });
  }

  private void named(String kind, List<Fields> values) {
    values.forEach(value -> add(kind + " " + value.text("name"), value));
  }

  private void functions(Fields functions) {
    Map<String, Json> left = new LinkedHashMap<>(functions.fields("sources").members());
    for (Fields config : functions.objects("config")) {
      String name = config.text("name");
      Json source = left.remove(name + ".js");
      add("function " + name, config, source instanceof Text(var text) ? text : "");
    }
    left.forEach(
        (path, source) ->
            add(
                "function source " + path,
                Fields.none(),
                source instanceof Text(var text) ? text : ""));
  }

  private void services(String kind, List<Fields> services) {
    for (Fields service : services) {
      String name = service.fields("config").text("name");
      add(kind + " " + name, service.fields("config"));
      add("default rule of " + name, service.fields("default_rule"));
      for (Fields rule : service.objects("rules")) {
        String database = rule.text("database");
        String about =
            database == null
                ? name + " " + rule.text("name")
                : name + " " + database + "." + rule.text("collection");
        Fields rules = rule.without("schema", "relationships");
        boolean saysNothing = rule.get("schema") != null && rules.members().size() <= 2;
        add("rule of " + about, saysNothing ? Fields.none() : rules);
        add("schema of " + about, rule.fields("schema"));
        add("relationships of " + about, rule.fields("relationships"));
      }
      for (Fields webhook : service.objects("incoming_webhooks")) {
        Fields config = webhook.fields("config");
        String source = webhook.text("source");
        add("webhook of " + name + " " + config.text("name"), config, source == null ? "" : source);
      }
    }
  }

  private void graphql(Fields graphql) {
    add("graphql", graphql.fields("config"));
    add("graphql validation", graphql.fields("validation_settings"));
    for (Fields resolver : graphql.objects("custom_resolvers")) {
      add(
          "custom resolver " + resolver.text("on_type") + "." + resolver.text("field_name"),
          resolver);
    }
  }

  /// Files are told apart by what is in them, which may be no text.
  private void files(AppBundle files) {
    for (String path : files.paths()) {
      AppBundle one = files.without(other -> !other.equals(path));
      add(
          "file " + path,
          Fields.of("bytes", new Json.Numeral(Long.toString(one.bytes())))
              .with("sha256", one.digest()));
    }
  }
}
