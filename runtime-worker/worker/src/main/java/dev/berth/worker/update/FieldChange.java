package dev.berth.worker.update;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What one operator of an update makes of one field.
interface FieldChange {

  /// The value that is to be there; `null` where the field is to be gone.
  ///
  /// @param current `null` where there is none
  /// @param place what the change may know besides
  @Nullable BsonValue of(@Nullable BsonValue current, Place place);

  /// Whether the field, and objects around it, are made where there are none.
  default boolean creates() {
    return true;
  }

  /// Where and when a change happens.
  ///
  /// @param path of the field, dotted
  /// @param nowMillis the time of the update, of which there is only one
  /// @param effort what it may cost
  record Place(String path, long nowMillis, Effort effort) {

    BsonOrder order() {
      return new BsonOrder(effort);
    }
  }

  /// How messages of the database call a type.
  static String typeName(BsonValue value) {
    return switch (value.getBsonType()) {
      case DOUBLE -> "double";
      case STRING -> "string";
      case DOCUMENT -> "object";
      case ARRAY -> "array";
      case BINARY -> "binData";
      case OBJECT_ID -> "objectId";
      case BOOLEAN -> "bool";
      case DATE_TIME -> "date";
      case NULL -> "null";
      case REGULAR_EXPRESSION -> "regex";
      case INT32 -> "int";
      case INT64 -> "long";
      case DECIMAL128 -> "decimal";
      case TIMESTAMP -> "timestamp";
      case MIN_KEY -> "minKey";
      case MAX_KEY -> "maxKey";
      case UNDEFINED, END_OF_DOCUMENT -> "missing";
      case DB_POINTER -> "dbPointer";
      case SYMBOL -> "symbol";
      case JAVASCRIPT, JAVASCRIPT_WITH_SCOPE -> "javascript";
    };
  }
}
