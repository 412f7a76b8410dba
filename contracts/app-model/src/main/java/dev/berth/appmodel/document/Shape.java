package dev.berth.appmodel.document;

import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonArray;
import dev.berth.appmodel.json.JsonNode.JsonNull;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Of which types the parts of a document must be for it to become files. What is inside of the
/// parts is checked when the files are read.
sealed interface Shape {

  /// A string; where it is required, only a source may be empty.
  record Text() implements Shape {}

  /// An object.
  ///
  /// @param fields the shapes of some of its fields; `null` is as good as absent
  /// @param required those of them that must be there
  record Known(Map<String, Shape> fields, Set<String> required) implements Shape {

    static Known of(Map<String, Shape> fields) {
      return new Known(fields, Set.of());
    }
  }

  /// An object with names that its author chose.
  record ByName(Shape each) implements Shape {}

  /// An array.
  record Listed(Shape each) implements Shape {}

  /// Reports what is not of this shape.
  default void check(JsonNode node, DocumentProblems problems) {
    switch (this) {
      case Text() -> {
        if (!(node instanceof JsonString)) {
          problems.error(node.place(), "expected a string, found " + node.kind());
        }
      }
      case Known(var fields, var required) -> {
        if (node instanceof JsonObject object) {
          check(object, fields, required, problems);
        } else {
          problems.error(node.place(), "expected an object, found " + node.kind());
        }
      }
      case ByName(var each) -> {
        if (node instanceof JsonObject object) {
          object.fields().values().stream()
              .filter(value -> !(value instanceof JsonNull))
              .forEach(value -> each.check(value, problems));
        } else {
          problems.error(node.place(), "expected an object, found " + node.kind());
        }
      }
      case Listed(var each) -> {
        if (node instanceof JsonArray array) {
          List<JsonNode> elements = array.elements();
          elements.forEach(value -> each.check(value, problems));
        } else {
          problems.error(node.place(), "expected an array, found " + node.kind());
        }
      }
    }
  }

  private static void check(
      JsonObject object,
      Map<String, Shape> fields,
      Set<String> required,
      DocumentProblems problems) {
    object
        .fields()
        .forEach(
            (name, value) -> {
              Shape shape = fields.get(name);
              if (shape != null && !(value instanceof JsonNull)) {
                shape.check(value, problems);
              }
            });
    for (String name : required.stream().sorted().toList()) {
      JsonNode value = object.fields().get(name);
      if (value == null
          || value instanceof JsonNull
          || (value instanceof JsonString text
              && text.text().isEmpty()
              && !name.equals("source"))) {
        problems.error(
            object.place().inside(name), "\"" + name + "\" is required and missing or empty");
      }
    }
  }
}
