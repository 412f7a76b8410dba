package dev.berth.worker.update;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// The conditions that `$[name]` in paths of an update refers to.
final class ArrayFilters {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-zA-Z0-9]*");

  private final Map<String, Condition> byName = new HashMap<>();

  private ArrayFilters() {}

  static ArrayFilters parse(List<BsonDocument> filters) {
    var all = new ArrayFilters();
    filters.forEach(all::add);
    return all;
  }

  private void add(BsonDocument filter) {
    Set<String> names = new LinkedHashSet<>();
    collectNames(filter, names);
    if (names.size() != 1) {
      throw UpdateRefused.unparsable(
          "Error parsing array filter :: caused by :: Expected a single top-level field name, found "
              + (names.isEmpty() ? "none" : String.join(" and ", names)));
    }
    String name = names.iterator().next();
    if (!IDENTIFIER.matcher(name).matches()) {
      throw UpdateRefused.badValue(
          "Error parsing array filter :: caused by :: The top-level field name must be an"
              + " alphanumeric string beginning with a lowercase letter, found '"
              + name
              + "'");
    }
    if (byName.put(name, Condition.query(filter)) != null) {
      throw UpdateRefused.unparsable(
          "Found multiple array filters with the same top-level field name " + name);
    }
  }

  private static void collectNames(BsonDocument query, Set<String> names) {
    query.forEach(
        (name, value) -> {
          if (!name.startsWith("$")) {
            names.add(name.split("\\.", -1)[0]);
          } else if (value instanceof BsonArray parts) {
            parts.stream()
                .filter(BsonValue::isDocument)
                .forEach(part -> collectNames(part.asDocument(), names));
          }
        });
  }

  /// Refuses a path that names a filter which is not there.
  void check(FieldPath path) {
    for (String part : path.parts()) {
      String name = FieldPath.filterOf(part);
      if (!name.isEmpty() && !byName.containsKey(name)) {
        throw UpdateRefused.badValue(
            "No array filter found for identifier '" + name + "' in path '" + path.text() + "'");
      }
    }
  }

  /// Refuses filters that no path names.
  void checkUse(Collection<FieldPath> paths) {
    for (String name : byName.keySet()) {
      if (paths.stream().noneMatch(path -> path.parts().contains("$[" + name + "]"))) {
        throw UpdateRefused.unparsable(
            "The array filter for identifier '" + name + "' was not used in the update");
      }
    }
  }

  boolean includes(String name, BsonValue element, Effort effort) {
    Condition condition = byName.get(name);
    return condition != null
        && condition.matches(new BsonDocument(name, element), new Matching(effort));
  }
}
