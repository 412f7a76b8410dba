package dev.berth.gateway.authorization;

import dev.berth.invocation.Header;
import dev.berth.invocation.RequestFacts;
import dev.berth.rules.Facts;
import dev.berth.rules.Source;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What `can_evaluate` may know: the request, the caller, and the values and the environment of
/// the app. Each part is made when it is first asked for.
final class CallFacts implements Facts {

  private final Call call;
  private @Nullable RequestFacts requestFacts;
  private @Nullable BsonDocument request;
  private @Nullable BsonDocument user;

  CallFacts(Call call) {
    this.call = call;
  }

  @Override
  public @Nullable BsonValue find(Source source) {
    return switch (source) {
      case VALUES -> call.constants().values();
      case ENVIRONMENT -> call.constants().environment();
      case REQUEST -> request();
      case USER -> user();
      case ROOT, PREV_ROOT, THIS, PREV, ARGS, PARTITION -> null;
    };
  }

  /// The same as functions get it.
  RequestFacts requestFacts() {
    if (requestFacts == null) {
      requestFacts = call.facts().get();
    }
    return requestFacts;
  }

  private BsonDocument request() {
    if (request == null) {
      request = document(requestFacts());
    }
    return request;
  }

  private BsonDocument user() {
    if (user == null) {
      user = CallerDocument.of(call.caller());
    }
    return user;
  }

  private static BsonDocument document(RequestFacts facts) {
    BsonDocument headers = headers(facts.headers());
    BsonDocument document =
        new BsonDocument("httpMethod", new BsonString(facts.method()))
            .append("rawQueryString", new BsonString(facts.rawQueryString()))
            .append("remoteIPAddress", new BsonString(facts.remoteIpAddress()))
            .append("requestHeaders", headers)
            .append("service", new BsonString(""))
            .append("action", new BsonString(""))
            .append("webhookUrl", new BsonString(facts.route()));
    appendFirst(document, "httpReferrer", headers.get("Referer"));
    appendFirst(document, "httpUserAgent", headers.get("User-Agent"));
    return document;
  }

  private static void appendFirst(BsonDocument document, String name, @Nullable BsonValue values) {
    if (values != null) {
      document.append(name, values.asArray().getFirst());
    }
  }

  /// `{"Accept": ["a", "b"]}`: all values of a name together, in the order they came.
  private static BsonDocument headers(List<Header> lines) {
    BsonDocument headers = new BsonDocument();
    for (Header line : lines) {
      headers
          .computeIfAbsent(line.name(), _ -> new BsonArray())
          .asArray()
          .add(new BsonString(line.value()));
    }
    return headers;
  }
}
