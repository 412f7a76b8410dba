package dev.berth.benchmarks.data;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.berth.benchmarks.Announcement;

/// A database in memory that all servers of a comparison share, where no real one is given.
public final class DatabaseServer {

  private DatabaseServer() {}

  public static void main(String[] args) {
    int port = new MongoServer(new MemoryBackend()).bind().getPort();
    new Announcement(port, "/", "mongo-java-server in memory").print();
  }
}
