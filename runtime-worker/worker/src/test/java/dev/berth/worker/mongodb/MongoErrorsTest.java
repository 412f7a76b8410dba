package dev.berth.worker.mongodb;

import static dev.berth.worker.mongodb.TestDatabase.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.service.GuestServiceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MongoErrorsTest {

  private static final ServerAddress SERVER = new ServerAddress("db7.internal.example", 27017);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @Test
  void aDuplicateKeyKeepsTheWordsAndCodeOfTheDatabase() {
    database.call("insertOne", "{document: {_id: 1}}");

    var refusal = database.refusal("insertOne", "{document: {_id: 1}}");

    assertThat(refusal.errorCode()).isEqualTo("MongoDBError");
    assertThat(refusal.databaseCode()).isEqualTo(11000);
    assertThat(refusal).hasMessageStartingWith("E11000 duplicate key error");
    assertThat(refusal.getMessage()).doesNotContain("127.0.0.1", "WriteError", "com.mongodb");
  }

  @Test
  void anUnknownOperatorIsReportedInTheWordsOfTheDatabase() {
    database.call("insertOne", "{document: {a: 1}}");

    var refusal = database.refusal("find", "{query: {a: {$unheard: 1}}}");

    assertThat(refusal).hasMessageContaining("$unheard");
    assertThat(refusal.databaseCode()).isEqualTo(2);
    assertThat(refusal.getMessage()).doesNotContain("127.0.0.1");
  }

  @Test
  void aDocumentThatIsTooLargeIsRefusedInPlainWords() {
    var document = new BsonDocument("t", new BsonString("x".repeat(17 * 1024 * 1024)));

    var refusal =
        database.refusal(database.scope(), "insertOne", new BsonDocument("document", document));

    assertThat(refusal).hasMessage("a document is larger than the database accepts");
  }

  @Test
  void aDatabaseThatIsDownIsToldWithoutItsAddress() throws IOException {
    int port;
    try (var closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closedSoon.getLocalPort();
    }
    var link = new ConnectionString("mongodb://anna:geheim@127.0.0.1:" + port + "/?authSource=x");
    var limits =
        new MongoLimits(
            10, 1000, 1, 1, 10, 1, 1, 10, Duration.ofMillis(300), Duration.ofSeconds(1));
    try (var sources = new DataSources((_, _) -> link, limits)) {
      var service = new MongoService(sources, new NamespacePolicy(), limits);
      for (String operation :
          new String[] {"find", "findOne", "openCursor", "deleteOne", "count"}) {
        var answer =
            service.call(
                TestScope.system(),
                operation,
                BsonDocument.parse("{service: 's', database: 'd', collection: 'c'}"));

        var failure =
            catchThrowableOfType(
                CompletionException.class, () -> answer.toCompletableFuture().join());

        assertThat(failure)
            .hasCause(
                new GuestServiceException("MongoDBError", "the database cannot be reached", null));
      }
    }
  }

  @Test
  void aValueThatTheEmbeddedServerCannotTakeFailsThatCallOnly() {
    assumeTrue(database.isEmbedded());
    var md5 = new BsonDocument("v", new BsonBinary((byte) 5, new byte[16]));

    assertThat(database.refusal(database.scope(), "insertOne", new BsonDocument("document", md5)))
        .hasMessage("the database cannot be reached");
    assertThat(database.call("insertOne", "{document: {_id: 1}}"))
        .isEqualTo(json("{insertedId: 1}"));
  }

  static Stream<Throwable> failuresThatNameMachines() {
    return Stream.of(
        new MongoTimeoutException("Timed out. servers=[{address=db7.internal.example:27017}]"),
        new MongoSocketReadTimeoutException("read from db7.internal.example", SERVER, null),
        new MongoSecurityException(
            MongoCredential.createCredential("anna", "x", "geheim".toCharArray()),
            "Exception authenticating anna on db7.internal.example:27017"),
        new MongoInternalException("com.mongodb.internal at db7.internal.example"),
        command(6, "could not reach db9.internal.example:27018"),
        command(13436, "db7.internal.example:27017 is recovering"),
        command(96, "failed on db7.internal.example:27017, then on db7.internal.example"),
        command(8, "Unknown error: class java.util.ArrayList cannot be cast to class a.b.Internal"),
        command(8, "com.mongodb.internal.Thing failed"),
        command(13, "not authorized on shop to execute command { find: 'x', lsid: geheim }"),
        new CompletionException(new MongoTimeoutException("db7.internal.example:27017")));
  }

  @ParameterizedTest
  @MethodSource("failuresThatNameMachines")
  void messagesNameNoMachineUserOrClass(Throwable failure) {
    Throwable seen = MongoErrors.forGuest(failure);

    assertThat(seen).isInstanceOf(GuestServiceException.class);
    assertThat(seen.getMessage())
        .doesNotContain(
            "internal", "27017", "27018", "anna", "geheim", "com.mongodb", "Exception", "java");
    assertThat(seen).hasNoCause();
  }

  @Test
  void whatIsNoFailureOfTheDatabaseIsForOurLogOnly() {
    var bug = new IllegalStateException("a bug");

    assertThat(MongoErrors.forGuest(new CompletionException(bug))).isSameAs(bug);
  }

  @Test
  void sizesThatTheDriverRefusesAreToldInPlainWords() {
    assertThat(MongoErrors.forGuest(new BsonMaximumSizeExceededException("16777216 org.bson")))
        .hasMessage("a document is larger than the database accepts");
  }

  @Test
  void anAppWithoutTheLinkHasNoSuchDataSource() {
    var other = new AppId("other-abcde");
    try (var sources = new DataSources((app, _) -> app.equals(other) ? null : unused(), limits())) {
      assertThat(sources.client(other, "mongodb-atlas")).isNull();
    }
  }

  @Test
  void appsLinkedToTheSameDeploymentShareAClient() {
    try (var sources = new DataSources((_, _) -> unused(), limits())) {
      assertThat(sources.client(new AppId("a"), "x")).isSameAs(sources.client(new AppId("b"), "y"));
    }
  }

  private static MongoLimits limits() {
    return MongoLimits.STANDARD;
  }

  private static ConnectionString unused() {
    return new ConnectionString("mongodb://127.0.0.1:1");
  }

  private static MongoCommandException command(int code, String message) {
    return new MongoCommandException(
        new BsonDocument("ok", new BsonInt32(0))
            .append("code", new BsonInt32(code))
            .append("errmsg", new BsonString(message)),
        SERVER);
  }
}
