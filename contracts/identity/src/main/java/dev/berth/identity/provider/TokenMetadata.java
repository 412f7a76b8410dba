package dev.berth.identity.provider;

import dev.berth.appmodel.AuthProvider.MetadataField;
import dev.berth.ejson.Ejson;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Copies what the app wants to know of its users out of a token.
final class TokenMetadata {

  private static final int LONGEST_VALUE = 4096;
  private static final int DEEPEST = 50;

  private TokenMetadata() {}

  /// What the token says in the places the app wants.
  ///
  /// @return denied when a required field is missing, or one is too large
  static Answer<BsonDocument> read(List<MetadataField> fields, JsonObject claims) {
    BsonDocument data = new BsonDocument();
    for (MetadataField field : fields) {
      ClaimPath path = ClaimPath.of(field.name());
      Object claim = path.in(claims);
      if (claim == null) {
        if (field.required()) {
          return denied("the token lacks the required field '" + field.name() + "'");
        }
        continue;
      }
      BsonValue value = value(claim, 0);
      if (value == null || Ejson.plain(value).length() > LONGEST_VALUE) {
        return denied("the field '" + field.name() + "' of the token is too large");
      }
      data.put(field.fieldName() == null ? path.lastName() : field.fieldName(), value);
    }
    return Answer.granted(data);
  }

  private static Answer<BsonDocument> denied(String message) {
    return Answer.denied(Code.AUTH_ERROR, message);
  }

  /// The value as BSON; `null` when it cannot be kept: nested too deep, or with names that mean a
  /// type.
  private static @Nullable BsonValue value(@Nullable Object claim, int depth) {
    if (depth > DEEPEST) {
      return null;
    }
    return switch (claim) {
      case null -> BsonNull.VALUE;
      case String text -> new BsonString(text);
      case Boolean truth -> BsonBoolean.valueOf(truth);
      case Integer number -> new BsonInt32(number);
      case Long number -> new BsonInt64(number);
      case Number number -> new BsonDouble(number.doubleValue());
      case JsonArray elements -> array(elements, depth);
      case JsonObject object -> document(object, depth);
      default -> null;
    };
  }

  private static @Nullable BsonValue array(JsonArray elements, int depth) {
    BsonArray array = new BsonArray();
    for (int i = 0; i < elements.size(); i++) {
      BsonValue value = value(elements.getValue(i), depth + 1);
      if (value == null) {
        return null;
      }
      array.add(value);
    }
    return array;
  }

  private static @Nullable BsonValue document(JsonObject object, int depth) {
    BsonDocument document = new BsonDocument();
    for (String name : object.fieldNames()) {
      BsonValue value = value(object.getValue(name), depth + 1);
      if (value == null || name.startsWith("$")) {
        return null;
      }
      document.put(name, value);
    }
    return document;
  }
}
