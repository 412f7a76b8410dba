package dev.berth.appmodel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.appmodel.json.JsonNode.JsonArray;
import dev.berth.appmodel.json.JsonNode.JsonBoolean;
import dev.berth.appmodel.json.JsonNode.JsonNull;
import dev.berth.appmodel.json.JsonNode.JsonNumber;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.appmodel.json.JsonNode.Span;
import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a JSON file into a tree of located values.
public final class LocatedJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final String text;
  /// Each takes memory many times its text: two bytes of `0,` are a hundred.
  private static final int MOST_VALUES = 1_000_000;

  private final JsonParser parser;
  private int values;

  private LocatedJson(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /// Reads the text of a file.
  ///
  /// @param file as places name it
  /// @throws EjsonParseException with line and column, when it is not one strict JSON value or is
  ///     nested deeper than Extended JSON may be
  public static JsonNode parse(String file, String text) throws EjsonParseException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new LocatedJson(text, parser).readWhole(file);
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

  private JsonNode readWhole(String file) throws IOException, EjsonParseException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new EjsonParseException("the file is empty", 1, 1);
    }
    JsonNode value = read(first, Place.of(file).onLine(1), 0);
    if (parser.nextToken() != null) {
      throw fault("unexpected text after the end of the value");
    }
    return value;
  }

  private JsonNode read(JsonToken token, Place parent, int depth)
      throws IOException, EjsonParseException {
    if (++values > MOST_VALUES) {
      throw fault("more than " + MOST_VALUES + " values");
    }
    Place place = parent.onLine(parser.currentTokenLocation().getLineNr());
    int start = (int) parser.currentTokenLocation().getCharOffset();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, JsonNode> fields = readFields(place, deeper(depth));
        yield new JsonObject(place, spanFrom(start), fields);
      }
      case START_ARRAY -> {
        List<JsonNode> elements = readElements(place, deeper(depth));
        yield new JsonArray(place, spanFrom(start), elements);
      }
      case VALUE_STRING -> {
        String content = parser.getText();
        yield new JsonString(place, spanFrom(start), content);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        String spelling = parser.getText();
        yield new JsonNumber(place, new Span(text, start, start + spelling.length()), spelling);
      }
      case VALUE_TRUE -> new JsonBoolean(place, spanFrom(start), true);
      case VALUE_FALSE -> new JsonBoolean(place, spanFrom(start), false);
      case VALUE_NULL -> new JsonNull(place, spanFrom(start));
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("the parser gave " + token + " where a value begins");
    };
  }

  private int deeper(int depth) throws EjsonParseException {
    if (depth >= Ejson.MAX_DEPTH) {
      throw fault("nested deeper than " + Ejson.MAX_DEPTH + " levels");
    }
    return depth + 1;
  }

  private Map<String, JsonNode> readFields(Place place, int depth)
      throws IOException, EjsonParseException {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      fields.put(name, read(parser.nextToken(), place.inside(name), depth));
    }
    return fields;
  }

  private List<JsonNode> readElements(Place place, int depth)
      throws IOException, EjsonParseException {
    List<JsonNode> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(read(token, place.inside(Integer.toString(elements.size())), depth));
    }
    return elements;
  }

  private Span spanFrom(int start) {
    return new Span(text, start, (int) parser.currentLocation().getCharOffset());
  }

  private EjsonParseException fault(String message) {
    JsonLocation place = parser.currentTokenLocation();
    return new EjsonParseException(message, place.getLineNr(), place.getColumnNr());
  }
}
