package dev.berth.controlplane.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a file belongs, by the name that an archive or a folder gives it.
///
/// @param place whether its name is of interest at all
/// @param path relative to `node_modules`, with `/`, without `.` and empty parts; empty unless it
/// is in there
record PackagePath(Place place, String path) {

  private static final String ROOT = "node_modules";
  private static final int LONGEST = 1024;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  enum Place {
    /// In a package.
    INSIDE,
    /// Where npm and others keep things of their own, as in `node_modules/.bin`.
    HIDDEN,
    /// Not below `node_modules`.
    OUTSIDE
  }

  /// What can be done with a file.
  enum Kind {
    /// It can be required.
    CODE,
    /// It would be machine code.
    NATIVE,
    /// It is read by people and tools alone.
    OTHER
  }

  /// Reads the name of an entry.
  ///
  /// @throws RefusedPackagesException when it could lead anywhere else than below where it is
  /// unpacked, on any system
  static PackagePath of(String name) throws RefusedPackagesException {
    if (name.length() > LONGEST) {
      throw new RefusedPackagesException(
          "the path " + RefusedPackagesException.quoted(name) + " is longer than " + LONGEST);
    }
    List<String> parts = parts(name);
    if (parts == null) {
      throw new RefusedPackagesException(
          "the path "
              + RefusedPackagesException.quoted(name)
              + " leads out of node_modules; allowed are relative paths with / and without ..");
    }
    if (parts.isEmpty() || !parts.getFirst().equals(ROOT)) {
      return new PackagePath(Place.OUTSIDE, "");
    }
    boolean hidden = false;
    for (int i = 1; i < parts.size(); i++) {
      // No package may be called like that, so no package is lost.
      hidden |= parts.get(i - 1).equals(ROOT) && parts.get(i).startsWith(".");
    }
    return hidden
        ? new PackagePath(Place.HIDDEN, "")
        : new PackagePath(Place.INSIDE, String.join("/", parts.subList(1, parts.size())));
  }

  private static @Nullable List<String> parts(String name) {
    boolean leadsAway =
        name.startsWith("/")
            || name.indexOf('\\') >= 0
            || DRIVE.matcher(name).matches()
            || name.chars().anyMatch(Character::isISOControl);
    if (leadsAway) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        return null;
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  boolean isInside() {
    return place == Place.INSIDE;
  }

  Kind kind() {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js", "cjs", "mjs", "json" -> Kind.CODE;
      case "node" -> Kind.NATIVE;
      default -> Kind.OTHER;
    };
  }
}
