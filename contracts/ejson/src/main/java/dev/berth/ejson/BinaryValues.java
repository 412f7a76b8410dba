package dev.berth.ejson;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Turns `$binary` and `$uuid` into binary values; answers `null` when it cannot.
final class BinaryValues {

  private static final Pattern SUBTYPE = Pattern.compile("[0-9a-fA-F]{1,2}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  private BinaryValues() {}

  /// `{"$binary":{"base64":…,"subType":…}}`, or the older `{"$binary":"…","$type":"…"}`.
  static @Nullable BsonValue binary(BsonDocument document) {
    if (document.size() == 2) {
      return binary(document.get("$binary"), document.get("$type"));
    }
    return TypedValues.only(document, "$binary") instanceof BsonDocument parts && parts.size() == 2
        ? binary(parts.get("base64"), parts.get("subType"))
        : null;
  }

  private static @Nullable BsonValue binary(
      @Nullable BsonValue base64, @Nullable BsonValue subtype) {
    if (!(base64 instanceof BsonString encoded
        && subtype instanceof BsonString digits
        && SUBTYPE.matcher(digits.getValue()).matches())) {
      return null;
    }
    try {
      return new BsonBinary(
          (byte) Integer.parseInt(digits.getValue(), 16),
          Base64.getDecoder().decode(encoded.getValue()));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  static @Nullable BsonValue uuid(BsonDocument document) {
    String text = TypedValues.onlyString(document, "$uuid");
    if (text == null || !UUID.matcher(text).matches()) {
      return null;
    }
    java.util.UUID id = java.util.UUID.fromString(text);
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return new BsonBinary(BsonBinarySubType.UUID_STANDARD, bytes);
  }
}
