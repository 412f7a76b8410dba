package dev.berth.rules;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;

/// A user, a request, a document before and after an update, and functions.
final class Samples {

  private static final String FACTS =
      """
      {
        "values": {
          "blocked": ["10.0.0.1", "10.0.0.2"],
          "key": "s3cret",
          "limit": 42,
          "holes": [null, "red"]
        },
        "environment": {"tag": "production", "values": {"open": true, "word": "yes"}},
        "request": {
          "httpMethod": "GET",
          "rawQueryString": "a=1",
          "remoteIPAddress": "192.0.2.7",
          "requestHeaders": {"X-Secret-Key": ["my-secret"], "Accept": ["text/plain", "*/*"]},
          "service": "",
          "action": "",
          "webhookUrl": "/door"
        },
        "user": {
          "id": "628e47baf4c2ac2796fc8a91",
          "type": "normal",
          "data": {"email": "ann@example.com", "admin": true, "nothing": null, "word": "yes"},
          "custom_data": {
            "_id": "5f3b1c4e8a1b2c3d4e5f6071",
            "account_type": "admin",
            "level": {"$numberLong": "5"},
            "manages": ["bob@example.com", "cid@example.com"],
            "workspaces": ["red", "blue"]
          },
          "identities": [
            {"id": "a1", "provider_type": "local-userpass"},
            {"id": "b2", "provider_type": "api-key"}
          ]
        },
        "root": {
          "_id": {"$oid": "628e47baf4c2ac2796fc8a91"},
          "owner_id": "628e47baf4c2ac2796fc8a91",
          "status": "new",
          "count": 7,
          "price": 7.5,
          "big": {"$numberLong": "9007199254740993"},
          "decimal": {"$numberDecimal": "7.50"},
          "when": {"$date": "2024-01-02T00:00:00Z"},
          "uuid": {"$uuid": "3b241101-e2bb-4255-8caf-4136c566a962"},
          "nothing": null,
          "workspace": "red",
          "tags": ["x", "y"],
          "numbers": [1, 2, 3],
          "empty": {},
          "members": [{"name": "ann", "roles": ["r", "w"]}, {"name": "bob"}],
          "nested": {"deep": {"er": 1}},
          "email": "bob@example.com"
        },
        "prevRoot": {"status": "draft", "count": 6},
        "this": 5,
        "prev": 4,
        "args": {"to": "+1555"}
      }
      """;

  private Samples() {}

  static BsonValue ejson(String text) {
    try {
      return Ejson.parse(text.replace('\'', '"'));
    } catch (EjsonParseException e) {
      throw new AssertionError(text, e);
    }
  }

  static Facts facts() {
    Map<Source, BsonValue> known = new EnumMap<>(Source.class);
    ejson(FACTS).asDocument().forEach((name, value) -> known.put(source(name), value));
    return Facts.of(known);
  }

  /// The same, before an insert: there is no document yet.
  static Facts factsOfInsert() {
    return source ->
        source == Source.PREV_ROOT || source == Source.PREV ? null : facts().find(source);
  }

  private static Source source(String name) {
    Source source = Source.find(name);
    if (source == null) {
      throw new AssertionError(name);
    }
    return source;
  }

  /// A parsed expression that has no faults.
  static Expression expression(String text) {
    Expression.Parsing parsing = Expression.parse(ejson(text), ExpressionScope.FIELD);
    if (!parsing.faults().isEmpty()) {
      throw new AssertionError(parsing.faults().toString());
    }
    return parsing.expression();
  }

  /// Decides at once, with functions that answer at once.
  static Truth decide(String text) {
    return decide(text, facts());
  }

  static Truth decide(String text, Facts facts) {
    return new Deliberation(facts, Samples::answer)
        .decide(expression(text))
        .toCompletableFuture()
        .getNow(Truth.UNDECIDED);
  }

  /// What is returned to `yes`, `no`, `word`, `nothing`, `null`, `list` and `echo`; others fail.
  static CompletionStage<BsonValue> answer(FunctionCall call) {
    return switch (call.function()) {
      case "yes" -> CompletableFuture.completedFuture(BsonBoolean.TRUE);
      case "no" -> CompletableFuture.completedFuture(BsonBoolean.FALSE);
      case "word" -> CompletableFuture.completedFuture(new BsonString("yes"));
      case "nothing" -> CompletableFuture.completedFuture(new BsonUndefined());
      case "null" -> CompletableFuture.completedFuture(BsonNull.VALUE);
      case "list" -> CompletableFuture.completedFuture(ejson("['red', 'blue']"));
      case "echo" -> CompletableFuture.completedFuture(call.arguments().getFirst());
      case "throwsAtOnce" -> throw new IllegalStateException("broken");
      default -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
    };
  }

  static BsonDocument document(String text) {
    return ejson(text).asDocument();
  }

  /// `/a/0: message` for each fault.
  static List<String> faults(String text, ExpressionScope scope) {
    return faults(ejson(text), scope);
  }

  static List<String> faults(BsonValue value, ExpressionScope scope) {
    return Expression.parse(value, scope).faults().stream()
        .map(fault -> "/" + String.join("/", fault.path()) + ": " + fault.message())
        .toList();
  }
}
