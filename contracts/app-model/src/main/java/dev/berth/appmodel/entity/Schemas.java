package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;

/// The schemas of collections, which stand beside their rules in the data sources.
record Schemas() implements EntityPlace {

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    List<Fields> schemas = new ArrayList<>();
    for (Fields source : document.content().objects("data_sources")) {
      for (Fields rule : source.objects("rules")) {
        if (rule.get("schema") != null) {
          Fields metadata =
              Fields.none()
                  .with("data_source", ServicePlaces.nameOf(source))
                  .withOrWithout("database", rule.get("database"))
                  .withOrWithout("collection", rule.get("collection"));
          schemas.add(
              Fields.of("metadata", metadata)
                  .with("schema", rule.fields("schema"))
                  .with("relationships", rule.fields("relationships")));
        }
      }
    }
    return schemas;
  }

  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    AppDocument written = withoutAny(document);
    for (Fields value : values) {
      Fields metadata = value.fields("metadata");
      String source = String.valueOf(metadata.text("data_source"));
      written = ServicePlaces.change(written, source, service -> with(service, metadata, value));
    }
    return written;
  }

  private static AppDocument withoutAny(AppDocument document) {
    List<Fields> sources = new ArrayList<>();
    for (Fields source : document.content().objects("data_sources")) {
      List<Fields> rules = new ArrayList<>();
      for (Fields rule : source.objects("rules")) {
        boolean isRule =
            rule.get("schema") == null
                || !rule.without("schema", "relationships", "database", "collection").isEmpty();
        if (isRule) {
          rules.add(rule.without("schema", "relationships"));
        }
      }
      sources.add(source.with("rules", Elements.of(rules)));
    }
    return document.with("data_sources", Elements.of(sources));
  }

  private static Fields with(Fields source, Fields metadata, Fields schema) {
    Fields parts =
        Fields.none()
            .with("schema", schema.fields("schema"))
            .with("relationships", schema.fields("relationships"));
    List<Fields> rules = new ArrayList<>(source.objects("rules"));
    for (int i = 0; i < rules.size(); i++) {
      Fields rule = rules.get(i);
      if (String.valueOf(rule.text("database")).equals(metadata.text("database"))
          && String.valueOf(rule.text("collection")).equals(metadata.text("collection"))) {
        rules.set(i, rule.and(parts));
        return source.with("rules", Elements.of(rules));
      }
    }
    rules.add(metadata.without("data_source").and(parts));
    return source.with("rules", Elements.of(rules));
  }
}
