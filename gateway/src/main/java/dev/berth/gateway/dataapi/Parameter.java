package dev.berth.gateway.dataapi;

import dev.berth.gateway.reply.MalformedBodyException;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// A field of the body of an action.
///
/// @param argument what a [dev.berth.invocation.DataOperation] calls it
record Parameter(String name, String argument, Kind kind, boolean required) {

  /// What a field may hold.
  enum Kind {
    OBJECT("an object") {
      @Override
      boolean admits(BsonValue value) {
        return value.isDocument();
      }
    },
    OBJECTS("an array of objects") {
      @Override
      boolean admits(BsonValue value) {
        return value.isArray() && value.asArray().stream().allMatch(BsonValue::isDocument);
      }
    },
    /// Operators, or an aggregation that computes the new document.
    UPDATE("an object or an array of objects") {
      @Override
      boolean admits(BsonValue value) {
        return OBJECT.admits(value) || OBJECTS.admits(value);
      }
    },
    COUNT("a whole number that is not negative") {
      @Override
      boolean admits(BsonValue value) {
        if (!value.isNumber()) {
          return false;
        }
        double number = value.asNumber().doubleValue();
        return number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number);
      }
    },
    FLAG("true or false") {
      @Override
      boolean admits(BsonValue value) {
        return value.isBoolean();
      }
    },
    TEXT("a string") {
      @Override
      boolean admits(BsonValue value) {
        return value.isString();
      }
    };

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    abstract boolean admits(BsonValue value);
  }

  static Parameter required(String name, String argument, Kind kind) {
    return new Parameter(name, argument, kind, true);
  }

  static Parameter optional(String name, String argument, Kind kind) {
    return new Parameter(name, argument, kind, false);
  }

  /// Takes the field from a body, when it is there.
  void read(BsonDocument body, BsonDocument arguments) throws MalformedBodyException {
    BsonValue value = body.get(name);
    if (value == null || value.isNull()) {
      if (required) {
        throw MalformedBodyException.missing(name);
      }
      return;
    }
    if (!kind.admits(value)) {
      throw MalformedBodyException.invalid(name, kind.words);
    }
    arguments.append(argument, value);
  }
}
