package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two apps reach each other's data exactly where somebody has linked both to it.
class LinkedDataTest {

  private static final AppId SHOP = new AppId("shop-abcde");
  private static final AppId BANK = new AppId("bank-fghij");

  private final MongoServer ofShop = new MongoServer(new MemoryBackend());
  private final MongoServer ofBank = new MongoServer(new MemoryBackend());
  private final ConnectionString shopLink = link(ofShop);
  private final ConnectionString bankLink = link(ofBank);
  private final MongoClient shop = MongoClients.create(shopLink);
  private final MongoClient bank = MongoClients.create(bankLink);
  private final DataSources sources = new DataSources(this::linked, MongoLimits.STANDARD);
  private final MongoService service =
      new MongoService(sources, new NamespacePolicy(), MongoLimits.STANDARD);

  private static ConnectionString link(MongoServer server) {
    return new ConnectionString("mongodb://127.0.0.1:" + server.bind().getPort());
  }

  private @Nullable ConnectionString linked(AppId app, String source) {
    return switch (app + "." + source) {
      case "shop-abcde.own" -> shopLink;
      case "bank-fghij.own", "bank-fghij.shared", "shop-abcde.shared" -> bankLink;
      default -> null;
    };
  }

  @BeforeEach
  void fill() {
    insert(shop, "data", "accounts", "{_id: 1, of: 'shop'}");
    insert(bank, "data", "accounts", "{_id: 2, of: 'bank'}");
    insert(bank, "data", "secrets", "{_id: 3, of: 'bank'}");
    insert(shop, "berth", "apps", "{_id: 4, of: 'Berth'}");
  }

  private static void insert(MongoClient client, String database, String name, String document) {
    DriverResult.one(
            client
                .getDatabase(database)
                .getCollection(name, BsonDocument.class)
                .insertOne(BsonDocument.parse(document)))
        .join();
  }

  private static List<BsonDocument> stored(MongoClient client, String database, String name) {
    return DriverResult.all(
            client.getDatabase(database).getCollection(name, BsonDocument.class).find())
        .join();
  }

  @AfterEach
  void close() {
    sources.close();
    shop.close();
    bank.close();
    ofShop.shutdownNow();
    ofBank.shutdownNow();
  }

