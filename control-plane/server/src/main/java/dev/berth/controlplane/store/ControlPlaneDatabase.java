package dev.berth.controlplane.store;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;

/// The database `berth`, where the control plane keeps everything that it knows.
public final class ControlPlaneDatabase implements AutoCloseable {

  /// The database; apps keep their data in others, and cannot name this one.
  public static final String NAME = "berth";

  private final MongoClient client;

  private ControlPlaneDatabase(MongoClient client) {
    this.client = client;
  }

  /// Connects, and brings what an older version wrote into the form of this one. Blocks.
  ///
  /// @param connectionString a `mongodb:` or `mongodb+srv:` URI
  /// @throws dev.berth.controlplane.refusal.Refusal when the database does not answer
  /// @throws NewerSchemaException when a newer version has written there
  public static ControlPlaneDatabase open(Vertx vertx, String connectionString) {
    JsonObject settings =
        new JsonObject().put("connection_string", connectionString).put("db_name", NAME);
    ControlPlaneDatabase database = new ControlPlaneDatabase(MongoClient.create(vertx, settings));
    try {
      new Migrations(database).run();
      return database;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  public DocumentCollection collection(String name) {
    return new DocumentCollection(client, name);
  }

  /// Lets the connections go. Blocks.
  @Override
  public void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
  }
}
