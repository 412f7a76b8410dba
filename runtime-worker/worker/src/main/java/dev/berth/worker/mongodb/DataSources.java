package dev.berth.worker.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.berth.appmodel.AppId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The clients of all linked MongoDB deployments: one per connection string, made on first use.
///
/// Safe for use by any thread.
public final class DataSources implements AutoCloseable {

  private final DataSourceLinks links;
  private final MongoLimits limits;

  // Guarded by itself; the connection strings hold credentials and never leave this class.
  private final Map<String, MongoClient> clients = new HashMap<>();
  private final OpenConnections connections = new OpenConnections();
  private boolean closed;

  public DataSources(DataSourceLinks links, MongoLimits limits) {
    this.links = links;
    this.limits = limits;
  }

  /// The client for a data source, or `null` when the app has no such data source.
  @Nullable MongoClient client(AppId appId, String dataSource) {
    ConnectionString link = links.link(appId, dataSource);
    if (link == null) {
      return null;
    }
    synchronized (clients) {
      if (closed) {
        throw new IllegalStateException("the data sources of this worker are closed");
      }
      return clients.computeIfAbsent(link.getConnectionString(), _ -> connect(link));
    }
  }

  /// Connections to databases, of all clients. From any thread.
  public int connections() {
    return connections.open();
  }

  /// Those of them that an operation uses now. From any thread.
  public int connectionsInUse() {
    return connections.inUse();
  }

  @Override
  public void close() {
    synchronized (clients) {
      closed = true;
      clients.values().forEach(MongoClient::close);
      clients.clear();
    }
  }

  private MongoClient connect(ConnectionString link) {
    long patience = limits.reachable().toMillis();
    var settings =
        MongoClientSettings.builder()
            .applyConnectionString(link)
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(patience, TimeUnit.MILLISECONDS))
            .applyToSocketSettings(socket -> socket.connectTimeout(patience, TimeUnit.MILLISECONDS))
            .applyToConnectionPoolSettings(
                pool ->
                    pool.maxSize(limits.connections())
                        .minSize(0)
                        .addConnectionPoolListener(connections)
                        .maxWaitTime(limits.readTime().toMillis(), TimeUnit.MILLISECONDS));
    WriteConcern asked = link.getWriteConcern();
    if (asked != null && !asked.isAcknowledged()) {
      // Every write answers with counts, which only an acknowledged write has.
      settings.writeConcern(WriteConcern.ACKNOWLEDGED);
    }
    return MongoClients.create(settings.build());
  }
}
