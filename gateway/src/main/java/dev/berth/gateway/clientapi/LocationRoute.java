package dev.berth.gateway.clientapi;

import dev.berth.appmodel.region.Placement;
import dev.berth.appmodel.region.ServedRegions;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// Tells a client where to send all further requests. It is the first that each one asks, at
/// whichever region.
///
/// @param regions that have URLs of their own
record LocationRoute(ServedRegions regions) {

  List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/app/{app}/location", Route.Token.NONE, this::location));
  }

  private Future<ClientAnswer> location(ClientCall call) {
    Placement placement = Placement.of(call.app().definition());
    String own = regions.urlOf(placement);
    String url = own == null ? call.baseUrl() : own;
    return Future.succeededFuture(
        new ClientAnswer.Json(
            200,
            new BsonDocument("deployment_model", new BsonString(placement.model().name()))
                .append("location", new BsonString(placement.location()))
                .append("hostname", new BsonString(url))
                .append("ws_hostname", new BsonString("ws" + url.substring("http".length())))));
  }
}
