package dev.berth.jsruntime.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/// Writes BSON for a context to read.
///
/// Numbers that JavaScript holds exactly are written as they are; an `Int64` beyond that becomes
/// a `BSON.Long` there.
public final class WireWriter {

  private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;
  private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

  private final StringBuilder out;

  private WireWriter(StringBuilder out) {
    this.out = out;
  }

  public static String write(BsonValue value) {
    StringBuilder out = new StringBuilder(256);
    new WireWriter(out).value(value);
    return out.toString();
  }

  /// Appends a JSON string, quotes included.
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    STRINGS.quoteAsString(text, out);
    out.append('"');
  }

  private void value(BsonValue value) {
    switch (value.getBsonType()) {
      case DOCUMENT -> document(value.asDocument());
      case ARRAY -> array(value.asArray());
      case STRING -> quote(out, value.asString().getValue());
      case INT32 -> out.append(value.asInt32().getValue());
      case INT64 -> int64(value.asInt64());
      case DOUBLE -> number(value.asDouble());
      case BOOLEAN -> out.append(value.asBoolean().getValue());
      case NULL -> out.append("null");
      case OBJECT_ID -> tagged('o', value.asObjectId().getValue().toHexString());
      case DATE_TIME -> tagged('d', Long.toString(value.asDateTime().getValue()));
      case DECIMAL128 -> tagged('D', value.asDecimal128().getValue().toString());
      case BINARY -> binary(value.asBinary());
      case REGULAR_EXPRESSION -> regularExpression(value.asRegularExpression());
      case TIMESTAMP -> timestamp(value.asTimestamp());
      case MIN_KEY -> tagged('m', "");
      case MAX_KEY -> tagged('M', "");
      case SYMBOL -> quote(out, value.asSymbol().getSymbol());
      case JAVASCRIPT -> quote(out, value.asJavaScript().getCode());
      case JAVASCRIPT_WITH_SCOPE -> quote(out, value.asJavaScriptWithScope().getCode());
      case DB_POINTER -> tagged('o', value.asDBPointer().getId().toHexString());
      case UNDEFINED, END_OF_DOCUMENT -> tagged('u', "");
    }
  }

  private void document(BsonDocument document) {
    char separator = '{';
    for (Map.Entry<String, BsonValue> field : document.entrySet()) {
      out.append(separator);
      // What a client sends may have the one name that means a type here.
      quote(out, field.getKey().equals("\0") ? "\uFFFD" : field.getKey());
      out.append(':');
      value(field.getValue());
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private void array(List<BsonValue> items) {
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(items.get(i));
    }
    out.append(']');
  }

  private void int64(BsonInt64 number) {
    long value = number.getValue();
    if (value >= -MAX_SAFE_INTEGER && value <= MAX_SAFE_INTEGER) {
      out.append(value);
    } else {
      tagged('l', Long.toString(value));
    }
  }

  private void number(BsonDouble number) {
    double value = number.getValue();
    if (Double.isFinite(value)) {
      out.append(value);
    } else {
      tagged('f', Double.toString(value));
    }
  }

  private void binary(BsonBinary binary) {
    int subType = binary.getType() & 0xff;
    String prefix = subType < 16 ? "0" : "";
    String base64 = Base64.getEncoder().encodeToString(binary.getData());
    tagged('b', prefix + Integer.toHexString(subType) + base64);
  }

  private void regularExpression(BsonRegularExpression expression) {
    tagged('r', expression.getOptions() + "/" + expression.getPattern());
  }

  private void timestamp(BsonTimestamp timestamp) {
    tagged(
        't',
        Integer.toUnsignedString(timestamp.getTime())
            + ","
            + Integer.toUnsignedString(timestamp.getInc()));
  }

  private void tagged(char type, String text) {
    out.append("{\"\\u0000\":");
    quote(out, type + text);
    out.append('}');
  }
}
