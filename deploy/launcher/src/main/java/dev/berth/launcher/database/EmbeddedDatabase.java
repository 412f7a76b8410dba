package dev.berth.launcher.database;

import de.bwaldvogel.mongo.MongoServer;
import dev.berth.launcher.console.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// A database server inside this process, with its data in one folder, reachable from this
/// machine only, on whichever port is free.
public final class EmbeddedDatabase implements Database {

  private static final int ACCEPTING_THREADS = 1;
  /// Each serves one request at a time, and a request may scan a whole collection.
  private static final int SERVING_THREADS = 8;

  private final DataFolder folder;
  private final MongoServer server;
  private final String connectionString;

  private EmbeddedDatabase(DataFolder folder, MongoServer server) {
    this.folder = folder;
    this.server = server;
    this.connectionString = server.getConnectionString();
  }

  /// Opens the database in the folder, which is made when there is none.
  public static EmbeddedDatabase open(Path path) throws StartFailure {
    return open(path, 0);
  }

  /// Opens the database in the folder, which is made when there is none.
  ///
  /// @param port to listen on; 0 takes any free one
  public static EmbeddedDatabase open(Path path, int port) throws StartFailure {
    requireFree(port);
    DataFolder folder = DataFolder.own(path);
    try {
      MVStore store =
          new MVStore.Builder()
              .fileName(folder.file("database.h2").toString())
              .autoCommitDisabled()
              .open();
      MongoServer server = new MongoServer(new CommittingH2Backend(store));
      server.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          ACCEPTING_THREADS,
          SERVING_THREADS);
      return new EmbeddedDatabase(folder, server);
    } catch (MVStoreException e) {
      folder.close();
      throw new StartFailure(
          "the database in %s cannot be opened: %s".formatted(path, e.getMessage()));
    }
  }

  private static void requireFree(int port) throws StartFailure {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new StartFailure(
          "the database cannot listen on port %d of this machine: %s"
              .formatted(port, e.getMessage()));
    }
  }

  @Override
  public String connectionString() {
    return connectionString;
  }

  @Override
  public String description() {
    return folder.path() + " (embedded database)";
  }

  @Override
  public void close() {
    server.shutdownNow();
    folder.close();
  }
}
