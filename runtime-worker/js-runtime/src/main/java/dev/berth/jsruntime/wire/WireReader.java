package dev.berth.jsruntime.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/// Reads what a context wrote. The text comes from app code's world: nothing about it is trusted.
///
/// A whole number becomes an `Int32` when it fits, then an `Int64`, then a `Double`; a number
/// with a fraction or an exponent becomes a `Double`.
public final class WireReader {

  private static final String TAG = "\u0000";
  private static final int MAX_DEPTH = 200;

  /// Longer text is no number of 128 bits, and reading it takes time that grows with its square.
  private static final int MAX_DECIMAL_LENGTH = 200;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(400)
                  .build())
          // Names come from documents of any shape: a shared table of them would only grow.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser parser;

  private WireReader(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads one value.
  ///
  /// @throws WireException when the text is not of the wire form
  public static BsonValue read(String text) throws WireException {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      BsonValue value = new WireReader(parser).value();
      if (parser.nextToken() != null) {
        throw new WireException("more than one value");
      }
      return value;
    } catch (IOException e) {
      throw new WireException("the value is nested too deeply or is no data");
    } catch (IllegalArgumentException e) {
      throw new WireException("the value has no BSON form: " + e.getMessage());
    }
  }

  private BsonValue value() throws IOException, WireException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new WireException("no value");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new BsonString(parser.getText());
      case VALUE_NUMBER_INT -> wholeNumber();
      case VALUE_NUMBER_FLOAT -> new BsonDouble(parser.getDoubleValue());
      case VALUE_TRUE -> BsonBoolean.TRUE;
      case VALUE_FALSE -> BsonBoolean.FALSE;
      case VALUE_NULL -> BsonNull.VALUE;
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new WireException("not a value");
    };
  }

  private BsonValue wholeNumber() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> new BsonInt32(parser.getIntValue());
      case LONG -> new BsonInt64(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> new BsonDouble(parser.getDoubleValue());
    };
  }

  private BsonValue array() throws IOException, WireException {
    BsonArray items = new BsonArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return items;
  }

  private BsonValue object() throws IOException, WireException {
    BsonDocument document = new BsonDocument();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(TAG) && document.isEmpty()) {
        return special();
      }
      if (name.indexOf('\0') >= 0) {
        throw new WireException("a field name holds the character U+0000");
      }
      document.put(name, value());
    }
    return document;
  }

  private BsonValue special() throws IOException, WireException {
    String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    if (text.isEmpty() || parser.nextToken() != JsonToken.END_OBJECT) {
      throw new WireException("a field name holds the character U+0000");
    }
    String rest = text.substring(1);
    return switch (text.charAt(0)) {
      case 'o' -> new BsonObjectId(new ObjectId(rest));
      case 'd' -> new BsonDateTime(Long.parseLong(rest));
      case 'i' -> new BsonInt32(Integer.parseInt(rest));
      case 'l' -> new BsonInt64(Long.parseLong(rest));
      case 'f' -> new BsonDouble(Double.parseDouble(rest));
      case 'D' -> decimal(rest);
      case 'b' -> binary(rest);
      case 'r' -> regularExpression(rest);
      case 't' -> timestamp(rest);
      case 'm' -> new BsonMinKey();
      case 'M' -> new BsonMaxKey();
      case 'u' -> new BsonUndefined();
      default -> throw new WireException("a field name holds the character U+0000");
    };
  }

  private static BsonValue decimal(String text) {
    if (text.length() > MAX_DECIMAL_LENGTH) {
      throw new IllegalArgumentException("a decimal number has too many digits");
    }
    try {
      return new BsonDecimal128(Decimal128.parse(text));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a decimal number is out of range", e);
    }
  }

  private static BsonValue binary(String text) {
    if (text.length() < 2) {
      throw new IllegalArgumentException("not a binary");
    }
    byte subType = (byte) HexFormat.fromHexDigits(text, 0, 2);
    return new BsonBinary(subType, Base64.getDecoder().decode(text.substring(2)));
  }

  private static BsonValue regularExpression(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a pattern holds the character U+0000");
    }
    return new BsonRegularExpression(text.substring(slash + 1), text.substring(0, slash));
  }

  private static BsonValue timestamp(String text) {
    int comma = text.indexOf(',');
    if (comma < 0) {
      throw new IllegalArgumentException("not a timestamp");
    }
    return new BsonTimestamp(
        Integer.parseUnsignedInt(text, 0, comma, 10),
        Integer.parseUnsignedInt(text, comma + 1, text.length(), 10));
  }
}
