package dev.berth.jsruntime.packages;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The `exports` or `imports` of a package: which of its files a request means, by the rules of
/// Node.js.
///
/// Conditions are tried in three rounds: those of `require`; those of `import`, for packages that
/// have ES modules only; and `browser`, when nothing else is there.
final class ExportsMap {

  private static final List<Set<String>> ROUNDS =
      List.of(
          Set.of("node", "require", "default"),
          Set.of("node", "import", "default"),
          Set.of("browser", "require", "import", "default"));

  private ExportsMap() {}

  /// The target of a request, such as `./lib/a.js`, or `null` when nothing is exported for it.
  ///
  /// @param subpath `.`, `./…`, or `#…` for imports
  static @Nullable String find(BsonValue map, String subpath) {
    for (Set<String> conditions : ROUNDS) {
      String target = find(map, subpath, conditions);
      if (target != null) {
        return target;
      }
    }
    return null;
  }

  private static @Nullable String find(BsonValue map, String subpath, Set<String> conditions) {
    if (!hasSubpaths(map)) {
      return subpath.equals(".") ? target(map, "", conditions) : null;
    }
    BsonDocument entries = map.asDocument();
    BsonValue exact = entries.get(subpath);
    if (exact != null && subpath.indexOf('*') < 0 && !subpath.endsWith("/")) {
      return target(exact, "", conditions);
    }
    String best = null;
    for (String pattern : entries.keySet()) {
      if (matches(pattern, subpath) && (best == null || isMoreSpecific(pattern, best))) {
        best = pattern;
      }
    }
    BsonValue found = best == null ? null : entries.get(best);
    return best == null || found == null ? null : target(found, matched(best, subpath), conditions);
  }

  private static boolean hasSubpaths(BsonValue map) {
    return map.isDocument()
        && map.asDocument().keySet().stream()
            .anyMatch(key -> key.startsWith(".") || key.startsWith("#"));
  }

  /// `./lib/*.js`, or the older `./lib/`.
  private static boolean matches(String pattern, String subpath) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.endsWith("/") && subpath.startsWith(pattern);
    }
    String tail = pattern.substring(star + 1);
    return subpath.length() >= pattern.length()
        && subpath.startsWith(pattern.substring(0, star))
        && subpath.endsWith(tail);
  }

  private static boolean isMoreSpecific(String pattern, String than) {
    int base = baseLength(pattern);
    int otherBase = baseLength(than);
    return base == otherBase ? pattern.length() > than.length() : base > otherBase;
  }

  private static int baseLength(String pattern) {
    int star = pattern.indexOf('*');
    return star < 0 ? pattern.length() : star + 1;
  }

  private static String matched(String pattern, String subpath) {
    int star = pattern.indexOf('*');
    return star < 0
        ? subpath.substring(pattern.length())
        : subpath.substring(star, subpath.length() - (pattern.length() - star - 1));
  }

  private static @Nullable String target(BsonValue value, String match, Set<String> conditions) {
    if (value.isString()) {
      String text = value.asString().getValue();
      return text.endsWith("/") ? text + match : text.replace("*", match);
    }
    if (value.isArray()) {
      for (BsonValue each : value.asArray()) {
        String target = target(each, match, conditions);
        if (target != null) {
          return target;
        }
      }
    }
    if (value.isDocument()) {
      for (Map.Entry<String, BsonValue> entry : value.asDocument().entrySet()) {
        if (conditions.contains(entry.getKey())) {
          String target = target(entry.getValue(), match, conditions);
          if (target != null) {
            return target;
          }
        }
      }
    }
    return null;
  }
}
