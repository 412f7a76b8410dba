package dev.berth.ejson;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The keys that make an object a BSON value of another type, each with the shape it demands.
///
/// `$regex` with `$options` is missing on purpose: in what apps send and store it is the query
/// operator.
enum TypeKey {
  OID("$oid", "a string of 24 hex digits", TypedValues::objectId),
  SYMBOL("$symbol", "a string", TypedValues::symbol),
  NUMBER_INT("$numberInt", "a 32-bit integer as a string", TypedValues::int32),
  NUMBER_LONG("$numberLong", "a 64-bit integer as a string", TypedValues::int64),
  NUMBER_DOUBLE(
      "$numberDouble",
      "a number, \"Infinity\", \"-Infinity\" or \"NaN\" as a string",
      TypedValues::float64),
  NUMBER_DECIMAL(
      "$numberDecimal", "a decimal of at most 34 digits as a string", TypedValues::decimal128),
  DATE(
      "$date",
      "an ISO-8601 string with time and offset, or milliseconds as {\"$numberLong\":\"…\"}",
      TypedValues::date),
  BINARY(
      "$binary",
      "{\"base64\":\"…\",\"subType\":\"…\"} with one or two hex digits",
      BinaryValues::binary),
  UUID("$uuid", "a string such as c8edabc3-f738-4ca3-b68d-ab92a91478a3", BinaryValues::uuid),
  CODE("$code", "a string, beside it at most a \"$scope\" document", TypedValues::code),
  TIMESTAMP(
      "$timestamp", "{\"t\":…,\"i\":…} with unsigned 32-bit integers", TypedValues::timestamp),
  REGULAR_EXPRESSION(
      "$regularExpression",
      "{\"pattern\":\"…\",\"options\":\"…\"}",
      TypedValues::regularExpression),
  DB_POINTER("$dbPointer", "{\"$ref\":\"…\",\"$id\":{\"$oid\":\"…\"}}", TypedValues::dbPointer),
  MIN_KEY("$minKey", "1", TypedValues::minKey),
  MAX_KEY("$maxKey", "1", TypedValues::maxKey),
  UNDEFINED("$undefined", "true", TypedValues::undefined);

  private static final Map<String, TypeKey> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TypeKey::key, key -> key));

  private final String key;
  private final String shape;

  /// Every reader is a static method without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<BsonDocument, @Nullable BsonValue> reader;

  TypeKey(String key, String shape, Function<BsonDocument, @Nullable BsonValue> reader) {
    this.key = key;
    this.shape = shape;
    this.reader = reader;
  }

  /// The type a key stands for, or `null` for an ordinary key.
  static @Nullable TypeKey of(String name) {
    return name.startsWith("$") ? BY_KEY.get(name) : null;
  }

  String key() {
    return key;
  }

  /// What the key's value must be, for messages.
  String shape() {
    return shape;
  }

  /// The value that a document with this key stands for, or `null` when it is malformed.
  @Nullable BsonValue read(BsonDocument document) {
    return reader.apply(document);
  }
}
