package dev.berth.rules;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// An operator that makes a value of another type.
enum Converter {
  STRING_TO_OID,
  OID_TO_STRING,
  STRING_TO_UUID,
  UUID_TO_STRING;

  private static final int OBJECT_ID_BYTES = 12;
  private static final int UUID_LENGTH = 36;

  /// The converted value, or `null` when the value is not of a form that can be converted.
  @Nullable BsonValue convert(BsonValue value) {
    return switch (this) {
      case STRING_TO_OID -> value instanceof BsonString text ? toObjectId(text.getValue()) : null;
      case OID_TO_STRING ->
          value instanceof BsonObjectId id ? new BsonString(id.getValue().toHexString()) : null;
      case STRING_TO_UUID -> value instanceof BsonString text ? toUuid(text.getValue()) : null;
      case UUID_TO_STRING ->
          value instanceof BsonBinary binary
                  && binary.getType() == BsonBinarySubType.UUID_STANDARD.getValue()
              ? new BsonString(binary.asUuid().toString())
              : null;
    };
  }

  private static @Nullable BsonValue toObjectId(String text) {
    if (ObjectId.isValid(text)) {
      return new BsonObjectId(new ObjectId(text));
    }
    if (text.length() > OBJECT_ID_BYTES) {
      return null;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length == OBJECT_ID_BYTES ? new BsonObjectId(new ObjectId(bytes)) : null;
  }

  private static @Nullable BsonValue toUuid(String text) {
    if (text.length() != UUID_LENGTH) {
      return null;
    }
    try {
      UUID uuid = UUID.fromString(text);
      // The JDK also reads groups of other lengths.
      return uuid.toString().equalsIgnoreCase(text) ? new BsonBinary(uuid) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
