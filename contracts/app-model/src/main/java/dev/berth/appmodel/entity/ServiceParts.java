package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;

/// The rules or the webhooks of a service. The schema of a collection is no part of its rule.
///
/// @param field of the service
record ServiceParts(String field) implements EntityPlace {

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    return elements(document, owner).stream()
        .filter(ServiceParts::isOne)
        .map(ServiceParts::shown)
        .toList();
  }

  private List<Fields> elements(AppDocument document, String owner) {
    return ServicePlaces.find(document, owner).objects(field);
  }

  /// Where only a schema stands there is no rule.
  private static boolean isOne(Fields element) {
    return element.get("schema") == null
        || !element.without("schema", "relationships", "database", "collection").isEmpty();
  }

  private static Fields shown(Fields element) {
    Json config = element.get("config");
    return config instanceof Fields settings
        ? settings.withOrWithout("source", element.get("source"))
        : element.without("schema", "relationships");
  }

  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    List<Fields> schemas =
        new ArrayList<>(
            elements(document, owner).stream()
                .filter(element -> element.get("schema") != null)
                .map(ServiceParts::schemaAlone)
                .toList());
    List<Fields> elements = new ArrayList<>();
    for (Fields value : values) {
      elements.add(field.equals("rules") ? withSchema(value, schemas) : webhook(value));
    }
    elements.addAll(schemas);
    return ServicePlaces.change(
        document, owner, service -> service.with(field, Elements.of(elements)));
  }

  private static Fields schemaAlone(Fields element) {
    Fields alone = Fields.none();
    for (String name : List.of("database", "collection", "schema", "relationships")) {
      alone = alone.withOrWithout(name, element.get(name));
    }
    return alone;
  }

  /// The rule together with the schema of its collection, which is then no longer on its own.
  private static Fields withSchema(Fields rule, List<Fields> schemas) {
    for (Fields schema : schemas) {
      if (isSame(rule, schema)) {
        schemas.remove(schema);
        return rule.and(schema);
      }
    }
    return rule;
  }

  private static boolean isSame(Fields rule, Fields schema) {
    return String.valueOf(rule.text("database")).equals(schema.text("database"))
        && String.valueOf(rule.text("collection")).equals(schema.text("collection"));
  }

  private static Fields webhook(Fields value) {
    Json source = value.get("source");
    return Fields.of("config", value.without("source"))
        .with("source", source == null ? new Json.Text("") : source);
  }
}
