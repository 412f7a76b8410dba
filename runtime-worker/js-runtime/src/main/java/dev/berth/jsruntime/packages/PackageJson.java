package dev.berth.jsruntime.packages;

import dev.berth.jsruntime.wire.WireException;
import dev.berth.jsruntime.wire.WireReader;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What a `package.json` says about loading its package.
///
/// @param name empty when it says none
/// @param main the file to start with; `null` when it says none
/// @param exports what others may require; `null` when they may require every file
/// @param imports what its own files may require with `#`
/// @param browser the file for browsers; `null` when it says none
/// @param isModule whether its `.js` files are ES modules
record PackageJson(
    String name,
    @Nullable String main,
    @Nullable BsonValue exports,
    @Nullable BsonValue imports,
    @Nullable String browser,
    boolean isModule) {

  /// Longer ones count as empty.
  private static final int MOST_CHARACTERS = 1 << 20;

  /// What is said where there is no such file, or none that can be read.
  static final PackageJson EMPTY = new PackageJson("", null, null, null, null, false);

  static PackageJson parse(String text) {
    String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (json.length() > MOST_CHARACTERS) {
      return EMPTY;
    }
    try {
      return WireReader.read(json) instanceof BsonDocument fields ? of(fields) : EMPTY;
    } catch (WireException _) {
      return EMPTY;
    }
  }

  private static PackageJson of(BsonDocument fields) {
    String name = string(fields, "name");
    BsonValue exports = fields.get("exports");
    return new PackageJson(
        name == null ? "" : name,
        string(fields, "main"),
        exports == null || exports.isNull() ? null : exports,
        fields.get("imports"),
        string(fields, "browser"),
        "module".equals(string(fields, "type")));
  }

  private static @Nullable String string(BsonDocument fields, String name) {
    BsonValue value = fields.get(name);
    return value != null && value.isString() ? value.asString().getValue() : null;
  }
}
