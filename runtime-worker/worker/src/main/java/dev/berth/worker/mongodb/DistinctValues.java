package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/// The values that documents have in one place, each of them once, as the database tells them
/// apart: numbers by their value, whichever type they have.
final class DistinctValues {

  /// The most that one answer of the database holds.
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final String field;
  private final List<String> path;
  private final int most;
  private final Map<Object, BsonValue> values = new LinkedHashMap<>();
  private long bytes;

  /// @param most how many values there may be
  DistinctValues(String field, int most) {
    this.field = field;
    this.path = List.of(field.split("\\.", -1));
    this.most = most;
  }

  void addFrom(BsonDocument document) {
    addAt(document, path);
  }

  BsonArray all() {
    return new BsonArray(List.copyOf(values.values()));
  }

  private void addAt(BsonValue value, List<String> rest) {
    if (rest.isEmpty()) {
      if (value instanceof BsonArray array) {
        array.forEach(this::add);
      } else {
        add(value);
      }
      return;
    }
    String name = rest.getFirst();
    List<String> inner = rest.subList(1, rest.size());
    switch (value) {
      case BsonDocument document when document.containsKey(name) ->
          addAt(document.get(name), inner);
      case BsonArray array -> {
        int index = index(name);
        if (index >= 0 && index < array.size()) {
          addAt(array.get(index), inner);
        }
        array.stream().filter(BsonValue::isDocument).forEach(each -> addAt(each, rest));
      }
      default -> {}
    }
  }

  /// Which element of an array a part of a path means; -1 for none.
  private static int index(String name) {
    return name.length() < 7 && !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(name)
        : -1;
  }

  private void add(BsonValue value) {
    if (values.putIfAbsent(identity(value), value) != null) {
      return;
    }
    bytes += Results.bytes(new BsonDocument("", value));
    if (values.size() > most || bytes > MOST_BYTES) {
      throw new GuestServiceException(
          "ReadSizeLimitExceeded",
          "distinct: \"%s\" has more than %d values, or more than 16 MB of them"
              .formatted(field, most),
          null);
    }
  }

  /// The same for values that are the same to the database.
  private static Object identity(BsonValue value) {
    return switch (value) {
      case BsonDecimal128 decimal -> ofDecimal(decimal.getValue());
      case BsonDouble number when !Double.isFinite(number.getValue()) -> number.getValue();
      case BsonDouble number -> new BigDecimal(number.getValue()).stripTrailingZeros();
      case BsonNumber number -> BigDecimal.valueOf(number.longValue()).stripTrailingZeros();
      case BsonArray array -> array.stream().map(DistinctValues::identity).toList();
      case BsonDocument document ->
          document.entrySet().stream()
              .map(part -> Map.entry(part.getKey(), identity(part.getValue())))
              .toList();
      default -> value;
    };
  }

  private static Object ofDecimal(Decimal128 decimal) {
    if (decimal.isNaN() || decimal.isInfinite()) {
      return decimal.doubleValue();
    }
    // By way of the text: a zero with a sign has no other form.
    return new BigDecimal(decimal.toString()).stripTrailingZeros();
  }
}
