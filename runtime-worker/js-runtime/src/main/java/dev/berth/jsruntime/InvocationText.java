package dev.berth.jsruntime;

import dev.berth.invocation.Caller;
import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.Header;
import dev.berth.invocation.RequestFacts;
import dev.berth.jsruntime.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;

/// What a context may learn of its invocation, as text that is written when app code asks,
/// because much of it never does.
///
/// @param query what an endpoint's URL says; empty for other calls
record InvocationText(
    RequestFacts facts, List<EndpointRequest.QueryParameter> query, Caller caller) {

  /// What there is to learn between two invocations.
  static final InvocationText NONE =
      new InvocationText(RequestFacts.none(), List.of(), Caller.nobody());

  /// `context.user`, for the prelude's `fromWire`: who called, whatever the rights.
  ///
  /// @param asSystem whether the system user stands in for nobody
  String user(boolean asSystem) {
    Caller.SignedIn user = caller.user();
    if (user != null) {
      return WireWriter.write(signedIn(user));
    }
    return WireWriter.write(
        asSystem || caller instanceof Caller.SystemUser ? user("", "system") : new BsonUndefined());
  }

  private static BsonValue signedIn(Caller.SignedIn user) {
    BsonArray identities = new BsonArray();
    for (Caller.Identity identity : user.identities()) {
      identities.add(
          new BsonDocument("id", new BsonString(identity.id()))
              .append("provider_type", new BsonString(identity.providerType())));
    }
    return user(user.id(), user.type())
        .append("data", user.data())
        .append("custom_data", user.customData())
        .append("identities", identities);
  }

  private static BsonDocument user(String id, String type) {
    return new BsonDocument("id", new BsonString(id))
        .append("type", new BsonString(type))
        .append("data", new BsonDocument())
        .append("custom_data", new BsonDocument())
        .append("identities", new BsonArray());
  }

  /// The request, as JSON for `prelude/context.js` and `prelude/http.js`.
  String request() {
    StringBuilder out = new StringBuilder(512);
    out.append("{\"remoteIpAddress\":");
    WireWriter.quote(out, facts.remoteIpAddress());
    out.append(",\"method\":");
    WireWriter.quote(out, facts.method());
    out.append(",\"route\":");
    WireWriter.quote(out, facts.route());
    out.append(",\"rawQueryString\":");
    WireWriter.quote(out, facts.rawQueryString());
    out.append(",\"headers\":");
    headers(out, facts.headers());
    out.append(",\"query\":");
    query(out, query);
    return out.append('}').toString();
  }

  /// `{"Accept":["a","b"]}`: all values of a name together, in the order they came.
  private static void headers(StringBuilder out, List<Header> headers) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (Header header : headers) {
      byName.computeIfAbsent(header.name(), _ -> new ArrayList<>(1)).add(header.value());
    }
    char separator = '{';
    for (Map.Entry<String, List<String>> header : byName.entrySet()) {
      out.append(separator);
      WireWriter.quote(out, header.getKey());
      separator = '[';
      out.append(':');
      for (String value : header.getValue()) {
        out.append(separator);
        WireWriter.quote(out, value);
        separator = ',';
      }
      out.append(']');
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  /// The first value of each name counts.
  private static void query(StringBuilder out, List<EndpointRequest.QueryParameter> query) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (EndpointRequest.QueryParameter parameter : query) {
      byName.putIfAbsent(parameter.name(), parameter.value());
    }
    char separator = '{';
    for (Map.Entry<String, String> parameter : byName.entrySet()) {
      out.append(separator);
      WireWriter.quote(out, parameter.getKey());
      out.append(':');
      WireWriter.quote(out, parameter.getValue());
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }
}
