package dev.berth.gateway.clientapi;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// Tells a client where to send all further requests. It is the first that each one asks.
final class LocationRoute {

  private LocationRoute() {}

  static List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/app/{app}/location", Route.Token.NONE, LocationRoute::location));
  }

  private static Future<ClientAnswer> location(ClientCall call) {
    var definition = call.app().definition();
    return Future.succeededFuture(
        new ClientAnswer.Json(
            200,
            new BsonDocument(
                    "deployment_model", new BsonString(definition.deploymentModel().name()))
                .append("location", new BsonString(definition.providerRegion()))
                .append("hostname", new BsonString(call.baseUrl()))
                .append(
                    "ws_hostname",
                    new BsonString("ws" + call.baseUrl().substring("http".length())))));
  }
}
