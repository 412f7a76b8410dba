package dev.berth.appmodel.document;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An app without what ties it to one installation: its App ID, the ids of its parts and its own
/// domains.
final class TemplateDocument {

  /// Where ids stand right beside the names of things.
  private static final List<String> LISTS =
      List.of("values", "triggers", "log_forwarders", "data_sources", "http_endpoints", "services");

  private static final Json NOTHING = new Json.Nothing();

  private TemplateDocument() {}

  static AppDocument of(AppDocument document) {
    Fields content = document.content().without("app_id");
    for (String part : LISTS) {
      if (content.get(part) != null) {
        content = content.with(part, withoutIds(content.members().getOrDefault(part, NOTHING)));
      }
    }
    for (String part : List.of("auth", "functions", "endpoints", "graphql")) {
      if (content.get(part) instanceof Fields fields) {
        content = content.with(part, withoutIdsInside(fields));
      }
    }
    if (content.get("hosting") instanceof Fields hosting) {
      content = content.with("hosting", hosting.without("custom_domain", "app_default_domain"));
    }
    return document.with(content);
  }

  /// The sources of functions are no things with ids.
  private static Fields withoutIdsInside(Fields part) {
    Map<String, Json> others = new LinkedHashMap<>();
    part.members()
        .forEach(
            (name, value) -> {
              boolean isByName = name.equals("providers") || name.equals("sources");
              others.put(name, isByName ? eachWithoutId(value) : withoutIds(value));
            });
    return new Fields(others);
  }

  private static Json eachWithoutId(Json byName) {
    if (!(byName instanceof Fields fields)) {
      return byName;
    }
    Map<String, Json> others = new LinkedHashMap<>();
    fields.members().forEach((name, value) -> others.put(name, withoutIds(value)));
    return new Fields(others);
  }

  /// Goes down to the things of a service, and no further: what they hold is theirs.
  private static Json withoutIds(Json value) {
    return switch (value) {
      case Elements(var values) ->
          new Elements(values.stream().map(TemplateDocument::withoutIds).toList());
      case Fields fields -> {
        Fields others = fields.without("id", "_id");
        for (String inner : List.of("default_rule", "rules", "incoming_webhooks")) {
          Json found = others.get(inner);
          others = found == null ? others : others.with(inner, withoutIds(found));
        }
        others =
            others.get("config") instanceof Fields config
                ? others.with("config", config.without("id", "_id"))
                : others;
        yield others;
      }
      case Json other -> other;
    };
  }
}
