package dev.berth.ejson;

import java.util.regex.Pattern;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// Turns the document of a type key into its value; each method answers `null` when it cannot.
///
/// Nested wrappers have become values already when these run: the `$numberLong` inside a `$date`
/// is a 64-bit integer here.
final class TypedValues {

  private static final Pattern NUMBER = Pattern.compile("-?\\d++(\\.\\d++)?([eE][+-]?\\d++)?");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,32}+");

  /// Far more than 34 digits with every leading zero; keeps a huge one from costing much.
  private static final int LONGEST_DECIMAL = 1000;

  private TypedValues() {}

  static @Nullable BsonValue objectId(BsonDocument document) {
    String text = onlyString(document, "$oid");
    return text != null && text.length() == 24 && ObjectId.isValid(text)
        ? new BsonObjectId(new ObjectId(text))
        : null;
  }

  static @Nullable BsonValue symbol(BsonDocument document) {
    String text = onlyString(document, "$symbol");
    return text == null ? null : new BsonSymbol(text);
  }

  static @Nullable BsonValue int32(BsonDocument document) {
    Long number = integer(onlyString(document, "$numberInt"));
    return number == null || number != (int) (long) number
        ? null
        : new BsonInt32((int) (long) number);
  }

  static @Nullable BsonValue int64(BsonDocument document) {
    Long number = integer(onlyString(document, "$numberLong"));
    return number == null ? null : new BsonInt64(number);
  }

  private static @Nullable Long integer(@Nullable String text) {
    if (text == null || !INTEGER.matcher(text).matches()) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  static @Nullable BsonValue float64(BsonDocument document) {
    String text = onlyString(document, "$numberDouble");
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "NaN" -> new BsonDouble(Double.NaN);
      case "Infinity" -> new BsonDouble(Double.POSITIVE_INFINITY);
      case "-Infinity" -> new BsonDouble(Double.NEGATIVE_INFINITY);
      default -> NUMBER.matcher(text).matches() ? new BsonDouble(Double.parseDouble(text)) : null;
    };
  }

  static @Nullable BsonValue decimal128(BsonDocument document) {
    String text = onlyString(document, "$numberDecimal");
    if (text == null || text.length() > LONGEST_DECIMAL) {
      return null;
    }
    try {
      return new BsonDecimal128(Decimal128.parse(text));
    } catch (NumberFormatException malformed) {
      return null;
    }
  }

  /// A raw number of milliseconds, the form of Extended JSON version 1, is read too.
  static @Nullable BsonValue date(BsonDocument document) {
    return switch (only(document, "$date")) {
      case BsonInt64 millis -> new BsonDateTime(millis.getValue());
      case BsonInt32 millis -> new BsonDateTime(millis.getValue());
      case BsonString text -> {
        Long millis = IsoDate.parse(text.getValue());
        yield millis == null ? null : new BsonDateTime(millis);
      }
      case null, default -> null;
    };
  }

  static @Nullable BsonValue code(BsonDocument document) {
    if (!(document.get("$code") instanceof BsonString code)) {
      return null;
    }
    if (document.size() == 1) {
      return new BsonJavaScript(code.getValue());
    }
    return document.size() == 2 && document.get("$scope") instanceof BsonDocument scope
        ? new BsonJavaScriptWithScope(code.getValue(), scope)
        : null;
  }

  static @Nullable BsonValue timestamp(BsonDocument document) {
    if (!(only(document, "$timestamp") instanceof BsonDocument parts) || parts.size() != 2) {
      return null;
    }
    Long time = unsigned32(parts.get("t"));
    Long increment = unsigned32(parts.get("i"));
    return time == null || increment == null
        ? null
        : new BsonTimestamp(time.intValue(), increment.intValue());
  }

  private static @Nullable Long unsigned32(@Nullable BsonValue value) {
    Long number =
        switch (value) {
          case BsonInt32 small -> Long.valueOf(small.getValue());
          case BsonInt64 large -> Long.valueOf(large.getValue());
          case null, default -> null;
        };
    return number != null && number >= 0 && number <= 0xffff_ffffL ? number : null;
  }

  static @Nullable BsonValue regularExpression(BsonDocument document) {
    return only(document, "$regularExpression") instanceof BsonDocument parts
            && parts.size() == 2
            && parts.get("pattern") instanceof BsonString pattern
            && parts.get("options") instanceof BsonString options
            && (pattern.getValue() + options.getValue()).indexOf('\0') < 0
        ? new BsonRegularExpression(pattern.getValue(), options.getValue())
        : null;
  }

  static @Nullable BsonValue dbPointer(BsonDocument document) {
    return only(document, "$dbPointer") instanceof BsonDocument parts
            && parts.size() == 2
            && parts.get("$ref") instanceof BsonString namespace
            && parts.get("$id") instanceof BsonObjectId id
        ? new BsonDbPointer(namespace.getValue(), id.getValue())
        : null;
  }

  static @Nullable BsonValue minKey(BsonDocument document) {
    return isOne(only(document, "$minKey")) ? new BsonMinKey() : null;
  }

  static @Nullable BsonValue maxKey(BsonDocument document) {
    return isOne(only(document, "$maxKey")) ? new BsonMaxKey() : null;
  }

  private static boolean isOne(@Nullable BsonValue value) {
    return value instanceof BsonInt32 number && number.getValue() == 1;
  }

  static @Nullable BsonValue undefined(BsonDocument document) {
    BsonValue value = only(document, "$undefined");
    return value != null && value.isBoolean() && value.asBoolean().getValue()
        ? new BsonUndefined()
        : null;
  }

  /// The value of the document's only field, or `null` when there are others beside it.
  static @Nullable BsonValue only(BsonDocument document, String key) {
    return document.size() == 1 ? document.get(key) : null;
  }

  static @Nullable String onlyString(BsonDocument document, String key) {
    return only(document, key) instanceof BsonString text ? text.getValue() : null;
  }
}