  private BsonValue call(AppId app, String source, String operation, String arguments) {
    var all =
        new BsonDocument("service", new BsonString(source))
            .append("database", new BsonString("data"))
            .append("collection", new BsonString("accounts"));
    all.putAll(BsonDocument.parse(arguments));
    TestScope any = TestScope.system();
    return service
        .call(new TestScope(app, any.invocation(), any.begun(), any.releases()), operation, all)
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private GuestServiceException refusal(
      AppId app, String source, String operation, String arguments) {
    var failure =
        catchThrowableOfType(
            CompletionException.class, () -> call(app, source, operation, arguments));
    if (failure != null && failure.getCause() instanceof GuestServiceException refusal) {
      return refusal;
    }
    throw new AssertionError("not refused: " + operation + " " + arguments, failure);
  }

  @Test
  void theSameNamesLeadToTheDatabaseOfEachApp() {
    assertThat(call(SHOP, "own", "find", "{}"))
        .isEqualTo(BsonArray.parse("[{_id: 1, of: 'shop'}]"));
    assertThat(call(BANK, "own", "find", "{}"))
        .isEqualTo(BsonArray.parse("[{_id: 2, of: 'bank'}]"));
  }

  @Test
  void aSourceThatIsNotLinkedToAnAppIsNotThereForIt() {
    assertThat(refusal(new AppId("thief-abcde"), "own", "find", "{}"))
        .hasMessage("service not found: 'own'");
    assertThat(refusal(SHOP, "own.", "find", "{}").errorCode()).isEqualTo("ServiceNotFound");
  }

  @Test
  void appsThatAreLinkedToOneDatabaseShareIt() {
    call(SHOP, "shared", "insertOne", "{document: {_id: 9}}");

    assertThat(call(BANK, "shared", "count", "{query: {_id: 9}}").asNumber().intValue())
        .isEqualTo(1);
    assertThat(call(BANK, "own", "count", "{query: {_id: 9}}").asNumber().intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find             | {collection: 'secrets'}",
        "aggregate        | {pipeline: [{$lookup: {from: 'secrets', pipeline: [], as: 'x'}}, {$unwind: '$x'}]}",
        "aggregate        | {collection: 'secrets', pipeline: [{$match: {}}]}",
        "getCollectionNames | {database: 'bank'}",
      })
  void nothingOfAnotherDatabaseIsSeen(String operation, String arguments) {
    assertThat(call(SHOP, "own", operation, arguments).asArray()).isEmpty();
  }

  @Test
  void whatAnAppWritesStaysInItsOwnDatabase() {
    call(SHOP, "own", "insertOne", "{collection: 'secrets', document: {_id: 3, of: 'thief'}}");
    call(SHOP, "own", "updateMany", "{collection: 'secrets', update: {$set: {of: 'thief'}}}");
    call(SHOP, "own", "aggregate", "{pipeline: [{$out: 'secrets'}]}");
    call(SHOP, "own", "deleteMany", "{collection: 'secrets'}");

    assertThat(stored(bank, "data", "secrets"))
        .containsExactly(BsonDocument.parse("{_id: 3, of: 'bank'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find              | {database: 'berth', collection: 'apps'}",
        "findOne           | {database: 'BERTH', collection: 'apps'}",
        "count             | {database: 'berth', collection: 'apps'}",
        "distinct          | {database: 'berth', collection: 'apps', field: 'of'}",
        "insertOne         | {database: 'berth', collection: 'apps', document: {}}",
        "updateMany        | {database: 'berth', collection: 'apps', update: {$set: {a: 1}}}",
        "deleteMany        | {database: 'berth', collection: 'apps'}",
        "bulkWrite         | {database: 'berth', collection: 'apps', operations: [{deleteMany: {filter: {}}}]}",
        "findOneAndDelete  | {database: 'berth', collection: 'apps'}",
        "openCursor        | {database: 'berth', collection: 'apps'}",
        "changes           | {database: 'berth', collection: 'apps'}",
        "getCollectionNames | {database: 'berth'}",
        "aggregate         | {database: 'berth', pipeline: [{$match: {}}]}",
        "aggregate         | {pipeline: [{$lookup: {from: {db: 'berth', coll: 'apps'}, as: 'x', pipeline: []}}]}",
        "aggregate         | {pipeline: [{$unionWith: {db: 'berth', coll: 'apps'}}]}",
        "aggregate         | {pipeline: [{$graphLookup: {from: {db: 'berth', coll: 'apps'}, as: 'x'}}]}",
        "aggregate         | {pipeline: [{$out: {db: 'berth', coll: 'apps'}}]}",
        "aggregate         | {pipeline: [{$merge: {into: {db: 'berth', coll: 'apps'}}}]}",
        "aggregate         | {pipeline: [{$facet: {a: [{$unionWith: {db: 'Berth', coll: 'apps'}}]}}]}",
        "openCursor        | {pipeline: [{$unionWith: {db: 'berth', coll: 'apps'}}]}",
        "changes           | {pipeline: [{$unionWith: {db: 'berth', coll: 'apps'}}]}",
        "find              | {database: 'admin', collection: 'users'}",
        "aggregate         | {pipeline: [{$out: {db: 'admin', coll: 'users'}}]}",
        "changes           | {database: 'local', collection: 'oplog.rs'}",
      })
  void whatBerthKeepsInTheSameClusterIsRefusedByName(String operation, String arguments) {
    GuestServiceException refused = refusal(SHOP, "own", operation, arguments);

    assertThat(refused.errorCode()).isEqualTo("InvalidParameter");
    assertThat(refused.getMessage()).contains("is not available to functions");
    assertThat(stored(shop, "berth", "apps"))
        .containsExactly(BsonDocument.parse("{_id: 4, of: 'Berth'}"));
  }

  @Test
  void theNamesOfDatabasesLeaveOutThoseOfBerth() {
    assertThat(call(SHOP, "own", "getDatabaseNames", "{}")).isEqualTo(BsonArray.parse("['data']"));
  }
}
