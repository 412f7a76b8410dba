package dev.berth.identity.customdata;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.berth.appmodel.CustomUserData;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.CustomUserDataSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;
import org.reactivestreams.Publisher;

/// Reads custom user data from the collection that the app names.
///
/// The user's id may be kept as text or as an ObjectId. Where several documents hold it, the
/// first one counts. Databases of the installation itself are never read.
public final class MongoCustomUserData implements CustomUserDataSource {

  private static final Set<String> RESERVED = Set.of("berth", "admin", "local", "config");

  private final Vertx vertx;
  private final CustomDataLinks links;
  private final ConcurrentMap<String, MongoClient> clients = new ConcurrentHashMap<>();

  public MongoCustomUserData(Vertx vertx, CustomDataLinks links) {
    this.vertx = vertx;
    this.links = links;
  }

  @Override
  public Future<BsonDocument> read(DeployedApp app, String userId) {
    CustomUserData settings = app.definition().customUserData();
    if (!settings.enabled()
        || settings.dataSource() == null
        || settings.database() == null
        || settings.collection() == null
        || settings.userIdField() == null) {
      return Future.succeededFuture(new BsonDocument());
    }
    String link = links.connectionString(app.id(), settings.dataSource());
    if (link == null || RESERVED.contains(settings.database().toLowerCase(Locale.ROOT))) {
      return Future.succeededFuture(new BsonDocument());
    }
    BsonArray ids = new BsonArray();
    ids.add(new BsonString(userId));
    if (ObjectId.isValid(userId)) {
      ids.add(new BsonObjectId(new ObjectId(userId)));
    }
    return first(
        clients
            .computeIfAbsent(link, MongoClients::create)
            .getDatabase(settings.database())
            .getCollection(settings.collection(), BsonDocument.class)
            .find(new BsonDocument(settings.userIdField(), new BsonDocument("$in", ids)))
            .limit(1)
            .first());
  }

  private Future<BsonDocument> first(Publisher<BsonDocument> publisher) {
    Context context = vertx.getOrCreateContext();
    Promise<BsonDocument> promise = Promise.promise();
    publisher.subscribe(
        new FirstDocument(
            found -> context.runOnContext(_ -> promise.tryComplete(found)),
            failure -> context.runOnContext(_ -> promise.tryFail(failure))));
    return promise.future();
  }

  /// Lets the connections go.
  public void close() {
    clients.values().forEach(MongoClient::close);
    clients.clear();
  }
}
