package dev.berth.appmodel.json;

import dev.berth.appmodel.json.JsonNode.JsonArray;
import dev.berth.appmodel.json.JsonNode.JsonBoolean;
import dev.berth.appmodel.json.JsonNode.JsonNull;
import dev.berth.appmodel.json.JsonNode.JsonNumber;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value, without the place where it stood. Immutable. Equal when it means the same: the
/// order of fields and the spelling of numbers do not count, the order of elements does.
public sealed interface Json {

  /// An object, its fields in order.
  record Fields(Map<String, Json> members) implements Json {

    private static final Fields NONE = new Fields(Map.of());

    public Fields {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static Fields none() {
      return NONE;
    }

    /// An object of one field.
    public static Fields of(String name, Json value) {
      return new Fields(Map.of(name, value));
    }

    public boolean isEmpty() {
      return members.isEmpty();
    }

    /// A field; `null` when it is absent or the JSON `null`.
    public @Nullable Json get(String name) {
      Json value = members.get(name);
      return value instanceof Nothing ? null : value;
    }

    /// A field that is a string; `null` when it is anything else.
    public @Nullable String text(String name) {
      return members.get(name) instanceof Text(var text) ? text : null;
    }

    /// Whether a field is `true`.
    public boolean isTrue(String name) {
      return members.get(name) instanceof Truth(var isTrue) && isTrue;
    }

    /// A field that is an object; an empty one when it is anything else.
    public Fields fields(String name) {
      return members.get(name) instanceof Fields fields ? fields : NONE;
    }

    /// The elements of a field that is an array; none when it is anything else.
    public List<Json> elements(String name) {
      return members.get(name) instanceof Elements(var values) ? values : List.of();
    }

    /// The objects among the elements of a field.
    public List<Fields> objects(String name) {
      return elements(name).stream()
          .filter(Fields.class::isInstance)
          .map(Fields.class::cast)
          .toList();
    }

    /// The same with one field set, in its place when it was there and else as the last.
    public Fields with(String name, Json value) {
      Map<String, Json> others = new LinkedHashMap<>(members);
      others.put(name, value);
      return new Fields(others);
    }

    /// The same with one field set to a string.
    public Fields with(String name, String text) {
      return with(name, new Text(text));
    }

    /// The same with one field set, or without it when there is no value.
    public Fields withOrWithout(String name, @Nullable Json value) {
      return value == null ? without(name) : with(name, value);
    }

    /// The same without some fields.
    public Fields without(String... names) {
      Map<String, Json> others = new LinkedHashMap<>(members);
      others.keySet().removeAll(List.of(names));
      return new Fields(others);
    }

    /// The same with all fields of another object, which count where both have one.
    public Fields and(Fields more) {
      Map<String, Json> all = new LinkedHashMap<>(members);
      all.putAll(more.members);
      return new Fields(all);
    }
  }

  /// An array.
  record Elements(List<Json> values) implements Json {

    public Elements {
      values = List.copyOf(values);
    }

    public static Elements of(List<? extends Json> values) {
      return new Elements(List.copyOf(values));
    }
  }

  /// A string, without its quotes and escapes.
  record Text(String text) implements Json {}

  /// A number, as it is spelt.
  record Numeral(String spelling) implements Json {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Numeral(var otherSpelling)
          && (spelling.equals(otherSpelling) || isSame(spelling, otherSpelling));
    }

    private static boolean isSame(String one, String other) {
      try {
        return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
      } catch (NumberFormatException tooLarge) {
        return false;
      }
    }

    @Override
    public int hashCode() {
      return Double.hashCode(Double.parseDouble(spelling) + 0.0);
    }
  }

  /// `true` or `false`.
  record Truth(boolean isTrue) implements Json {}

  /// `null`.
  record Nothing() implements Json {}

  /// What a value of a file says.
  static Json of(JsonNode node) {
    return switch (node) {
      case JsonObject object -> of(object);
      case JsonArray array -> {
        List<Json> values = new ArrayList<>();
        array.elements().forEach(element -> values.add(of(element)));
        yield new Elements(values);
      }
      case JsonString string -> new Text(string.text());
      case JsonNumber number -> new Numeral(number.text());
      case JsonBoolean truth -> new Truth(truth.isTrue());
      case JsonNull _ -> new Nothing();
    };
  }

  /// What an object of a file says.
  static Fields of(JsonObject object) {
    Map<String, Json> members = new LinkedHashMap<>();
    object.fields().forEach((name, node) -> members.put(name, of(node)));
    return new Fields(members);
  }
}
