package dev.berth.invocation;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A request as expressions see it: `%%request`.
public final class RequestDocument {

  private RequestDocument() {}

  public static BsonDocument of(RequestFacts facts) {
    return of(facts, "", "");
  }

  /// The request of a call of a service.
  ///
  /// @param service the name of the data source
  /// @param action what it is asked to do
  public static BsonDocument of(RequestFacts facts, String service, String action) {
    BsonDocument headers = headers(facts.headers());
    BsonDocument document =
        new BsonDocument("httpMethod", new BsonString(facts.method()))
            .append("rawQueryString", new BsonString(facts.rawQueryString()))
            .append("remoteIPAddress", new BsonString(facts.remoteIpAddress()))
            .append("requestHeaders", headers)
            .append("service", new BsonString(service))
            .append("action", new BsonString(action))
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
