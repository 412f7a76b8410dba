package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json.Fields;
import java.util.List;

/// The rule of a data source for collections that have none of their own; at most one.
record DefaultRules() implements EntityPlace {

  private static final String FIELD = "default_rule";

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    return ServicePlaces.find(document, owner).get(FIELD) instanceof Fields rule
        ? List.of(rule)
        : List.of();
  }

  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    return ServicePlaces.change(
        document,
        owner,
        service -> service.withOrWithout(FIELD, values.isEmpty() ? null : values.getLast()));
  }
}
