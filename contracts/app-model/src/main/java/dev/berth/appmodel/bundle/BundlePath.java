package dev.berth.appmodel.bundle;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the path of a file in a bundle may be.
final class BundlePath {

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
  private static final int LONGEST_QUOTE = 120;

  private BundlePath() {}

  /// What is wrong with a path, or `null` when it leads to below the root on every system.
  static @Nullable String fault(String path) {
    if (path.length() > BundleLimits.PATH_LENGTH) {
      return "the path is longer than " + BundleLimits.PATH_LENGTH + " characters";
    }
    boolean leadsAway =
        path.isEmpty()
            || path.startsWith("/")
            || path.indexOf('\\') >= 0
            || DRIVE.matcher(path).matches()
            || path.chars().anyMatch(Character::isISOControl)
            || !isUnicode(path);
    if (leadsAway || hasOddParts(path)) {
      return "the path is not allowed; allowed are relative paths with \"/\", without \".\","
          + " \"..\", empty parts, \"\\\" and control characters";
    }
    return path.chars().filter(c -> c == '/').count() > BundleLimits.DEPTH
        ? "the path has more than " + BundleLimits.DEPTH + " folders"
        : null;
  }

  private static boolean hasOddParts(String path) {
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /// Half a surrogate pair would become another name when it is written.
  private static boolean isUnicode(String path) {
    return path.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  /// A path that a stranger chose, fit for a terminal.
  static String printable(String path) {
    StringBuilder printable = new StringBuilder();
    path.codePoints()
        .limit(LONGEST_QUOTE)
        .forEach(c -> printable.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c));
    return printable.length() < path.length() ? printable + "..." : printable.toString();
  }
}
