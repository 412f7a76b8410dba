package dev.berth.worker.update;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an operator of an update works: the parts of a dotted path, among them `$`, `$[]` and
/// `$[name]`.
///
/// @param text as it is written
record FieldPath(String text, List<String> parts) {

  static final String MATCHED = "$";
  static final String ALL = "$[]";

  private static final int MAX_PARTS = 100;
  private static final Pattern FILTERED = Pattern.compile("\\$\\[([^\\]]+)\\]");

  static FieldPath parse(String text) {
    if (text.isEmpty()) {
      throw new UpdateRefused(UpdateRefused.EMPTY_NAME, "An empty update path is not valid.");
    }
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.contains("")) {
      throw new UpdateRefused(
          UpdateRefused.EMPTY_NAME,
          "The update path '" + text + "' contains an empty field name, which is not allowed.");
    }
    if (parts.size() > MAX_PARTS) {
      throw UpdateRefused.badValue("The update path is nested more than 100 levels");
    }
    var path = new FieldPath(text, parts);
    path.check();
    return path;
  }

  private void check() {
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (!part.startsWith("$")) {
        continue;
      }
      if (!isPositional(part)) {
        throw new UpdateRefused(
            UpdateRefused.DOLLAR_PREFIX,
            "The dollar ($) prefixed field '" + part + "' in '" + text + "' is not allowed.");
      }
      if (i == 0) {
        throw UpdateRefused.badValue(
            "Cannot have positional (i.e. '$') element in the first position in path '"
                + text
                + "'");
      }
    }
    if (parts.indexOf(MATCHED) != parts.lastIndexOf(MATCHED)) {
      throw UpdateRefused.badValue(
          "Too many positional (i.e. '$') elements found in path '" + text + "'");
    }
  }

  boolean isDynamic() {
    return parts.stream().anyMatch(FieldPath::isPositional);
  }

  static boolean isPositional(String part) {
    return part.equals(MATCHED) || part.equals(ALL) || FILTERED.matcher(part).matches();
  }

  /// The name of the array filter that a part means; empty when it means none.
  static String filterOf(String part) {
    var matcher = FILTERED.matcher(part);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /// The element of an array that a name means, or `null` when it means none.
  static @Nullable Integer index(String name) {
    boolean isIndex =
        !name.isEmpty()
            && name.length() < 10
            && name.chars().allMatch(c -> c >= '0' && c <= '9')
            && (name.length() == 1 || name.charAt(0) != '0');
    return isIndex ? Integer.valueOf(name) : null;
  }

  /// Numbers by their value, everything else as text.
  static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      Integer one = index(a.get(i));
      Integer other = index(b.get(i));
      int order =
          one != null && other != null ? one.compareTo(other) : a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
