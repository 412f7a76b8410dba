package dev.berth.controlplane.store;

import com.mongodb.ConnectionString;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;

/// The database `berth`, where the control plane keeps everything that it knows.
public final class ControlPlaneDatabase implements AutoCloseable {

  /// The database; apps keep their data in others, and cannot name this one.
  public static final String NAME = "berth";

  /// How long a server is looked for while none is there. The driver's own half a minute is longer
  /// than whoever waits for an answer does.
  private static final Duration SELECTION = Duration.ofSeconds(5);

  /// How long a server may take for an answer before it counts as away.
  private static final Duration ANSWER = Duration.ofSeconds(30);

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
    ControlPlaneDatabase database =
        new ControlPlaneDatabase(MongoClient.create(vertx, settings(connectionString)));
    try {
      new Migrations(database).run();
      return database;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /// What the connection string says itself counts.
  private static JsonObject settings(String connectionString) {
    ConnectionString said = new ConnectionString(connectionString);
    JsonObject settings =
        new JsonObject().put("connection_string", connectionString).put("db_name", NAME);
    if (said.getServerSelectionTimeout() == null) {
      settings.put("serverSelectionTimeoutMS", SELECTION.toMillis());
    }
    if (said.getSocketTimeout() == null) {
      settings.put("socketTimeoutMS", (int) ANSWER.toMillis());
    }
    return settings;
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
