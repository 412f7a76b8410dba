package dev.berth.worker.update;

import java.math.BigDecimal;
import java.math.MathContext;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.types.Decimal128;

/// Arithmetic of the database: the result has the wider type of the two, and whole numbers grow
/// from 32 to 64 bits where they have to.
final class Numbers {

  private static final int DIGITS = 15;

  private Numbers() {}

  /// @throws ArithmeticException when the sum has no room in 64 bits
  static BsonNumber sum(BsonNumber a, BsonNumber b) {
    if (isDecimal(a) || isDecimal(b)) {
      return decimal(a, b, BigDecimal::add, a.doubleValue() + b.doubleValue());
    }
    if (a.isDouble() || b.isDouble()) {
      return new BsonDouble(a.doubleValue() + b.doubleValue());
    }
    return whole(a, b, Math.addExact(a.longValue(), b.longValue()));
  }

  /// @throws ArithmeticException when the product has no room in 64 bits
  static BsonNumber product(BsonNumber a, BsonNumber b) {
    if (isDecimal(a) || isDecimal(b)) {
      return decimal(a, b, BigDecimal::multiply, a.doubleValue() * b.doubleValue());
    }
    if (a.isDouble() || b.isDouble()) {
      return new BsonDouble(a.doubleValue() * b.doubleValue());
    }
    return whole(a, b, Math.multiplyExact(a.longValue(), b.longValue()));
  }

  /// The value of a number that is finite.
  static BigDecimal exactly(BsonNumber number) {
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

  private static BsonNumber whole(BsonNumber a, BsonNumber b, long result) {
    boolean isShort = a.isInt32() && b.isInt32() && result == (int) result;
    return isShort ? new BsonInt32((int) result) : new BsonInt64(result);
  }

  private static boolean isDecimal(BsonNumber number) {
    return number.isDecimal128();
  }

  /// @param otherwise the result where one of the two is infinite or no number
  private static BsonNumber decimal(
      BsonNumber a, BsonNumber b, Calculation calculation, double otherwise) {
    if (!isFinite(a) || !isFinite(b)) {
      return new BsonDecimal128(special(otherwise));
    }
    BigDecimal result = calculation.of(asDecimal(a), asDecimal(b)).round(MathContext.DECIMAL128);
    return new BsonDecimal128(new Decimal128(result));
  }

  /// As the database does it: a double counts with 15 digits, zeros at the end included.
  private static BigDecimal asDecimal(BsonNumber number) {
    if (!(number instanceof BsonDouble real)) {
      return exactly(number);
    }
    BigDecimal rounded = new BigDecimal(real.getValue()).round(new MathContext(DIGITS));
    return rounded.signum() == 0
        ? BigDecimal.ZERO
        : rounded.setScale(rounded.scale() + DIGITS - rounded.precision());
  }

  private static boolean isFinite(BsonNumber number) {
    return number instanceof BsonDecimal128 decimal
        ? !decimal.getValue().isNaN() && !decimal.getValue().isInfinite()
        : Double.isFinite(number.doubleValue());
  }

  private static Decimal128 special(double value) {
    if (Double.isNaN(value)) {
      return Decimal128.NaN;
    }
    return value > 0 ? Decimal128.POSITIVE_INFINITY : Decimal128.NEGATIVE_INFINITY;
  }

  private interface Calculation {

    BigDecimal of(BigDecimal a, BigDecimal b);
  }
}
