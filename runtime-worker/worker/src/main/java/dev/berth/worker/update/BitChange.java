package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// `$bit`: arithmetic with the bits of whole numbers.
///
/// @param operations one after the other
record BitChange(List<Operation> operations) implements FieldChange {

  /// One operation with one number.
  record Operation(String name, BsonNumber operand) {

    long apply(long bits) {
      return switch (name) {
        case "and" -> bits & operand.longValue();
        case "or" -> bits | operand.longValue();
        default -> bits ^ operand.longValue();
      };
    }
  }

  static BitChange parse(BsonValue operand) {
    if (!(operand instanceof BsonDocument document) || document.isEmpty()) {
      throw UpdateRefused.badValue(
          "The $bit modifier needs an object such as {\"and\"/\"or\"/\"xor\": <number>}");
    }
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, BsonValue> part : document.entrySet()) {
      if (!List.of("and", "or", "xor").contains(part.getKey())) {
        throw UpdateRefused.badValue(
            "The $bit modifier only supports 'and', 'or', and 'xor', not '"
                + part.getKey()
                + "' which is an unknown operator");
      }
      if (!isWhole(part.getValue())) {
        throw UpdateRefused.badValue(
            "The $bit modifier field must be an Integer(32/64 bit); a '"
                + FieldChange.typeName(part.getValue())
                + "' is not supported here");
      }
      operations.add(new Operation(part.getKey(), part.getValue().asNumber()));
    }
    return new BitChange(operations);
  }

  @Override
  public BsonValue of(@Nullable BsonValue current, Place place) {
    if (current != null && !isWhole(current)) {
      throw UpdateRefused.badValue(
          "Cannot apply $bit to a value of non-integral type. The document has the field '"
              + place.path()
              + "' of non-integer type "
              + FieldChange.typeName(current));
    }
    long bits = current == null ? 0 : current.asNumber().longValue();
    boolean isLong = current instanceof BsonInt64;
    for (Operation operation : operations) {
      bits = operation.apply(bits);
      isLong |= operation.operand().isInt64();
    }
    return isLong ? new BsonInt64(bits) : new BsonInt32((int) bits);
  }

  private static boolean isWhole(BsonValue value) {
    return value.isInt32() || value.isInt64();
  }
}
