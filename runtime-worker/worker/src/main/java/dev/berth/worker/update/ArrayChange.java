package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The operators that add elements to arrays that are sets, and take elements away.
sealed interface ArrayChange extends FieldChange {

  /// `$addToSet`.
  record AddToSet(List<BsonValue> added) implements ArrayChange {

    static AddToSet parse(BsonValue operand) {
      if (!(operand instanceof BsonDocument document) || !document.containsKey("$each")) {
        return new AddToSet(List.of(operand));
      }
      if (!document.getFirstKey().equals("$each") || document.size() > 1) {
        throw UpdateRefused.badValue("Found unexpected fields after $each in $addToSet");
      }
      if (!(document.get("$each") instanceof BsonArray each)) {
        throw UpdateRefused.mismatch(
            "The argument to $each in $addToSet must be an array but it was of type: "
                + FieldChange.typeName(document.values().iterator().next()));
      }
      return new AddToSet(each);
    }

    @Override
    public BsonValue of(@Nullable BsonValue current, Place place) {
      if (current != null && !current.isArray()) {
        throw UpdateRefused.badValue(
            "Cannot apply $addToSet to non-array field. Field named '"
                + place.path()
                + "' has non-array type "
                + FieldChange.typeName(current));
      }
      BsonArray before = current == null ? new BsonArray() : current.asArray();
      BsonArray after = new BsonArray(before);
      for (BsonValue value : added) {
        if (after.stream().noneMatch(element -> place.order().same(element, value))) {
          after.add(value);
        }
      }
      return current != null && after.size() == before.size() ? current : after;
    }
  }

  /// `$pop`.
  record Pop(boolean takesFirst) implements ArrayChange {

    static Pop parse(BsonValue operand) {
      double side = operand instanceof BsonNumber number ? number.doubleValue() : 0;
      if (side != 1 && side != -1) {
        throw UpdateRefused.unparsable("$pop expects 1 or -1");
      }
      return new Pop(side == -1);
    }

    @Override
    public @Nullable BsonValue of(@Nullable BsonValue current, Place place) {
      if (current == null) {
        return null;
      }
      if (!current.isArray()) {
        throw UpdateRefused.mismatch(
            "Path '"
                + place.path()
                + "' contains an element of non-array type '"
                + FieldChange.typeName(current)
                + "'");
      }
      BsonArray array = current.asArray();
      if (array.isEmpty()) {
        return array;
      }
      return new BsonArray(
          takesFirst ? array.subList(1, array.size()) : array.subList(0, array.size() - 1));
    }

    @Override
    public boolean creates() {
      return false;
    }
  }

  /// `$pull` and `$pullAll`.
  ///
  /// @param taken which elements are taken away
  record Pull(String operator, Taken taken) implements ArrayChange {

    /// Which elements are taken away.
    interface Taken {

      boolean includes(BsonValue element, Effort effort);
    }

    static Pull where(BsonValue operand) {
      Condition condition = Condition.element(operand);
      return new Pull(
          "$pull", (element, effort) -> condition.matches(element, new Matching(effort)));
    }

    static Pull all(BsonValue operand) {
      if (!(operand instanceof BsonArray values)) {
        throw UpdateRefused.badValue(
            "$pullAll requires an array argument but was given a " + FieldChange.typeName(operand));
      }
      return new Pull(
          "$pullAll",
          (element, effort) -> {
            var order = new BsonOrder(effort);
            return values.stream().anyMatch(value -> order.same(element, value));
          });
    }

    @Override
    public @Nullable BsonValue of(@Nullable BsonValue current, Place place) {
      if (current == null) {
        return null;
      }
      if (!current.isArray()) {
        throw UpdateRefused.badValue("Cannot apply " + operator + " to a non-array value");
      }
      List<BsonValue> left = new ArrayList<>();
      for (BsonValue element : current.asArray()) {
        if (!taken.includes(element, place.effort())) {
          left.add(element);
        }
      }
      return left.size() == current.asArray().size() ? current : new BsonArray(left);
    }

    @Override
    public boolean creates() {
      return false;
    }
  }
}
