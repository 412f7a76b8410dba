package dev.berth.identity.customdata;

import static dev.berth.identity.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.berth.appmodel.CustomUserData;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.TestApps;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MongoCustomUserDataTest {

  private static final String ANN = "5f9f1b9b1c9d440000000001";

  private final Vertx vertx = Vertx.vertx();
  private final MongoServer server = new MongoServer(H2Backend.inMemory());
  private final String connection = server.bindAndGetConnectionString();
  private final MongoCustomUserData data =
      new MongoCustomUserData(
          vertx, (_, source) -> source.equals("mongodb-atlas") ? connection : null);
  private MongoClient client;

  @BeforeEach
  void connect() {
    client = client("shop");
  }

  @AfterEach
  void close() {
    data.close();
    await(client.close());
    await(vertx.close());
    server.shutdownNow();
  }

  @Test
  void theDocumentOfAUserIsFoundByTextAndByObjectId() {
    save(new JsonObject().put("_id", "a").put("userId", ANN).put("n", 1));
    String bob = "5f9f1b9b1c9d440000000002";
    save(
        new JsonObject()
            .put("_id", "b")
            .put("userId", new JsonObject().put("$oid", bob))
            .put("n", 2));

    assertThat(read(app("mongodb-atlas", "shop"), ANN).getInt32("n").getValue()).isEqualTo(1);
    assertThat(read(app("mongodb-atlas", "shop"), bob).getInt32("n").getValue()).isEqualTo(2);
  }

  @Test
  void whoHasNoDocumentHasNoData() {
    assertThat(read(app("mongodb-atlas", "shop"), ANN)).isEmpty();
  }

  @Test
  void whatIsNotConfiguredOrNotLinkedIsNotRead() {
    save(new JsonObject().put("_id", "a").put("userId", ANN));

    assertThat(read(app("elsewhere", "shop"), ANN)).isEmpty();
    assertThat(read(TestApps.app("shop-abcde"), ANN)).isEmpty();
  }

  @Test
  void theDatabaseOfTheInstallationIsNeverRead() {
    MongoClient own = client("berth");
    await(own.insert("users", new JsonObject().put("_id", "a").put("userId", ANN)).map(true));

    assertThat(read(app("mongodb-atlas", "berth"), ANN)).isEmpty();
    await(own.close());
  }

  private BsonDocument read(DeployedApp app, String userId) {
    return await(data.read(app, userId));
  }

  private void save(JsonObject document) {
    await(client.insert("users", document).map(true));
  }

  private MongoClient client(String database) {
    return MongoClient.create(
        vertx, new JsonObject().put("connection_string", connection).put("db_name", database));
  }

  private static DeployedApp app(String dataSource, String database) {
    return TestApps.app(
        "shop-abcde",
        1,
        Secrets.none(),
        new CustomUserData(true, dataSource, database, "users", "userId", null));
  }
}
