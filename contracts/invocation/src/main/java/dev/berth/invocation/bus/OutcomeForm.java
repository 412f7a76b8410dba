package dev.berth.invocation.bus;

import dev.berth.invocation.Header;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// An [Outcome] as a document, and back.
final class OutcomeForm {

  private static final int KNOWS_REGIONS = 4;

  private OutcomeForm() {}

  /// The document that a reader of that version understands.
  static BsonDocument write(Outcome outcome, int version) {
    return switch (outcome) {
      case Outcome.Returned returned -> kind("returned").append("value", returned.value());
      case Outcome.Responded(Integer status, List<Header> headers, Outcome.Body body) ->
          responded(status, headers, body);
      case Outcome.Threw(String code, String message) ->
          kind("threw").append("code", text(code)).append("message", text(message));
      case Outcome.OverLimit(Limit limit, String message) ->
          kind("over").append("limit", text(limit.name())).append("message", text(message));
      case Outcome.NotFound(String function) -> kind("notFound").append("function", text(function));
      case Outcome.Unavailable(String reason, String region) -> {
        BsonDocument form = kind("unavailable").append("reason", text(reason));
        yield region == null || version < KNOWS_REGIONS
            ? form
            : form.append("region", text(region));
      }
      case Outcome.Lost(String reason) -> kind("lost").append("reason", text(reason));
    };
  }

  private static BsonDocument responded(
      @Nullable Integer status, List<Header> headers, Outcome.Body body) {
    BsonDocument form = kind("responded").append("headers", HeaderForm.write(headers));
    if (status != null) {
      form.append("status", new BsonInt32(status));
    }
    return switch (body) {
      case Outcome.Body.None() -> form;
      case Outcome.Body.Bytes(Buffer content, boolean text) ->
          form.append("body", new BsonBinary(content.getBytes()))
              .append("text", BsonBoolean.valueOf(text));
      case Outcome.Body.Result result -> form.append("result", result.value());
    };
  }

  static Outcome read(BsonDocument form) {
    String kind = form.getString("kind").getValue();
    return switch (kind) {
      case "returned" -> new Outcome.Returned(value(form, "value"));
      case "responded" -> responded(form);
      case "threw" -> new Outcome.Threw(text(form, "code"), text(form, "message"));
      case "over" ->
          new Outcome.OverLimit(Limit.valueOf(text(form, "limit")), text(form, "message"));
      case "notFound" -> new Outcome.NotFound(text(form, "function"));
      case "unavailable" ->
          new Outcome.Unavailable(
              text(form, "reason"), form.containsKey("region") ? text(form, "region") : null);
      case "lost" -> new Outcome.Lost(text(form, "reason"));
      default -> throw new IllegalArgumentException("unknown outcome: " + kind);
    };
  }

  private static Outcome responded(BsonDocument form) {
    Integer status = form.containsKey("status") ? form.getInt32("status").getValue() : null;
    Outcome.Body body = new Outcome.Body.None();
    if (form.containsKey("body")) {
      body =
          new Outcome.Body.Bytes(
              Buffer.buffer(form.getBinary("body").getData()), form.getBoolean("text").getValue());
    } else if (form.containsKey("result")) {
      body = new Outcome.Body.Result(value(form, "result"));
    }
    return new Outcome.Responded(status, HeaderForm.read(form.getArray("headers")), body);
  }

  private static BsonDocument kind(String kind) {
    return new BsonDocument("kind", text(kind));
  }

  private static BsonString text(String text) {
    return new BsonString(text);
  }

  private static BsonValue value(BsonDocument form, String name) {
    return Objects.requireNonNull(form.get(name), name);
  }

  private static String text(BsonDocument form, String name) {
    return form.getString(name).getValue();
  }
}
