package dev.berth.controlplane;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.nio.file.Path;

/// A database server for one test, whose content can be opened again.
public final class EmbeddedMongo implements AutoCloseable {

  private final MongoServer server;
  private final String connectionString;

  private EmbeddedMongo(MongoServer server) {
    this.server = server;
    this.connectionString = server.bindAndGetConnectionString();
  }

  public static EmbeddedMongo in(Path folder) {
    return new EmbeddedMongo(new MongoServer(new H2Backend(folder.resolve("db").toString())));
  }

  public String connectionString() {
    return connectionString;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
