package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// `$push`, with its modifiers.
///
/// @param position where the values go; from the end when negative, at the end when `null`
/// @param sort what the array is sorted by afterwards: 1, -1, or fields with such numbers
/// @param slice how many elements are left then, from the end when negative; `null` for all
record Push(
    List<BsonValue> added,
    @Nullable Integer position,
    @Nullable BsonValue sort,
    @Nullable Integer slice)
    implements FieldChange {

  static Push parse(BsonValue operand) {
    if (!(operand instanceof BsonDocument modifiers) || !modifiers.containsKey("$each")) {
      return new Push(List.of(operand), null, null, null);
    }
    List<BsonValue> added = List.of();
    Integer position = null;
    BsonValue sort = null;
    Integer slice = null;
    for (Map.Entry<String, BsonValue> modifier : modifiers.entrySet()) {
      BsonValue value = modifier.getValue();
      switch (modifier.getKey()) {
        case "$each" -> added = each(value);
        case "$position" -> position = whole("$position", value);
        case "$slice" -> slice = whole("$slice", value);
        case "$sort" -> sort = sort(value);
        default ->
            throw UpdateRefused.badValue("Unrecognized clause in $push: " + modifier.getKey());
      }
    }
    return new Push(added, position, sort, slice);
  }

  private static List<BsonValue> each(BsonValue value) {
    if (!(value instanceof BsonArray array)) {
      throw UpdateRefused.badValue(
          "The argument to $each in $push must be an array but it was of type: "
              + FieldChange.typeName(value));
    }
    return array;
  }

  private static int whole(String modifier, BsonValue value) {
    double number = value instanceof BsonNumber given ? given.doubleValue() : Double.NaN;
    if (number != Math.rint(number) || Double.isInfinite(number)) {
      throw UpdateRefused.badValue(
          "The value for "
              + modifier
              + " must be an integer value but was given type: "
              + FieldChange.typeName(value));
    }
    return (int) Math.clamp(number, -Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private static BsonValue sort(BsonValue value) {
    boolean isValid =
        isDirection(value)
            || (value instanceof BsonDocument fields
                && !fields.isEmpty()
                && fields.entrySet().stream()
                    .allMatch(field -> isDirection(field.getValue()) && isField(field.getKey())));
    if (!isValid) {
      throw UpdateRefused.badValue("The $sort element value must be either 1 or -1");
    }
    return value;
  }

  private static boolean isDirection(BsonValue value) {
    return value instanceof BsonNumber number && Math.abs(number.doubleValue()) == 1;
  }

  private static boolean isField(String path) {
    return !List.of(path.split("\\.", -1)).contains("");
  }

  @Override
  public BsonValue of(@Nullable BsonValue current, Place place) {
    if (current != null && !current.isArray()) {
      throw UpdateRefused.badValue(
          "The field '"
              + place.path()
              + "' must be an array but is of type "
              + FieldChange.typeName(current));
    }
    List<BsonValue> after = new ArrayList<>(current == null ? List.of() : current.asArray());
    place.effort().spend(added.size());
    after.addAll(start(after.size()), added);
    if (sort != null) {
      after.sort(order(sort, place.order()));
    }
    return new BsonArray(sliced(after));
  }

  private int start(int size) {
    if (position == null) {
      return size;
    }
    return position < 0 ? Math.max(0, size + position) : Math.min(size, position);
  }

  private List<BsonValue> sliced(List<BsonValue> all) {
    if (slice == null || Math.abs(slice) >= all.size()) {
      return all;
    }
    return slice < 0 ? all.subList(all.size() + slice, all.size()) : all.subList(0, slice);
  }

  private static Comparator<BsonValue> order(BsonValue sort, BsonOrder order) {
    if (!(sort instanceof BsonDocument fields)) {
      return directed(order, sort);
    }
    Comparator<BsonValue> all = (_, _) -> 0;
    for (Map.Entry<String, BsonValue> field : fields.entrySet()) {
      List<String> path = List.of(field.getKey().split("\\.", -1));
      all =
          all.thenComparing(
              (a, b) ->
                  directed(order, field.getValue()).compare(inside(a, path), inside(b, path)));
    }
    return all;
  }

  private static Comparator<BsonValue> directed(BsonOrder order, BsonValue direction) {
    return direction.asNumber().doubleValue() < 0 ? order.reversed() : order;
  }

  /// What is missing is sorted as `null`.
  private static BsonValue inside(BsonValue element, List<String> path) {
    BsonValue value = element;
    for (String name : path) {
      BsonValue inner = value instanceof BsonDocument document ? document.get(name) : null;
      if (inner == null) {
        return BsonNull.VALUE;
      }
      value = inner;
    }
    return value;
  }
}
