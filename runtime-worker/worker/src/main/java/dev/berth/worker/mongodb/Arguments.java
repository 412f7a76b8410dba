package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The arguments of one call, read with messages that name the call and the argument.
///
/// `null` and `undefined` count as not given; arguments that nobody asks for are ignored, as app
/// code hands over options of other drivers.
///
/// @param operation the operation they are for
/// @param values by name
record Arguments(String operation, BsonDocument values) {

  /// Takes arguments after a look at how deep they are, so that whatever walks through them can
  /// recurse.
  static Arguments of(String operation, BsonDocument values, int nesting) {
    var arguments = new Arguments(operation, values);
    for (var argument : values.entrySet()) {
      if (isDeeperThan(nesting, argument.getValue())) {
        throw arguments.refused(argument.getKey(), "is nested more than " + nesting + " levels");
      }
    }
    return arguments;
  }

  /// The same operation with other values: a part of a list of operations.
  Arguments inside(String part, BsonDocument inner) {
    return new Arguments(operation + ": " + part, inner);
  }

  boolean has(String name) {
    BsonValue value = values.get(name);
    return value != null && !isAbsent(value);
  }

  BsonValue value(String name) {
    BsonValue value = values.get(name);
    if (value == null || isAbsent(value)) {
      throw refused(name, "is missing");
    }
    return value;
  }

  BsonDocument document(String name) {
    return asDocument(name, value(name));
  }

  @Nullable BsonDocument optionalDocument(String name) {
    return has(name) ? document(name) : null;
  }

  BsonDocument documentOrEmpty(String name) {
    return has(name) ? document(name) : new BsonDocument();
  }

  List<BsonDocument> documents(String name) {
    return asDocuments(name, value(name));
  }

  @Nullable List<BsonDocument> optionalDocuments(String name) {
    return has(name) ? documents(name) : null;
  }

  String text(String name) {
    BsonValue value = value(name);
    if (!value.isString()) {
      throw refused(name, "must be a string");
    }
    return value.asString().getValue();
  }

  boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    BsonValue value = value(name);
    if (!value.isBoolean()) {
      throw refused(name, "must be true or false");
    }
    return value.asBoolean().getValue();
  }

  /// A number of documents or an id; zero when not given.
  int count(String name) {
    if (!has(name)) {
      return 0;
    }
    BsonValue value = value(name);
    if (!value.isNumber()) {
      throw refused(name, "must be a number");
    }
    double number = value.asNumber().doubleValue();
    if (number < 0 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw refused(name, "must be a whole number that is not negative");
    }
    return (int) number;
  }

  GuestServiceException refused(String name, String problem) {
    return new GuestServiceException(
        "InvalidParameter", operation + ": \"" + name + "\" " + problem, null);
  }

  private BsonDocument asDocument(String name, BsonValue value) {
    if (!value.isDocument()) {
      throw refused(name, "must be an object");
    }
    return value.asDocument();
  }

  private List<BsonDocument> asDocuments(String name, BsonValue value) {
    if (!value.isArray()) {
      throw refused(name, "must be an array of objects");
    }
    BsonArray array = value.asArray();
    var documents = new ArrayList<BsonDocument>(array.size());
    for (BsonValue element : array) {
      if (!element.isDocument()) {
        throw refused(name, "must be an array of objects");
      }
      documents.add(element.asDocument());
    }
    return documents;
  }

  private static boolean isAbsent(BsonValue value) {
    return switch (value.getBsonType()) {
      case NULL, UNDEFINED -> true;
      default -> false;
    };
  }

  /// Looks no deeper than the limit, so its own recursion is bounded.
  private static boolean isDeeperThan(int levels, BsonValue value) {
    if (value.isDocument()) {
      return levels == 0
          || value.asDocument().values().stream().anyMatch(part -> isDeeperThan(levels - 1, part));
    }
    if (value.isArray()) {
      return levels == 0
          || value.asArray().stream().anyMatch(part -> isDeeperThan(levels - 1, part));
    }
    return false;
  }
}
