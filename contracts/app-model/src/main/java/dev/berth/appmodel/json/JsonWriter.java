package dev.berth.appmodel.json;

import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Nothing;
import dev.berth.appmodel.json.Json.Numeral;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.Json.Truth;
import java.util.Iterator;
import java.util.Map;

/// Writes JSON: one value always in the same way.
public final class JsonWriter {

  private static final String INDENT = "    ";

  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  /// As exported files have it: a line for each field and element, four blanks further in for
  /// each level, and a line feed at the end.
  public static String pretty(Json value) {
    JsonWriter writer = new JsonWriter(true);
    writer.write(value, 0);
    return writer.out.append('\n').toString();
  }

  /// Without any blanks.
  public static String compact(Json value) {
    JsonWriter writer = new JsonWriter(false);
    writer.write(value, 0);
    return writer.out.toString();
  }

  private void write(Json value, int level) {
    switch (value) {
      case Fields(var members) -> writeFields(members, level);
      case Elements(var values) -> {
        out.append('[');
        Iterator<Json> rest = values.iterator();
        while (rest.hasNext()) {
          breakLine(level + 1);
          write(rest.next(), level + 1);
          endOne(rest, level);
        }
        out.append(']');
      }
      case Text(var text) -> writeText(text);
      case Numeral(var spelling) -> out.append(spelling);
      case Truth(var isTrue) -> out.append(isTrue);
      case Nothing() -> out.append("null");
    }
  }

  private void writeFields(Map<String, Json> members, int level) {
    out.append('{');
    Iterator<Map.Entry<String, Json>> rest = members.entrySet().iterator();
    while (rest.hasNext()) {
      Map.Entry<String, Json> field = rest.next();
      breakLine(level + 1);
      writeText(field.getKey());
      out.append(pretty ? ": " : ":");
      write(field.getValue(), level + 1);
      endOne(rest, level);
    }
    out.append('}');
  }

  private void endOne(Iterator<?> rest, int level) {
    if (rest.hasNext()) {
      out.append(',');
    } else {
      breakLine(level);
    }
  }

  private void breakLine(int level) {
    if (pretty) {
      out.append('\n').append(INDENT.repeat(level));
    }
  }

  private void writeText(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // Half a surrogate pair has no bytes in UTF-8.
          if (c < ' ' || (Character.isSurrogate(c) && !isPaired(text, i))) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
