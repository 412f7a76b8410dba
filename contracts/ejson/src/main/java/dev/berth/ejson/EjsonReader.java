package dev.berth.ejson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Reads JSON tokens into BSON values, bottom up: an object is read as a document first, and one
/// with a type key is then turned into the value it stands for.
final class EjsonReader {

  /// A type wrapper may be nested below the deepest document: `{"$date":{"$numberLong":"1"}}`.
  private static final int WRAPPER_DEPTH = 4;

  /// Names are not interned and a crowded symbol table is no error, because the names come from
  /// strangers. Text lengths are the caller's to limit.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Ejson.MAX_DEPTH + 2 * WRAPPER_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private int values;

  private EjsonReader(JsonParser parser) {
    this.parser = parser;
  }

  static BsonValue read(String text) throws EjsonParseException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new EjsonReader(parser).readWhole();
    } catch (JsonProcessingException malformed) {
      throw describe(malformed);
    } catch (IOException impossible) {
      throw new IllegalStateException("a string cannot fail to be read", impossible);
    }
  }

  private static EjsonParseException describe(JsonProcessingException malformed) {
    JsonLocation place = malformed.getLocation();
    String message = String.valueOf(malformed.getOriginalMessage());
    int aside = message.indexOf(" (start marker at");
    return new EjsonParseException(
        aside < 0 ? message : message.substring(0, aside),
        place == null ? 1 : Math.max(1, place.getLineNr()),
        place == null ? 1 : Math.max(1, place.getColumnNr()));
  }

  private BsonValue readWhole() throws IOException, EjsonParseException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new EjsonParseException("the text is empty", 1, 1);
    }
    BsonValue value = readValue(first, 0);
    if (parser.nextToken() != null) {
      throw fault("unexpected text after the end of the value", parser.currentTokenLocation());
    }
    return value;
  }

  private BsonValue readValue(JsonToken token, int depth) throws IOException, EjsonParseException {
    values++;
    if (values > Ejson.MAX_VALUES) {
      throw fault("more than " + Ejson.MAX_VALUES + " values", parser.currentTokenLocation());
    }
    return switch (token) {
      case START_OBJECT -> readObject(depth + 1);
      case START_ARRAY -> readArray(depth + 1);
      case VALUE_STRING -> new BsonString(parser.getText());
      case VALUE_NUMBER_INT -> readInteger();
      case VALUE_NUMBER_FLOAT -> new BsonDouble(parser.getDoubleValue());
      case VALUE_TRUE -> BsonBoolean.TRUE;
      case VALUE_FALSE -> BsonBoolean.FALSE;
      case VALUE_NULL -> BsonNull.VALUE;
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("the parser gave " + token + " where a value begins");
    };
  }

  private BsonValue readInteger() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> new BsonInt32(parser.getIntValue());
      case LONG -> new BsonInt64(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
          new BsonDouble(Double.parseDouble(parser.getText()));
    };
  }

  private BsonValue readArray(int depth) throws IOException, EjsonParseException {
    checkDepth(depth);
    BsonArray array = new BsonArray();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(readValue(token, depth));
    }
    return array;
  }

  private BsonValue readObject(int depth) throws IOException, EjsonParseException {
    BsonDocument document = new BsonDocument();
    TypeKey typeKey = null;
    JsonLocation typePlace = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (name.indexOf('\0') >= 0) {
        throw fault(
            "a field name has a U+0000, which no document can have", parser.currentTokenLocation());
      }
      TypeKey found = TypeKey.of(name);
      if (found != null && typeKey == null) {
        typeKey = found;
        typePlace = parser.currentTokenLocation();
      }
      checkDepth(typeKey == null ? depth : depth - WRAPPER_DEPTH);
      document.append(name, readValue(parser.nextToken(), depth));
    }
    if (typeKey == null || typePlace == null) {
      checkDepth(depth);
      return document;
    }
    return readTyped(typeKey, document, typePlace);
  }

  private static BsonValue readTyped(TypeKey key, BsonDocument document, JsonLocation place)
      throws EjsonParseException {
    BsonValue value = key.read(document);
    if (value == null) {
      throw fault("malformed " + key.key() + ": expected " + key.shape(), place);
    }
    return value;
  }

  private void checkDepth(int depth) throws EjsonParseException {
    if (depth > Ejson.MAX_DEPTH) {
      throw fault(
          "nested deeper than " + Ejson.MAX_DEPTH + " levels", parser.currentTokenLocation());
    }
  }

  private static EjsonParseException fault(String message, @Nullable JsonLocation place) {
    return new EjsonParseException(
        message, place == null ? 1 : place.getLineNr(), place == null ? 1 : place.getColumnNr());
  }
}
