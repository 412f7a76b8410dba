package dev.berth.appmodel.difference;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.JsonWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A part of an app that is compared as a whole.
///
/// @param settings all of it that is JSON
/// @param source all of it that is code; empty when it has none
record ShownPart(Fields settings, String source) {

  private static final String HIDDEN = "(not shown)";
  private static final int LONGEST_LINE = 500;

  /// Fields that hold a secret themselves, instead of naming one.
  private static final Set<String> SECRETS =
      Set.of(
          "secret",
          "uri",
          "secretAccessKey",
          "auth_token",
          "apiKey",
          "clientSecret",
          "signingKey",
          "signingKeys",
          "password");

  /// Where such fields only name secrets.
  private static final String NAMES = "secret_config";

  /// Every part of a document, by a title for people.
  static Map<String, ShownPart> of(AppDocument document) {
    return new DocumentParts(document).all();
  }

  boolean isNothing() {
    return source.isEmpty() && settings.isEmpty();
  }

  boolean means(ShownPart other) {
    return settings.equals(other.settings) && source.equals(other.source);
  }

  /// What may be shown, line by line.
  String[] lines() {
    String json = settings.isEmpty() ? "" : JsonWriter.pretty(sorted(settings)).stripTrailing();
    String text = json.isEmpty() || source.isEmpty() ? json + source : json + "\n" + source;
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = printable(lines[i]);
    }
    return lines;
  }

  /// Without characters that would do something to a terminal.
  static String printable(String line) {
    StringBuilder printable = new StringBuilder();
    line.codePoints()
        .limit(LONGEST_LINE)
        .forEach(
            c -> printable.appendCodePoint(Character.isISOControl(c) && c != '\t' ? 0xFFFD : c));
    return line.length() > LONGEST_LINE ? printable + "..." : printable.toString();
  }

  private static Json sorted(Json value) {
    return switch (value) {
      case Fields(var members) -> {
        Map<String, Json> sorted = new TreeMap<>();
        members.forEach((name, inner) -> sorted.put(name, shown(name, inner)));
        yield new Fields(sorted);
      }
      case Elements(var values) -> new Elements(values.stream().map(ShownPart::sorted).toList());
      case Json other -> other;
    };
  }

  private static Json shown(String name, Json value) {
    if (name.equals(NAMES)) {
      return value;
    }
    return SECRETS.contains(name) && (value instanceof Text || value instanceof Elements)
        ? new Text(HIDDEN)
        : sorted(value);
  }
}
