package dev.berth.ejson;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/// Writes canonical Extended JSON (version 2): every value keeps its exact BSON type.
final class CanonicalWriter {

  private final StringBuilder out;

  CanonicalWriter(StringBuilder out) {
    this.out = out;
  }

  void write(BsonValue value, int depth) {
    switch (value.getBsonType()) {
      case DOCUMENT -> writeDocument(value.asDocument(), depth + 1);
      case ARRAY -> writeArray(value.asArray(), depth + 1);
      case STRING -> JsonText.appendString(out, value.asString().getValue());
      case BOOLEAN -> out.append(value.asBoolean().getValue());
      case NULL -> out.append("null");
      case INT32 -> writeQuoted("$numberInt", Integer.toString(value.asInt32().getValue()));
      case INT64 -> writeQuoted("$numberLong", Long.toString(value.asInt64().getValue()));
      case DOUBLE -> writeQuoted("$numberDouble", Double.toString(value.asDouble().getValue()));
      case DECIMAL128 -> writeQuoted("$numberDecimal", value.asDecimal128().getValue().toString());
      case OBJECT_ID -> writeQuoted("$oid", value.asObjectId().getValue().toHexString());
      case DATE_TIME ->
          out.append("{\"$date\":{\"$numberLong\":\"")
              .append(value.asDateTime().getValue())
              .append("\"}}");
      case BINARY -> writeBinary(value.asBinary());
      case TIMESTAMP -> writeTimestamp(value.asTimestamp());
      case REGULAR_EXPRESSION -> writeRegularExpression(value.asRegularExpression());
      case SYMBOL -> writeText("$symbol", value.asSymbol().getSymbol()).append('}');
      case JAVASCRIPT -> writeText("$code", value.asJavaScript().getCode()).append('}');
      case JAVASCRIPT_WITH_SCOPE -> {
        writeText("$code", value.asJavaScriptWithScope().getCode()).append(",\"$scope\":");
        writeDocument(value.asJavaScriptWithScope().getScope(), depth + 2);
        out.append('}');
      }
      case DB_POINTER -> writeDbPointer(value.asDBPointer());
      case UNDEFINED -> out.append("{\"$undefined\":true}");
      case MIN_KEY -> out.append("{\"$minKey\":1}");
      case MAX_KEY -> out.append("{\"$maxKey\":1}");
      case END_OF_DOCUMENT -> throw new IllegalArgumentException("not a value: " + value);
    }
  }

  private void writeDocument(BsonDocument document, int depth) {
    Depth.check(depth);
    char separator = '{';
    for (Map.Entry<String, BsonValue> field : document.entrySet()) {
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
  private void writeQuoted(String key, String content) {
    out.append("{\"").append(key).append("\":\"").append(content).append("\"}");
  }

  private StringBuilder writeText(String key, String text) {
    out.append("{\"").append(key).append("\":");
    JsonText.appendString(out, text);
    return out;
  }

  private void writeBinary(BsonBinary binary) {
    out.append("{\"$binary\":{\"base64\":\"")
        .append(Base64.getEncoder().encodeToString(binary.getData()))
        .append("\",\"subType\":\"")
        .append(HexFormat.of().toHexDigits(binary.getType()))
        .append("\"}}");
  }

  private void writeTimestamp(BsonTimestamp timestamp) {
    out.append("{\"$timestamp\":{\"t\":")
        .append(Integer.toUnsignedLong(timestamp.getTime()))
        .append(",\"i\":")
        .append(Integer.toUnsignedLong(timestamp.getInc()))
        .append("}}");
  }

  private void writeRegularExpression(BsonRegularExpression expression) {
    out.append("{\"$regularExpression\":{\"pattern\":");
    JsonText.appendString(out, expression.getPattern());
    out.append(",\"options\":");
    JsonText.appendString(out, expression.getOptions());
    out.append("}}");
  }

  private void writeDbPointer(BsonDbPointer pointer) {
    out.append("{\"$dbPointer\":{\"$ref\":");
    JsonText.appendString(out, pointer.getNamespace());
    out.append(",\"$id\":{\"$oid\":\"").append(pointer.getId().toHexString()).append("\"}}}");
  }
}
