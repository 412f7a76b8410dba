package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.List;

/// A list that is a part of the document, or a field of one.
///
/// @param field empty when the part itself is the list
record ListPlace(String part, String field) implements EntityPlace {

  ListPlace(String part) {
    this(part, "");
  }

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    return field.isEmpty()
        ? document.content().objects(part)
        : document.content().fields(part).objects(field);
  }

  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    Elements list = Elements.of(values);
    return field.isEmpty()
        ? document.with(part, list)
        : document.with(part, document.content().fields(part).with(field, list));
  }
}
