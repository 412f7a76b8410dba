package dev.berth.appmodel.directory;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonArray;
import dev.berth.appmodel.json.JsonNode.JsonBoolean;
import dev.berth.appmodel.json.JsonNode.JsonNull;
import dev.berth.appmodel.json.JsonNode.JsonNumber;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Typed access to the fields of one JSON object. What a field must not be becomes a problem that
/// names its place, and reading goes on with what an absent field would mean.
///
/// Fields that nobody asks for are tolerated; `null` is as good as absent.
final class ObjectReader {

  private final JsonObject object;
  private final Reading reading;

  private ObjectReader(JsonObject object, Reading reading) {
    this.object = object;
    this.reading = reading;
  }

  static ObjectReader of(JsonNode node, Reading reading) {
    if (node instanceof JsonObject object) {
      return new ObjectReader(object, reading);
    }
    reading.error(node.place(), "expected an object, found " + node.kind());
    return new ObjectReader(JsonObject.absent(node.place()), reading);
  }

  Place place() {
    return object.place();
  }

  /// Where a field stands, or would stand.
  Place place(String field) {
    JsonNode node = object.fields().get(field);
    return node == null ? object.place().inside(field) : node.place();
  }

  void error(String field, String message) {
    reading.error(place(field), message);
  }

  void warning(String field, String message) {
    reading.warning(place(field), message);
  }

  private @Nullable JsonNode find(String field) {
    JsonNode node = object.fields().get(field);
    return node instanceof JsonNull ? null : node;
  }

  boolean has(String field) {
    return find(field) != null;
  }

  /// The text of a field, or `null` when it is absent or empty.
  @Nullable String text(String field) {
    JsonNode node = find(field);
    if (node == null) {
      return null;
    }
    String text = textOf(node);
    return text == null || text.isEmpty() ? null : text;
  }

  private @Nullable String textOf(JsonNode node) {
    if (node instanceof JsonString string) {
      return reading
          .templates()
          .expand(string.text(), message -> reading.error(node.place(), message));
    }
    reading.error(node.place(), "expected a string, found " + node.kind());
    return null;
  }

  /// The text of a field that must not be absent or empty; `null` after a problem.
  @Nullable String requiredText(String field) {
    String text = text(field);
    if (text == null && (!has(field) || object.fields().get(field) instanceof JsonString)) {
      error(field, "\"" + field + "\" is required and missing or empty");
    }
    return text;
  }

  boolean flag(String field) {
    return flag(field, false);
  }

  boolean flag(String field, boolean absent) {
    return switch (find(field)) {
      case null -> absent;
      case JsonBoolean value -> value.isTrue();
      case JsonNode other -> {
        reading.error(other.place(), "expected true or false, found " + other.kind());
        yield absent;
      }
    };
  }

  /// An integer, which some exports write as a string.
  int integer(String field, int absent) {
    return switch (find(field)) {
      case null -> absent;
      case JsonNumber number when number.text().matches("-?\\d{1,9}") ->
          Integer.parseInt(number.text());
      case JsonString string when string.text().isEmpty() -> absent;
      case JsonString string when string.text().matches("-?\\d{1,9}") ->
          Integer.parseInt(string.text());
      case JsonNode other -> {
        String found = other instanceof JsonNumber number ? number.text() : other.kind();
        reading.error(other.place(), "expected an integer, found " + found);
        yield absent;
      }
    };
  }

  /// The strings of an array; a single string counts as an array of one.
  List<String> texts(String field) {
    return switch (find(field)) {
      case null -> List.of();
      case JsonString string -> {
        String text = textOf(string);
        yield text == null || text.isEmpty() ? List.of() : List.of(text);
      }
      case JsonArray array -> {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array.elements()) {
          String text = textOf(element);
          if (text != null) {
            texts.add(text);
          }
        }
        yield texts;
      }
      case JsonNode other -> {
        reading.error(other.place(), "expected an array of strings, found " + other.kind());
        yield List.of();
      }
    };
  }

  /// The object in a field; an empty one when it is absent.
  ObjectReader object(String field) {
    JsonNode node = find(field);
    return node == null
        ? new ObjectReader(JsonObject.absent(place(field)), reading)
        : of(node, reading);
  }

  List<ObjectReader> objects(String field) {
    return switch (find(field)) {
      case null -> List.of();
      case JsonArray array ->
          array.elements().stream().map(element -> of(element, reading)).toList();
      case JsonNode other -> {
        reading.error(other.place(), "expected an array, found " + other.kind());
        yield List.of();
      }
    };
  }

  /// Every field as an object, by name.
  Map<String, ObjectReader> members() {
    Map<String, ObjectReader> members = new LinkedHashMap<>();
    object.fields().forEach((name, node) -> members.put(name, of(node, reading)));
    return members;
  }

  boolean isEmpty() {
    return object.fields().isEmpty();
  }

  /// What a field's text means, or `null` when it is absent, empty or none of the choices.
  <T> @Nullable T choice(String field, Choices<T> choices) {
    String text = text(field);
    if (text == null) {
      return null;
    }
    T chosen = choices.find(text);
    if (chosen == null) {
      error(field, "found \"" + text + "\"; allowed are " + choices.allowed());
    }
    return chosen;
  }

  <T> T choice(String field, Choices<T> choices, T absent) {
    T chosen = choice(field, choices);
    return chosen == null ? absent : chosen;
  }

  /// What a field's text means; `null` after a problem, which an absent field is too.
  <T> @Nullable T requiredChoice(String field, Choices<T> choices) {
    if (!has(field)) {
      error(field, "\"" + field + "\" is required; allowed are " + choices.allowed());
    }
    return choice(field, choices);
  }

  /// A field as Extended JSON, or `null` when it is absent; a JSON `null` is a BSON null here.
  @Nullable BsonValue bson(String field) {
    JsonNode node = object.fields().get(field);
    return node == null ? null : BsonContent.value(node, reading);
  }

  /// A document; an empty one when the field is absent.
  BsonDocument document(String field) {
    JsonNode node = find(field);
    if (node == null) {
      return new BsonDocument();
    }
    if (node instanceof JsonObject) {
      return BsonContent.document(node, reading);
    }
    reading.error(node.place(), "expected an object, found " + node.kind());
    return new BsonDocument();
  }

  /// A document that has a meaning of its own; an empty one when the field is absent.
  BsonDocument document(String field, LocatedDocument.Kind kind) {
    BsonDocument document = document(field);
    if (find(field) instanceof JsonObject written) {
      reading.references().document(new LocatedDocument(kind, document, written));
    }
    return document;
  }

  /// The whole object as Extended JSON that has a meaning of its own.
  BsonDocument toDocument(LocatedDocument.Kind kind) {
    BsonDocument document = toDocument();
    reading.references().document(new LocatedDocument(kind, document, object));
    return document;
  }

  /// The whole object as Extended JSON.
  BsonDocument toDocument() {
    return BsonContent.document(object, reading);
  }

  /// An expression; an empty document, which is always true, when the field is absent.
  BsonValue expression(String field, ExpressionScope scope) {
    BsonValue expression = expressionOrNull(field, scope);
    return expression == null ? new BsonDocument() : expression;
  }

  /// An expression, or `null` when the field is absent.
  @Nullable BsonValue expressionOrNull(String field, ExpressionScope scope) {
    JsonNode node = find(field);
    BsonValue expression = node == null ? null : BsonContent.expression(node, reading);
    if (node != null && expression != null) {
      reading.references().expression(new LocatedExpression(scope, expression, node));
    }
    return expression;
  }
}
