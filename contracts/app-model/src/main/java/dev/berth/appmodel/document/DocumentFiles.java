package dev.berth.appmodel.document;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.bundle.BundleCollector;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files that a document becomes. Names of things become names of files and folders, which
/// differ from each other on every system. For one thread.
final class DocumentFiles {

  private static final int LONGEST_NAME = 100;

  private final BundleCollector collector = new BundleCollector();
  private final Set<String> taken = new HashSet<>();

  void json(String path, Json value) {
    text(path, JsonWriter.pretty(value));
  }

  void jsonIfAny(String path, @Nullable Json value) {
    if (value != null) {
      json(path, value);
    }
  }

  void text(String path, String text) {
    collector.add(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds the source of a function.
  ///
  /// @param path below `functions`, as a stranger wrote it
  void source(String path, String source) {
    String place = "functions/" + path;
    if (!path.endsWith(".js")) {
      collector.error(place, "the source of a function is a file that ends in .js");
    } else if (isHidden(path)) {
      collector.error(place, "no function may lie in node_modules or in a hidden folder");
    } else {
      text(place, source);
    }
  }

  private static boolean isHidden(String path) {
    for (String part : path.split("/", -1)) {
      if (part.equals("node_modules") || (part.startsWith(".") && !part.equals(".."))) {
        return true;
      }
    }
    return false;
  }

  /// Adds the parts that lie in the same files in every layout.
  void common(Fields content) {
    for (Map.Entry<String, Json> entry : content.fields("environments").members().entrySet()) {
      json("environments/" + baseName(entry.getKey()), entry.getValue());
    }
    named(content, "values");
    named(content, "triggers");
    named(content, "log_forwarders");
    Fields graphql = content.fields("graphql");
    jsonIfAny("graphql/config.json", graphql.get("config"));
    jsonIfAny("graphql/validation_settings.json", graphql.get("validation_settings"));
    for (Fields resolver : graphql.objects("custom_resolvers")) {
      String type = String.valueOf(resolver.text("on_type")).toLowerCase(Locale.ROOT);
      String name = type + "_" + resolver.text("field_name");
      json(file("graphql/custom_resolvers", name, ".json"), resolver);
    }
  }

  /// Environments have fixed names; one that is no name of a file is refused as a path.
  private static String baseName(String name) {
    String file = name.endsWith(".json") ? name : name + ".json";
    return file.indexOf('/') >= 0 ? "../" + file : file;
  }

  private void named(Fields content, String part) {
    for (Fields value : content.objects(part)) {
      json(file(part, String.valueOf(value.text("name")), ".json"), value);
    }
  }

  /// A path in a folder for something of a name, which no other gets.
  String file(String folder, String name, String ending) {
    return free(folder, name, ending);
  }

  /// A folder in a folder for something of a name, which no other gets.
  String folder(String parent, String name) {
    return free(parent, name, "");
  }

  /// A folder in a folder, the same whenever it is asked for.
  String folderOnce(String parent, String name) {
    return parent + "/" + clean(name);
  }

  private String free(String folder, String name, String ending) {
    String path = folder + "/" + clean(name) + ending;
    if (!taken.add(path.toLowerCase(Locale.ROOT))) {
      path = folder + "/" + clean(name) + "-" + digest(name) + ending;
      taken.add(path.toLowerCase(Locale.ROOT));
    }
    return path;
  }

  /// The name as a file can have it: names that need no change stay as they are.
  private static String clean(String name) {
    StringBuilder clean = new StringBuilder();
    name.codePoints().limit(LONGEST_NAME).forEach(c -> clean.appendCodePoint(isOdd(c) ? '_' : c));
    boolean isHidden = clean.isEmpty() || clean.charAt(0) == '.';
    boolean isSkipped = clean.toString().equals("node_modules");
    return isHidden || isSkipped ? "_" + clean : clean.toString();
  }

  private static boolean isOdd(int c) {
    return c == '/' || c == '\\' || Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF);
  }

  private static String digest(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Adds files that are in no document.
  void others(AppBundle files) {
    for (String path : files.paths()) {
      byte[] content = files.content(path);
      if (content != null) {
        collector.add(path, content);
      }
    }
  }

  AppBundle.Result finish() {
    return collector.finish();
  }
}
