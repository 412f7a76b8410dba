package dev.berth.appmodel.directory;

import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.Environment;
import dev.berth.ejson.Ejson;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Replaces `%(%%environment.values.name)` and its kin in the strings of configuration files,
/// once, when the app is read.
final class Templates {

  private static final Pattern TEMPLATE = Pattern.compile("%\\(%%([^()%]*)\\)");
  private static final String ENVIRONMENT_VALUES = "environment.values.";
  private static final String VALUES = "values.";

  private final @Nullable Environment environment;
  private final Map<String, AppValue> values;

  private Templates(@Nullable Environment environment, Map<String, AppValue> values) {
    this.environment = environment;
    this.values = values;
  }

  /// Leaves templates as they are, for the files that say what templates stand for.
  static Templates none() {
    return new Templates(null, Map.of());
  }

  static Templates of(Environment environment, Map<String, AppValue> values) {
    return new Templates(environment, values);
  }

  /// The text with its templates replaced.
  ///
  /// @param fault gets a message for each template that stands for nothing
  String expand(String text, Consumer<String> fault) {
    if (environment == null || !text.contains("%(%%")) {
      return text;
    }
    return TEMPLATE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(environment, match, fault)));
  }

  /// The value with the templates in all of its strings replaced.
  BsonValue expand(BsonValue value, Consumer<String> fault) {
    return switch (value) {
      case BsonString text -> new BsonString(expand(text.getValue(), fault));
      case BsonDocument document -> {
        BsonDocument expanded = new BsonDocument();
        document.forEach((name, inner) -> expanded.append(name, expand(inner, fault)));
        yield expanded;
      }
      case BsonArray array -> {
        BsonArray expanded = new BsonArray();
        array.forEach(inner -> expanded.add(expand(inner, fault)));
        yield expanded;
      }
      default -> value;
    };
  }

  private String replacement(Environment current, MatchResult match, Consumer<String> fault) {
    String name = match.group(1);
    if (name.equals("environment.tag")) {
      return current.tag();
    }
    BsonValue found = find(current, name);
    if (found == null) {
      fault.accept("the template " + match.group() + " stands for nothing: " + hint(current, name));
      return match.group();
    }
    return found instanceof BsonString text ? text.getValue() : Ejson.plain(found);
  }

  private @Nullable BsonValue find(Environment current, String name) {
    if (name.startsWith(ENVIRONMENT_VALUES)) {
      return current.values().get(name.substring(ENVIRONMENT_VALUES.length()));
    }
    if (name.startsWith(VALUES)
        && values.get(name.substring(VALUES.length())) instanceof AppValue.Plain plain) {
      return plain.value();
    }
    return null;
  }

  private static String hint(Environment current, String name) {
    if (name.startsWith(ENVIRONMENT_VALUES)) {
      String tag = current.tag().isEmpty() ? "no-environment" : current.tag();
      return "environments/" + tag + ".json has no such value";
    }
    return name.startsWith(VALUES)
        ? "there is no such value, or it comes from a secret"
        : "allowed are environment.tag, environment.values.<name> and values.<name>";
  }
}
