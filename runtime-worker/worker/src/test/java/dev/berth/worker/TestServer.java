package dev.berth.worker;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The database server of a test: the one that `MONGODB_URI` names, or else an embedded one.
///
/// A named server is shared. So a test uses names of databases that nobody else has, and says which
/// they are: they are dropped at the end.
public final class TestServer implements AutoCloseable {

  private final @Nullable MongoServer own;
  private final ConnectionString link;
  private final MongoClient client;
  private final Set<String> databases = ConcurrentHashMap.newKeySet();

  private TestServer(@Nullable MongoServer own, ConnectionString link) {
    this.own = own;
    this.link = link;
    this.client = MongoClients.create(link);
  }

  public static TestServer start() {
    String named = System.getenv("MONGODB_URI");
    return named == null || named.isBlank()
        ? embedded(new MemoryBackend())
        : new TestServer(null, new ConnectionString(named));
  }

  /// An embedded one, whether a server is named or not.
  public static TestServer embedded(MongoBackend backend) {
    MongoServer server = new MongoServer(backend);
    return new TestServer(server, new ConnectionString(server.bindAndGetConnectionString()));
  }

  public ConnectionString link() {
    return link;
  }

  MongoClient client() {
    return client;
  }

  /// Notes a database that is of this test alone.
  public void owns(String database) {
    databases.add(database);
  }

  /// Whether this is the embedded server, be it the test's own or a process that is named.
  public boolean isEmbedded() {
    return !command("buildInfo").containsKey("gitVersion");
  }

  /// Whether there are transactions.
  public boolean isReplicaSet() {
    // By its old name, which the embedded server knows, too.
    return command("isMaster").containsKey("setName");
  }

  private BsonDocument command(String name) {
    BsonDocument command = new BsonDocument(name, new BsonInt32(1));
    return all(client.getDatabase("admin").runCommand(command, BsonDocument.class)).getFirst();
  }

  static <T> List<T> all(Publisher<T> publisher) {
    CompletableFuture<List<T>> result = new CompletableFuture<>();
    List<T> values = new ArrayList<>();
    publisher.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(T value) {
            values.add(value);
          }

          @Override
          public void onError(Throwable failure) {
            result.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            result.complete(values);
          }
        });
    return result.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    if (own == null) {
      for (String database : databases) {
        var _ = all(client.getDatabase(database).drop());
      }
    }
    client.close();
    if (own != null) {
      own.shutdownNow();
    }
  }
}
