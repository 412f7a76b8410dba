package dev.berth.rules.schema;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonBinarySubType;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A type that a schema can ask for. Numbers of one type are not taken for another one.
enum ValueType {
  OBJECT("object"),
  ARRAY("array"),
  STRING("string"),
  INT("int"),
  LONG("long"),
  DOUBLE("double"),
  DECIMAL("decimal"),
  NUMBER("number"),
  BOOL("bool"),
  BOOLEAN("boolean"),
  DATE("date"),
  TIMESTAMP("timestamp"),
  OBJECT_ID("objectId"),
  UUID("uuid"),
  BIN_DATA("binData"),
  REGEX("regex"),
  NULL("null"),
  MIXED("mixed");

  /// What `type` may say instead of `bsonType`.
  static final List<ValueType> OF_JSON = List.of(OBJECT, ARRAY, NUMBER, BOOLEAN, STRING, NULL);

  static final List<ValueType> OF_BSON = List.of(values());

  private final String spelling;

  ValueType(String spelling) {
    this.spelling = spelling;
  }

  String spelling() {
    return spelling;
  }

  static @Nullable ValueType find(String spelling, List<ValueType> among) {
    return among.stream().filter(type -> type.spelling.equals(spelling)).findFirst().orElse(null);
  }

  static String spellings(List<ValueType> types) {
    return types.stream().map(ValueType::spelling).collect(Collectors.joining(", "));
  }

  boolean isTypeOf(BsonValue value) {
    BsonType type = value.getBsonType();
    return switch (this) {
      case OBJECT -> type == BsonType.DOCUMENT;
      case ARRAY -> type == BsonType.ARRAY;
      case STRING -> type == BsonType.STRING;
      case INT -> type == BsonType.INT32;
      case LONG -> type == BsonType.INT64;
      case DOUBLE -> type == BsonType.DOUBLE;
      case DECIMAL -> type == BsonType.DECIMAL128;
      case NUMBER ->
          Arrays.asList(INT, LONG, DOUBLE, DECIMAL).stream().anyMatch(n -> n.isTypeOf(value));
      case BOOL, BOOLEAN -> type == BsonType.BOOLEAN;
      case DATE -> type == BsonType.DATE_TIME;
      case TIMESTAMP -> type == BsonType.TIMESTAMP;
      case OBJECT_ID -> type == BsonType.OBJECT_ID;
      case UUID -> type == BsonType.BINARY && isUuid(value);
      case BIN_DATA -> type == BsonType.BINARY;
      case REGEX -> type == BsonType.REGULAR_EXPRESSION;
      case NULL -> type == BsonType.NULL;
      case MIXED -> true;
    };
  }

  private static boolean isUuid(BsonValue value) {
    byte subtype = value.asBinary().getType();
    return subtype == BsonBinarySubType.UUID_STANDARD.getValue()
        || subtype == BsonBinarySubType.UUID_LEGACY.getValue();
  }
}
