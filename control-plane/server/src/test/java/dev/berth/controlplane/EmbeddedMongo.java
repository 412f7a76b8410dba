package dev.berth.controlplane;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// A database server for one test, whose content can be opened again.
public final class EmbeddedMongo implements AutoCloseable {

  private final Path folder;
  private final InetSocketAddress address;
  private MongoServer server;

  private EmbeddedMongo(Path folder) {
    this.folder = folder;
    this.server = server();
    this.address = server.bind();
  }

  public static EmbeddedMongo in(Path folder) {
    return new EmbeddedMongo(folder);
  }

  private MongoServer server() {
    return new MongoServer(new H2Backend(folder.resolve("db").toString()));
  }

  /// Starts again on the same port, with what it had when it was closed.
  public void startAgain() {
    server = server();
    server.bind(address);
  }

  public String connectionString() {
    return "mongodb://127.0.0.1:" + address.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
