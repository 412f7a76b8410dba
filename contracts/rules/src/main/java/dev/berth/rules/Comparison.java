package dev.berth.rules;

import java.math.BigDecimal;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/// When values are the same, and which one comes first. Types are never converted, except that
/// numbers count by their value.
final class Comparison {

  private static final int CHARS_PER_STEP = 64;

  private final Work work;

  Comparison(Work work) {
    this.work = work;
  }

  /// Whether a value is what an expression wants: the same, or an array with such an element.
  /// What is missing matches `null`.
  boolean matches(@Nullable BsonValue value, BsonValue wanted) {
    work.spend(1);
    if (value == null) {
      return wanted.isNull();
    }
    return same(value, wanted) || (value instanceof BsonArray array && has(array, wanted));
  }

  /// Whether a value other than an array is in an array.
  boolean isElement(BsonValue value, BsonValue array) {
    return !value.isArray() && array instanceof BsonArray elements && has(elements, value);
  }

  private boolean has(BsonArray array, BsonValue wanted) {
    for (BsonValue element : array) {
      if (same(element, wanted)) {
        return true;
      }
    }
    return false;
  }

  boolean same(BsonValue a, BsonValue b) {
    work.spend(1);
    return switch (a) {
      case BsonNumber number ->
          b instanceof BsonNumber other && isZero(compareNumbers(number, other));
      case BsonString text ->
          b instanceof BsonString other && sameText(text.getValue(), other.getValue());
      case BsonArray array -> b instanceof BsonArray other && sameElements(array, other);
      case BsonDocument document -> b instanceof BsonDocument other && sameFields(document, other);
      default -> a.equals(b);
    };
  }

  private static boolean isZero(@Nullable Integer comparison) {
    return comparison != null && comparison == 0;
  }

  /// In a time that does not tell where the two differ: one of them may be a secret.
  private boolean sameText(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    work.spend(a.length() / CHARS_PER_STEP);
    int difference = 0;
    for (int i = 0; i < a.length(); i++) {
      difference |= a.charAt(i) ^ b.charAt(i);
    }
    return difference == 0;
  }

  private boolean sameElements(BsonArray a, BsonArray b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameFields(BsonDocument a, BsonDocument b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<String, BsonValue> field : a.entrySet()) {
      BsonValue other = b.get(field.getKey());
      if (other == null || !same(field.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  /// As `compareTo`, or `null` when there is no order between the two.
  @Nullable Integer compare(BsonValue a, BsonValue b) {
    work.spend(1);
    return switch (a) {
      case BsonNumber number when b instanceof BsonNumber other -> compareNumbers(number, other);
      case BsonString text when b instanceof BsonString other -> {
        work.spend(Math.min(text.getValue().length(), other.getValue().length()) / CHARS_PER_STEP);
        yield text.getValue().compareTo(other.getValue());
      }
      case BsonDateTime time when b instanceof BsonDateTime other -> time.compareTo(other);
      case BsonObjectId id when b instanceof BsonObjectId other -> id.compareTo(other);
      case BsonTimestamp time when b instanceof BsonTimestamp other -> time.compareTo(other);
      case BsonBoolean truth when b instanceof BsonBoolean other -> truth.compareTo(other);
      default -> null;
    };
  }

  /// By value; `null` when one of the two is no number, as `NaN` is.
  private static @Nullable Integer compareNumbers(BsonNumber a, BsonNumber b) {
    if (isIntegral(a) && isIntegral(b)) {
      return Long.compare(a.longValue(), b.longValue());
    }
    double first = approximately(a);
    double second = approximately(b);
    if (Double.isNaN(first) || Double.isNaN(second)) {
      return null;
    }
    if (Double.isInfinite(first) || Double.isInfinite(second)) {
      return Double.compare(first, second);
    }
    return exactly(a).compareTo(exactly(b));
  }

  private static boolean isIntegral(BsonNumber number) {
    return number instanceof BsonInt32 || number instanceof BsonInt64;
  }

  /// Infinite and `NaN` only where the number is: a decimal may lie beyond every double.
  private static double approximately(BsonNumber number) {
    if (number instanceof BsonDecimal128 decimal) {
      if (decimal.getValue().isNaN()) {
        return Double.NaN;
      }
      if (decimal.getValue().isInfinite()) {
        return decimal.getValue().isNegative()
            ? Double.NEGATIVE_INFINITY
            : Double.POSITIVE_INFINITY;
      }
      return 0;
    }
    return number.doubleValue();
  }

  private static BigDecimal exactly(BsonNumber number) {
    return switch (number) {
      case BsonDecimal128 decimal -> exactly(decimal.getValue());
      case BsonDouble real -> new BigDecimal(real.getValue());
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static BigDecimal exactly(Decimal128 finite) {
    try {
      return finite.bigDecimalValue();
    } catch (ArithmeticException negativeZero) {
      return BigDecimal.ZERO;
    }
  }
}
