package dev.berth.identity;

import dev.berth.catalog.DeployedApp;
import io.vertx.core.Future;
import org.bson.BsonDocument;

/// Where apps keep their own facts about users.
@FunctionalInterface
public interface CustomUserDataSource {

  /// The app's document about a user, read with system rights; empty when it keeps none.
  Future<BsonDocument> read(DeployedApp app, String userId);

  /// No app keeps anything.
  static CustomUserDataSource none() {
    return (_, _) -> Future.succeededFuture(new BsonDocument());
  }
}
