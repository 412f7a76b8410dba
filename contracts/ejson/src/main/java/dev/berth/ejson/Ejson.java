package dev.berth.ejson;

import org.bson.BsonValue;

/// Extended JSON and plain JSON, as App Services wrote and read them. Pure functions; safe from
/// any thread.
public final class Ejson {

  /// How deep documents and arrays may be nested, in what is read and in what is written.
  ///
  /// MongoDB itself stops at 100. The limit keeps hostile input from exhausting the stack.
  public static final int MAX_DEPTH = 200;

  /// How many values a text may have. Each takes some 80 bytes, and no more than three of a text.
  public static final int MAX_VALUES = 2_000_000;

  private Ejson() {}

  /// Canonical Extended JSON, without blanks: `{"a":{"$numberInt":"1"}}`.
  ///
  /// @throws IllegalArgumentException when the value is nested deeper than [#MAX_DEPTH]
  public static String canonical(BsonValue value) {
    StringBuilder out = new StringBuilder(128);
    new CanonicalWriter(out).write(value, 0);
    return out.toString();
  }

  /// Plain JSON, without blanks: dates as ISO strings, object ids as hex, `Decimal128` as a
  /// string.
  ///
  /// What JSON cannot say: a `NaN` or infinite number becomes `null`; an undefined field is left
  /// out; an undefined element or an undefined value itself becomes `null`.
  ///
  /// @throws IllegalArgumentException when the value is nested deeper than [#MAX_DEPTH]
  public static String plain(BsonValue value) {
    StringBuilder out = new StringBuilder(128);
    new PlainWriter(out).write(value, 0);
    return out.toString();
  }

  /// Reads strict JSON in which Extended JSON (canonical, relaxed or mixed) may occur at any
  /// depth.
  ///
  /// A raw number with a decimal point or exponent is a double; another is the smallest of 32-bit
  /// integer, 64-bit integer and double that holds it. Of a key given twice the last one counts.
  /// An object with a key such as `$oid` is that type and nothing else; keys that name no type,
  /// such as `$set` or `$regex`, are ordinary.
  ///
  /// @throws EjsonParseException with line and column when the text is not JSON, is nested deeper
  ///     than [#MAX_DEPTH], or a known `$type` key has a malformed value
  public static BsonValue parse(String text) throws EjsonParseException {
    return EjsonReader.read(text);
  }
}
