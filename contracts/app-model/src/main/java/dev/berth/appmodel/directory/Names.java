package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.Place;
import java.util.regex.Pattern;

/// What the things of an app may be called.
enum Names {
  APP("[A-Za-z][A-Za-z0-9_-]{0,31}", "1 to 32 letters, digits, \"_\" or \"-\", the first a letter"),
  VALUE(
      "[A-Za-z0-9][A-Za-z0-9_-]{0,63}",
      "1 to 64 letters, digits, \"_\" or \"-\", the first a letter or digit"),
  SERVICE("[A-Za-z0-9_-]{1,64}", "1 to 64 letters, digits, \"_\" or \"-\""),
  FUNCTION(
      "[^/\\\\:\\x00-\\x1f]+(/[^/\\\\:\\x00-\\x1f]+)*",
      "a path of names separated by \"/\", without \"\\\" and \":\""),
  TRIGGER(".{1,64}", "1 to 64 characters"),
  ROLE(".{1,100}", "1 to 100 characters");

  private final Pattern pattern;
  private final String allowed;

  Names(String pattern, String allowed) {
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    this.allowed = allowed;
  }

  boolean allows(String name) {
    return pattern.matcher(name).matches();
  }

  /// Reports a name that is not allowed.
  void check(String name, Place place, Reading reading) {
    if (!allows(name)) {
      reading.error(place, "found the name \"" + name + "\"; allowed are " + allowed);
    }
  }
}
