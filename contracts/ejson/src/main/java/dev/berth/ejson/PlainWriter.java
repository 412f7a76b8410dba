package dev.berth.ejson;

import java.util.Base64;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;

/// Writes plain JSON. Types that JSON lacks take the shapes that clients of App Services read,
/// capitals included.
final class PlainWriter {

  private final StringBuilder out;

  PlainWriter(StringBuilder out) {
    this.out = out;
  }

  void write(BsonValue value, int depth) {
    switch (value.getBsonType()) {
      case DOCUMENT -> writeDocument(value.asDocument(), depth + 1);
      case ARRAY -> writeArray(value.asArray(), depth + 1);
      case STRING -> JsonText.appendString(out, value.asString().getValue());
      case BOOLEAN -> out.append(value.asBoolean().getValue());
      case NULL, UNDEFINED -> out.append("null");
      case INT32 -> out.append(value.asInt32().getValue());
      case INT64 -> out.append(value.asInt64().getValue());
      case DOUBLE -> JsonText.appendNumber(out, value.asDouble().getValue());
      case DECIMAL128 -> writeQuoted(value.asDecimal128().getValue().toString());
      case OBJECT_ID -> writeQuoted(value.asObjectId().getValue().toHexString());
      case DATE_TIME -> writeQuoted(IsoDate.format(value.asDateTime().getValue()));
      case BINARY -> writeBinary(value.asBinary());
      case TIMESTAMP -> writeTimestamp(value.asTimestamp());
      case REGULAR_EXPRESSION -> writeRegularExpression(value.asRegularExpression());
      case SYMBOL -> JsonText.appendString(out, value.asSymbol().getSymbol());
      case JAVASCRIPT -> JsonText.appendString(out, value.asJavaScript().getCode());
      case JAVASCRIPT_WITH_SCOPE -> {
        out.append("{\"Code\":");
        JsonText.appendString(out, value.asJavaScriptWithScope().getCode());
        out.append(",\"Scope\":");
        writeDocument(value.asJavaScriptWithScope().getScope(), depth + 2);
        out.append('}');
      }
      case DB_POINTER -> {
        out.append("{\"DB\":");
        JsonText.appendString(out, value.asDBPointer().getNamespace());
        out.append(",\"Pointer\":");
        writeQuoted(value.asDBPointer().getId().toHexString());
        out.append('}');
      }
      case MIN_KEY, MAX_KEY -> out.append("{}");
      case END_OF_DOCUMENT -> throw new IllegalArgumentException("not a value: " + value);
    }
  }

  private void writeDocument(BsonDocument document, int depth) {
    Depth.check(depth);
    char separator = '{';
    for (Map.Entry<String, BsonValue> field : document.entrySet()) {
      if (field.getValue().getBsonType() == BsonType.UNDEFINED) {
        continue;
      }
      out.append(separator);
      JsonText.appendString(out, field.getKey());
      out.append(':');
      write(field.getValue(), depth);
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private void writeArray(Iterable<BsonValue> array, int depth) {
    Depth.check(depth);
    char separator = '[';
    for (BsonValue element : array) {
      out.append(separator);
      write(element, depth);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  /// For content that needs no escapes.
  private void writeQuoted(String content) {
    out.append('"').append(content).append('"');
  }

  private void writeBinary(BsonBinary binary) {
    out.append("{\"Subtype\":")
        .append(Byte.toUnsignedInt(binary.getType()))
        .append(",\"Data\":\"")
        .append(Base64.getEncoder().encodeToString(binary.getData()))
        .append("\"}");
  }

  private void writeTimestamp(BsonTimestamp timestamp) {
    out.append("{\"T\":")
        .append(Integer.toUnsignedLong(timestamp.getTime()))
        .append(",\"I\":")
        .append(Integer.toUnsignedLong(timestamp.getInc()))
        .append('}');
  }

  private void writeRegularExpression(BsonRegularExpression expression) {
    out.append("{\"Pattern\":");
    JsonText.appendString(out, expression.getPattern());
    out.append(",\"Options\":");
    JsonText.appendString(out, expression.getOptions());
    out.append('}');
  }
}
