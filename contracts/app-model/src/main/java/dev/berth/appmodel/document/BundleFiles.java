package dev.berth.appmodel.document;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.appmodel.json.Place;
import dev.berth.ejson.EjsonParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the files of a bundle as parts of a document, and remembers which it has read. For one
/// thread.
final class BundleFiles {

  private static final String FUNCTIONS = "functions/";

  private final AppBundle bundle;
  private final DocumentProblems problems;
  private final Set<String> read = new HashSet<>();

  BundleFiles(AppBundle bundle, DocumentProblems problems) {
    this.bundle = bundle;
    this.problems = problems;
  }

  /// A configuration with the name it has, or else that of its folder.
  static Fields named(Fields config, String folder) {
    String name = config.text("name");
    return name == null || name.isEmpty() ? config.with("name", folder) : config;
  }

  boolean hasFolder(String folder) {
    return !bundle.pathsBelow(folder).isEmpty();
  }

  /// The object in a file; `null` when there is no file, or after a problem.
  @Nullable Fields object(String path) {
    Json json = json(path);
    if (json == null || json instanceof Fields) {
      return (Fields) json;
    }
    problems.error(Place.of(path), "expected an object");
    return null;
  }

  /// The object in a file; an empty one when there is none.
  Fields objectOrNone(String path) {
    Fields object = object(path);
    return object == null ? Fields.none() : object;
  }

  /// The array of objects in a file; `null` when there is no file, or after a problem.
  @Nullable Elements array(String path) {
    Json json = json(path);
    if (json instanceof Elements elements
        && elements.values().stream().allMatch(Fields.class::isInstance)) {
      return elements;
    }
    if (json != null) {
      problems.error(Place.of(path), "expected an array of objects");
    }
    return null;
  }

  private @Nullable Json json(String path) {
    String text = text(path);
    if (text == null) {
      return null;
    }
    try {
      JsonNode node = LocatedJson.parse(path, text.startsWith("\uFEFF") ? text.substring(1) : text);
      return Json.of(node);
    } catch (EjsonParseException malformed) {
      problems.error(
          Place.of(path).onLine(malformed.line()),
          "malformed JSON at column " + malformed.column() + ": " + malformed.getMessage());
      return null;
    }
  }

  /// The text of a file; `null` when there is none.
  @Nullable String text(String path) {
    read.add(path);
    return bundle.text(path);
  }

  /// The objects in the JSON files of a folder, each with a name of its own.
  List<Fields> objects(String folder) {
    List<Fields> objects = new ArrayList<>();
    for (String file : jsonFiles(folder)) {
      Fields object = object(file);
      if (object != null) {
        objects.add(object);
      }
    }
    return objects;
  }

  List<String> jsonFiles(String folder) {
    int start = folder.length() + 1;
    return bundle.pathsBelow(folder).stream()
        .filter(path -> path.endsWith(".json") && path.indexOf('/', start) < 0)
        .toList();
  }

  /// The names of the folders in a folder, sorted, without hidden ones.
  SortedSet<String> folders(String folder) {
    int start = folder.length() + 1;
    SortedSet<String> names = new TreeSet<>();
    for (String path : bundle.pathsBelow(folder)) {
      int slash = path.indexOf('/', start);
      if (slash > 0 && path.charAt(start) != '.' && !path.startsWith("node_modules/", start)) {
        names.add(path.substring(start, slash));
      }
    }
    return names;
  }

  /// The sources of functions by path, or `null` when there are none.
  @Nullable Fields sources() {
    Map<String, Json> sources = new LinkedHashMap<>();
    for (String path : bundle.pathsBelow("functions")) {
      if (path.endsWith(".js") && !isHidden(path)) {
        sources.put(path.substring(FUNCTIONS.length()), new Text(String.valueOf(text(path))));
      }
    }
    return sources.isEmpty() ? null : new Fields(sources);
  }

  /// The folders below `functions` that hold a function each, as the older layouts have them.
  SortedSet<String> functionFolders() {
    SortedSet<String> folders = new TreeSet<>();
    for (String path : bundle.pathsBelow("functions")) {
      int last = path.lastIndexOf('/');
      String name = path.substring(last + 1);
      boolean isPart = name.equals("config.json") || name.equals("source.js");
      if (isPart && last > FUNCTIONS.length() && !isHidden(path)) {
        folders.add(path.substring(FUNCTIONS.length(), last));
      }
    }
    return folders;
  }

  private static boolean isHidden(String path) {
    return path.contains("/.") || path.contains("/node_modules/");
  }

  /// The parts that lie in the same files in every layout, added to the content.
  Fields readCommon(Fields content) {
    Fields environments = Fields.none();
    for (String file : jsonFiles("environments")) {
      environments =
          environments.withOrWithout(file.substring(file.indexOf('/') + 1), object(file));
    }
    Fields graphql =
        Fields.none()
            .withOrWithout("config", object("graphql/config.json"))
            .withOrWithout("validation_settings", object("graphql/validation_settings.json"));
    List<Fields> resolvers = objects("graphql/custom_resolvers");
    graphql =
        resolvers.isEmpty() ? graphql : graphql.with("custom_resolvers", Elements.of(resolvers));
    Fields all = environments.isEmpty() ? content : content.with("environments", environments);
    all = graphql.isEmpty() ? all : all.with("graphql", graphql);
    for (String part : List.of("values", "triggers", "log_forwarders")) {
      all = all.with(part, Elements.of(objects(part)));
    }
    return all;
  }

  /// What no document has room for, and an app needs all the same.
  AppBundle others() {
    return bundle.without(
        path ->
            read.contains(path)
                || !(path.startsWith(FUNCTIONS)
                    || path.startsWith("hosting/files/")
                    || path.equals("hosting/metadata.json")));
  }
}
