package dev.berth.gateway.clientapi;

import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.authentication.Credentials;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.identity.Session;
import dev.berth.invocation.RequestId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A request of a client as its route sees it.
///
/// @param baseUrl where the client reaches the gateway
/// @param parameters of the path
/// @param routes of the live revision of the app that is meant
/// @param proven the session of the verified token; `null` where the route wants none
/// @param body empty when the request has none
record ClientCall(
    RequestId id,
    String baseUrl,
    IncomingRequest request,
    Map<String, String> parameters,
    AppRoutes routes,
    @Nullable Session proven,
    BsonDocument body) {

  /// The live revision of the app that is meant.
  DeployedApp app() {
    return routes.app();
  }

  /// The token of the request where a route of events looks for it; `null` when it has none.
  @Nullable String token() {
    String token = Credentials.bearer(request.headers());
    return token == null ? WatchRequest.token(request.query()) : token;
  }

  /// What stands in the path.
  String parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /// Who asks, where the route wants a token.
  Session session() {
    return Objects.requireNonNull(proven, "the route wants a token");
  }

  /// A field of the body that must be there.
  String text(String name) throws MalformedBodyException {
    BsonValue value = body.get(name);
    if (value == null || value.isNull()) {
      throw MalformedBodyException.missing(name);
    }
    if (!value.isString()) {
      throw MalformedBodyException.invalid(name, "a string");
    }
    return value.asString().getValue();
  }

  /// A list in the body; none is an empty one.
  List<BsonValue> list(String name) throws MalformedBodyException {
    BsonValue value = body.get(name, new BsonArray());
    if (!value.isArray()) {
      throw MalformedBodyException.invalid(name, "an array");
    }
    return value.asArray();
  }

  /// Shows no content: body and headers may hold credentials.
  @Override
  public String toString() {
    return "ClientCall[" + id + "]";
  }
}
