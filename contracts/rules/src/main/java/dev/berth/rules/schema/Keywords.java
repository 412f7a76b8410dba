package dev.berth.rules.schema;

import dev.berth.rules.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Reads the keywords of schemas. What a keyword must not be becomes a fault at its place, and
/// reading goes on.
final class Keywords {

  private static final Set<String> KNOWN =
      Set.of(
          "bsonType",
          "type",
          "enum",
          "const",
          "validate",
          "required",
          "properties",
          "patternProperties",
          "additionalProperties",
          "propertyNames",
          "dependencies",
          "minProperties",
          "maxProperties",
          "items",
          "additionalItems",
          "contains",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "allOf",
          "anyOf",
          "oneOf",
          "not",
          "if",
          "then",
          "else",
          "title",
          "description",
          "$schema",
          "$id",
          "id",
          "default",
          "examples",
          "$comment",
          "primaryKey",
          "readOnly");

  private final Deque<String> path = new ArrayDeque<>();
  private final List<Fault> faults = new ArrayList<>();

  List<Fault> faults() {
    return List.copyOf(faults);
  }

  void error(String message) {
    faults.add(new Fault(true, List.copyOf(path), message));
  }

  void warning(String message) {
    faults.add(new Fault(false, List.copyOf(path), message));
  }

  /// A fault of something that stands here.
  void add(Fault fault) {
    List<String> whole = new ArrayList<>(path);
    whole.addAll(fault.path());
    faults.add(new Fault(fault.isError(), whole, fault.message()));
  }

  void checkKnown(BsonDocument schema) {
    for (String keyword : schema.keySet()) {
      if (!KNOWN.contains(keyword)) {
        inside(keyword, () -> warning("the keyword is not known here, so it is not checked"));
      }
    }
  }

  <T> @Nullable T read(
      BsonDocument schema, String keyword, Function<BsonValue, @Nullable T> meaning) {
    BsonValue value = schema.get(keyword);
    if (value == null) {
      return null;
    }
    path.addLast(keyword);
    T read = meaning.apply(value);
    path.removeLast();
    return read;
  }

  private void inside(String step, Runnable read) {
    path.addLast(step);
    read.run();
    path.removeLast();
  }

  void forEach(BsonDocument schema, String keyword, BiConsumer<String, BsonValue> member) {
    read(
        schema,
        keyword,
        value -> {
          if (value instanceof BsonDocument members) {
            members.forEach((name, inner) -> inside(name, () -> member.accept(name, inner)));
          } else {
            error("expected an object");
          }
          return null;
        });
  }

  void forEachElement(BsonDocument schema, String keyword, Consumer<BsonValue> each) {
    read(
        schema,
        keyword,
        value -> {
          if (value instanceof BsonArray elements && !elements.isEmpty()) {
            for (int i = 0; i < elements.size(); i++) {
              BsonValue element = elements.get(i);
              inside(Integer.toString(i), () -> each.accept(element));
            }
          } else {
            error("expected an array with at least one schema");
          }
          return null;
        });
  }

  @Nullable List<BsonValue> valuesOrNull(BsonDocument schema, String keyword) {
    return read(
        schema,
        keyword,
        value -> {
          if (value instanceof BsonArray values) {
            return List.copyOf(values);
          }
          error("expected an array of values");
          return null;
        });
  }

  List<String> texts(BsonValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof BsonArray array && array.stream().allMatch(BsonValue::isString)) {
      array.forEach(text -> texts.add(((BsonString) text).getValue()));
    } else {
      error("expected an array of names");
    }
    return texts;
  }

  @Nullable Boolean flag(BsonValue value) {
    if (value instanceof BsonBoolean flag) {
      return flag.getValue();
    }
    error("expected true or false");
    return null;
  }

  boolean isTrue(BsonDocument schema, String keyword) {
    return schema.get(keyword) instanceof BsonBoolean flag && flag.getValue();
  }

  @Nullable Integer count(BsonDocument schema, String keyword) {
    return read(
        schema,
        keyword,
        value -> {
          double count = value instanceof BsonNumber number ? number.doubleValue() : -1;
          if (count >= 0 && count == Math.rint(count) && count <= Integer.MAX_VALUE) {
            return (int) count;
          }
          error("expected a whole number that is not negative");
          return null;
        });
  }

  @Nullable BsonNumber number(BsonDocument schema, String keyword) {
    return read(
        schema,
        keyword,
        value -> {
          if (value instanceof BsonNumber number) {
            return number;
          }
          error("expected a number");
          return null;
        });
  }

  /// The types that a keyword names, alone or in an array.
  List<ValueType> types(BsonDocument schema, String keyword, List<ValueType> allowed) {
    List<ValueType> types = new ArrayList<>();
    read(
        schema,
        keyword,
        value -> {
          Iterable<BsonValue> names = value instanceof BsonArray array ? array : List.of(value);
          for (BsonValue name : names) {
            ValueType type =
                name instanceof BsonString text ? ValueType.find(text.getValue(), allowed) : null;
            if (type == null) {
              error("unknown type; known are " + ValueType.spellings(allowed));
            } else {
              types.add(type);
            }
          }
          return null;
        });
    return types;
  }
}
