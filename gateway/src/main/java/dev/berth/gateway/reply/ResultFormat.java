package dev.berth.gateway.reply;

import dev.berth.appmodel.ReturnType;
import dev.berth.ejson.Ejson;
import dev.berth.invocation.Header;
import java.util.List;
import java.util.Locale;
import org.bson.BsonType;
import org.bson.BsonValue;

/// The format of a serialised result: what the client accepts, else what the endpoint says.
public enum ResultFormat {
  JSON,
  EJSON;

  /// The first of the two media types that any `Accept` line names wins; quality values and
  /// wildcards mean nothing here.
  public static ResultFormat choose(List<String> accept, ReturnType otherwise) {
    for (String line : accept) {
      String types = line.toLowerCase(Locale.ROOT);
      int json = types.indexOf("application/json");
      int ejson = types.indexOf("application/ejson");
      if (json >= 0 || ejson >= 0) {
        return ejson < 0 || (json >= 0 && json < ejson) ? JSON : EJSON;
      }
    }
    return switch (otherwise) {
      case JSON -> JSON;
      case EJSON -> EJSON;
    };
  }

  public Header contentType() {
    return switch (this) {
      case JSON -> Reply.JSON;
      case EJSON -> Reply.EJSON;
    };
  }

  /// `undefined` at the top is the text `null`, whatever the format.
  ///
  /// @throws IllegalArgumentException when the value is nested too deep
  public String serialize(BsonValue value) {
    if (value.getBsonType() == BsonType.UNDEFINED) {
      return "null";
    }
    return switch (this) {
      case JSON -> Ejson.plain(value);
      case EJSON -> Ejson.canonical(value);
    };
  }
}
