package dev.berth.worker.update;

import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The operators that put one value in the place of another.
sealed interface ValueChange extends FieldChange {

  /// `$set`, and `$setOnInsert` where a document is inserted.
  record Set(BsonValue value) implements ValueChange {

    @Override
    public BsonValue of(@Nullable BsonValue current, Place place) {
      return value;
    }
  }

  /// `$unset`.
  record Unset() implements ValueChange {

    @Override
    public @Nullable BsonValue of(@Nullable BsonValue current, Place place) {
      return null;
    }

    @Override
    public boolean creates() {
      return false;
    }
  }

  /// `$min` and `$max`, in the order of all types.
  record Extreme(BsonValue value, boolean isLargest) implements ValueChange {

    @Override
    public BsonValue of(@Nullable BsonValue current, Place place) {
      if (current == null) {
        return value;
      }
      int order = place.order().compare(value, current);
      return (isLargest ? order > 0 : order < 0) ? value : current;
    }
  }

  /// `$currentDate`.
  record CurrentDate(boolean isTimestamp) implements ValueChange {

    static CurrentDate parse(BsonValue operand) {
      if (operand instanceof BsonBoolean) {
        return new CurrentDate(false);
      }
      if (operand instanceof BsonDocument document
          && document.size() == 1
          && document.get("$type") instanceof BsonString type) {
        switch (type.getValue()) {
          case "date" -> {
            return new CurrentDate(false);
          }
          case "timestamp" -> {
            return new CurrentDate(true);
          }
          default -> {}
        }
      }
      throw UpdateRefused.badValue(
          "$currentDate takes true, or the '$type' string field: 'date' or 'timestamp'");
    }

    @Override
    public BsonValue of(@Nullable BsonValue current, Place place) {
      return isTimestamp
          ? new BsonTimestamp((int) (place.nowMillis() / 1000), 1)
          : new BsonDateTime(place.nowMillis());
    }
  }

  /// `$inc` and `$mul`.
  record Arithmetic(String operator, BsonNumber operand) implements ValueChange {

    static Arithmetic parse(String operator, BsonValue operand) {
      if (!(operand instanceof BsonNumber number)) {
        String verb = operator.equals("$inc") ? "increment" : "multiply";
        throw UpdateRefused.mismatch(
            "Cannot "
                + verb
                + " with non-numeric argument of type "
                + FieldChange.typeName(operand));
      }
      return new Arithmetic(operator, number);
    }

    @Override
    public BsonValue of(@Nullable BsonValue current, Place place) {
      if (current != null && !current.isNumber()) {
        throw UpdateRefused.mismatch(
            "Cannot apply "
                + operator
                + " to a value of non-numeric type. The document has the field '"
                + place.path()
                + "' of non-numeric type "
                + FieldChange.typeName(current));
      }
      BsonNumber before = current == null ? new BsonInt32(0) : current.asNumber();
      try {
        return operator.equals("$inc")
            ? Numbers.sum(before, operand)
            : Numbers.product(before, operand);
      } catch (ArithmeticException tooLarge) {
        throw UpdateRefused.badValue(
            "Failed to apply "
                + operator
                + " operations to the current value of '"
                + place.path()
                + "': the result is too large");
      }
    }
  }
}
