package dev.berth.endtoend;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Where the data of tested apps is: in the embedded database of each process, or on the server
/// that `MONGODB_URI` names. There it is in a database of its own, which is dropped at the end.
final class DataServer implements AfterAllCallback {

  private static final @Nullable String URI = System.getenv("MONGODB_URI");

  private final String id = UUID.randomUUID().toString().replace("-", "");
  private final String database = URI == null ? "d" : "test_" + id;

  /// What the apps call their database.
  String database() {
    return database;
  }

  /// The App ID of an app of that name, which has no users there yet.
  String appId(String name) {
    return name + "-" + id.substring(0, 5);
  }

  /// What a process has to be told.
  Map<String, String> environment() {
    // Each process finds on the server what those before it have encrypted.
    return URI == null
        ? Map.of()
        : Map.of("MONGODB_URI", URI, "BERTH_MASTER_KEY", ClusterProcesses.MASTER_KEY);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (URI == null) {
      return;
    }
    try (MongoClient client = MongoClients.create(URI)) {
      CompletableFuture<Void> dropped = new CompletableFuture<>();
      client
          .getDatabase(database)
          .drop()
          .subscribe(
              new Subscriber<>() {
                @Override
                public void onSubscribe(Subscription subscription) {
                  subscription.request(1);
                }

                @Override
                public void onNext(Void nothing) {}

                @Override
                public void onError(Throwable failure) {
                  dropped.completeExceptionally(failure);
                }

                @Override
                public void onComplete() {
                  dropped.complete(null);
                }
              });
      dropped.join();
    }
  }
}
