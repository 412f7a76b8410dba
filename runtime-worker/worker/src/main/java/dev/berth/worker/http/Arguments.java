package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The arguments of one request, read with messages that name the argument.
///
/// `null` and `undefined` count as not given; arguments that nobody asks for are ignored.
///
/// @param values by name; never trusted
record Arguments(BsonDocument values) {

  @Nullable BsonValue value(String name) {
    BsonValue value = values.get(name);
    return value == null || isAbsent(value) ? null : value;
  }

  @Nullable String text(String name) {
    BsonValue value = value(name);
    if (value == null || value.isString()) {
      return value == null ? null : value.asString().getValue();
    }
    throw refused(name, "must be a string");
  }

  boolean flag(String name) {
    BsonValue value = value(name);
    if (value == null || value.isBoolean()) {
      return value != null && value.asBoolean().getValue();
    }
    throw refused(name, "must be a boolean");
  }

  /// Each name with its values. A single value stands for a list of one.
  Map<String, List<String>> lists(String name) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    document(name)
        .forEach(
            (key, value) -> {
              List<String> texts = new ArrayList<>();
              for (BsonValue item : value.isArray() ? value.asArray() : List.of(value)) {
                texts.add(item(name, item));
              }
              lists.put(key, texts);
            });
    return lists;
  }

  /// Each name with its value.
  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    document(name)
        .forEach(
            (key, value) -> {
              boolean isObject = value.isDocument() && value.asDocument().containsKey("value");
              // A cookie as it came with a response has its value in there.
              texts.put(key, item(name, isObject ? value.asDocument().get("value") : value));
            });
    return texts;
  }

  private BsonDocument document(String name) {
    BsonValue value = value(name);
    if (value == null || value.isDocument()) {
      return value == null ? new BsonDocument() : value.asDocument();
    }
    throw refused(name, "must be an object");
  }

  private String item(String name, @Nullable BsonValue value) {
    return switch (value) {
      case BsonValue text when text.isString() -> text.asString().getValue();
      case BsonValue number when number.isInt32() -> Integer.toString(number.asInt32().getValue());
      case BsonValue number when number.isInt64() -> Long.toString(number.asInt64().getValue());
      case BsonValue number when number.isDouble() -> Double.toString(number.asDouble().getValue());
      case BsonValue flag when flag.isBoolean() -> Boolean.toString(flag.asBoolean().getValue());
      case null, default ->
          throw refused(name, "must be an object whose values are strings or arrays of strings");
    };
  }

  static GuestServiceException refused(String name, String problem) {
    return new GuestServiceException(
        "InvalidParameter", "http request: \"" + name + "\" argument " + problem, null);
  }

  private static boolean isAbsent(BsonValue value) {
    return switch (value.getBsonType()) {
      case NULL, UNDEFINED -> true;
      default -> false;
    };
  }
}
