package dev.berth.worker.update;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonNumber;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/// The order in which the database sorts values of all types, without a collation. Numbers count
/// by their value, and two that are as large are the same.
///
/// @param effort what comparing may cost
record BsonOrder(Effort effort) implements Comparator<BsonValue> {

  private static final int CHARS_PER_STEP = 64;

  /// Where the values of a type stand among those of others; the same for those that are
  /// compared with one another.
  static int rank(BsonType type) {
    return switch (type) {
      case MIN_KEY -> -1;
      case END_OF_DOCUMENT, UNDEFINED -> 0;
      case NULL -> 5;
      case DOUBLE, INT32, INT64, DECIMAL128 -> 10;
      case STRING, SYMBOL -> 15;
      case DOCUMENT -> 20;
      case ARRAY -> 25;
      case BINARY -> 30;
      case OBJECT_ID -> 35;
      case BOOLEAN -> 40;
      case DATE_TIME -> 45;
      case TIMESTAMP -> 47;
      case REGULAR_EXPRESSION -> 50;
      case DB_POINTER -> 55;
      case JAVASCRIPT -> 60;
      case JAVASCRIPT_WITH_SCOPE -> 65;
      case MAX_KEY -> 127;
    };
  }

  static boolean isComparable(BsonValue a, BsonValue b) {
    return rank(a.getBsonType()) == rank(b.getBsonType());
  }

  boolean same(BsonValue a, BsonValue b) {
    return compare(a, b) == 0;
  }

  @Override
  public int compare(BsonValue a, BsonValue b) {
    effort.spend(1);
    int ranks = Integer.compare(rank(a.getBsonType()), rank(b.getBsonType()));
    if (ranks != 0) {
      return ranks;
    }
    return switch (a) {
      case BsonNumber number when b instanceof BsonNumber other -> compareNumbers(number, other);
      case BsonDocument document -> compareFields(document, b.asDocument());
      case BsonArray array -> compareElements(array, b.asArray());
      case BsonBinary bytes -> compareBytes(bytes, b.asBinary());
      case BsonBoolean truth -> truth.compareTo(b.asBoolean());
      case BsonDateTime time -> time.compareTo(b.asDateTime());
      case BsonTimestamp time -> time.compareTo(b.asTimestamp());
      case BsonObjectId id -> id.compareTo(b.asObjectId());
      default -> compareText(text(a), text(b));
    };
  }

  /// What values without an order of their own are compared by; nothing for those that are one.
  private static String text(BsonValue value) {
    return switch (value) {
      case BsonString text -> text.getValue();
      case BsonSymbol symbol -> symbol.getSymbol();
      case BsonRegularExpression regex -> regex.getPattern() + "\0" + regex.getOptions();
      case BsonJavaScript code -> code.getCode();
      case BsonJavaScriptWithScope code -> code.getCode() + "\0" + code.getScope().toJson();
      case BsonDbPointer pointer -> pointer.getNamespace() + "\0" + pointer.getId().toHexString();
      default -> "";
    };
  }

  /// By their UTF-8 bytes: characters beyond the first 65,536 come last.
  private int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    effort.spend(length / CHARS_PER_STEP);
    for (int i = 0; i < length; i++) {
      char one = a.charAt(i);
      char other = b.charAt(i);
      if (one != other) {
        return Integer.compare(byCodePoint(one), byCodePoint(other));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int byCodePoint(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }

  private int compareFields(BsonDocument a, BsonDocument b) {
    Iterator<Map.Entry<String, BsonValue>> others = b.entrySet().iterator();
    for (Map.Entry<String, BsonValue> field : a.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, BsonValue> other = others.next();
      int order = compareField(field, other);
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private int compareField(Map.Entry<String, BsonValue> a, Map.Entry<String, BsonValue> b) {
    int ranks = Integer.compare(rank(a.getValue().getBsonType()), rank(b.getValue().getBsonType()));
    if (ranks != 0) {
      return ranks;
    }
    int names = compareText(a.getKey(), b.getKey());
    return names != 0 ? names : compare(a.getValue(), b.getValue());
  }

  private int compareElements(BsonArray a, BsonArray b) {
    int length = Math.min(a.size(), b.size());
    for (int i = 0; i < length; i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private int compareBytes(BsonBinary a, BsonBinary b) {
    int lengths = Integer.compare(a.getData().length, b.getData().length);
    if (lengths != 0) {
      return lengths;
    }
    effort.spend(a.getData().length / CHARS_PER_STEP);
    int types = Integer.compare(a.getType() & 0xff, b.getType() & 0xff);
    return types != 0 ? types : Arrays.compareUnsigned(a.getData(), b.getData());
  }

  /// What is no number comes before all that are.
  private static int compareNumbers(BsonNumber a, BsonNumber b) {
    if (isIntegral(a) && isIntegral(b)) {
      return Long.compare(a.longValue(), b.longValue());
    }
    double first = approximately(a);
    double second = approximately(b);
    if (Double.isNaN(first) || Double.isNaN(second)) {
      return Boolean.compare(Double.isNaN(second), Double.isNaN(first));
    }
    if (Double.isInfinite(first) || Double.isInfinite(second)) {
      return Double.compare(first, second);
    }
    return Numbers.exactly(a).compareTo(Numbers.exactly(b));
  }

  private static boolean isIntegral(BsonNumber number) {
    return number instanceof BsonInt32 || number instanceof BsonInt64;
  }

  /// Infinite and `NaN` only where the number is: a decimal may lie beyond every double.
  private static double approximately(BsonNumber number) {
    if (!(number instanceof BsonDecimal128 decimal)) {
      return number.doubleValue();
    }
    Decimal128 value = decimal.getValue();
    if (value.isNaN()) {
      return Double.NaN;
    }
    if (value.isInfinite()) {
      return value.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return 0;
  }
}
