package dev.berth.gateway.clientapi;

import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.request.QueryString;
import dev.berth.invocation.EndpointRequest.QueryParameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What a client wants to watch, as its URL says it. `EventSource` of browsers sends neither a
/// body nor headers.
///
/// @param service the data source
/// @param arguments as a data call takes them
/// @param isCompact whether events are to have the short names
/// @param isQuestion whether the client only asks if it may
record WatchRequest(String service, BsonDocument arguments, boolean isCompact, boolean isQuestion) {

  private static final List<String> REQUEST = List.of("baas_request", "stitch_request");
  private static final List<String> TOKEN = List.of("baas_at", "stitch_at");
  private static final List<String> QUESTION = List.of("baas_validate", "stitch_validate");

  /// The access token in a URL; `null` when there is none.
  static @Nullable String token(QueryString query) {
    return find(query, TOKEN);
  }

  static WatchRequest of(QueryString query) throws MalformedBodyException {
    String name = REQUEST.getFirst();
    String encoded = find(query, REQUEST);
    if (encoded == null) {
      throw MalformedBodyException.missing(name);
    }
    BsonDocument call = decoded(encoded);
    if (!call.isString("name") || !call.getString("name").getValue().equals("watch")) {
      throw MalformedBodyException.invalid("name", "\"watch\"");
    }
    if (!call.isString("service")) {
      throw MalformedBodyException.invalid("service", "a string");
    }
    BsonDocument given = DataArguments.given(call);
    return new WatchRequest(
        call.getString("service").getValue(),
        DataArguments.ofWatch(given),
        BsonBoolean.TRUE.equals(given.get("useCompactEvents")),
        "true".equals(find(query, QUESTION)));
  }

  private static BsonDocument decoded(String encoded) throws MalformedBodyException {
    try {
      // A plus sign that nobody escaped has become a blank.
      String base64 = encoded.replace(' ', '+').replace('-', '+').replace('_', '/');
      byte[] json = Base64.getDecoder().decode(base64);
      BsonValue call = Ejson.parse(new String(json, StandardCharsets.UTF_8));
      if (call.isDocument()) {
        return call.asDocument();
      }
    } catch (IllegalArgumentException | EjsonParseException notThat) {
      throw MalformedBodyException.invalid(REQUEST.getFirst(), "Base64 of a JSON object");
    }
    throw MalformedBodyException.invalid(REQUEST.getFirst(), "Base64 of a JSON object");
  }

  private static @Nullable String find(QueryString query, List<String> names) {
    return query.parameters().stream()
        .filter(parameter -> names.contains(parameter.name()))
        .map(QueryParameter::value)
        .findFirst()
        .orElse(null);
  }
}
