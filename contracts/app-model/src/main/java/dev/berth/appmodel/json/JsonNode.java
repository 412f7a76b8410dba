package dev.berth.appmodel.json;

import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;

/// One value of a JSON file, and where it stands.
public sealed interface JsonNode {

  Place place();

  /// What it is, with an article, for messages: `an object`, `a number`.
  String kind();

  /// The characters of the file that spell this value.
  Span span();

  /// The value read as Extended JSON.
  ///
  /// @throws EjsonParseException with line and column in the file, when a known `$type` key has a
  ///     malformed value
  default BsonValue toBson() throws EjsonParseException {
    return span().parse(place());
  }

  /// Fields in the order of the file; of a name given twice the last value counts.
  record JsonObject(Place place, Span span, Map<String, JsonNode> fields) implements JsonNode {

    public JsonObject {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// An object that is not in the file, standing where it could be.
    public static JsonObject absent(Place place) {
      return new JsonObject(place, new Span("{}", 0, 2), Map.of());
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /// Elements in the order of the file.
  record JsonArray(Place place, Span span, List<JsonNode> elements) implements JsonNode {

    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public String kind() {
      return "an array";
    }
  }

  /// A string, without its quotes and escapes.
  record JsonString(Place place, Span span, String text) implements JsonNode {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /// A number, as it is spelt.
  record JsonNumber(Place place, Span span, String text) implements JsonNode {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /// `true` or `false`.
  record JsonBoolean(Place place, Span span, boolean isTrue) implements JsonNode {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /// `null`.
  record JsonNull(Place place, Span span) implements JsonNode {
    @Override
    public String kind() {
      return "null";
    }
  }

  /// A range of the file's text; the text is shared, not copied.
  record Span(String document, int start, int end) {

    BsonValue parse(Place place) throws EjsonParseException {
      try {
        return Ejson.parse(document.substring(start, end));
      } catch (EjsonParseException fault) {
        int line = place.line() + fault.line() - 1;
        throw new EjsonParseException(String.valueOf(fault.getMessage()), line, fault.column());
      }
    }

    @Override
    public String toString() {
      return "Span[" + start + ".." + end + "]";
    }
  }
}
