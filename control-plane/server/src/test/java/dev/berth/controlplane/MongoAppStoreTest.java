package dev.berth.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoAppStoreTest {

  private static final AppStore.Origin ORIGIN = new AppStore.Origin("/home/ann/shop", "shop");

  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path folder;
  private EmbeddedMongo database;
  private MongoAppStore store;

  @BeforeEach
  void open() {
    database = EmbeddedMongo.in(folder);
    store = await(MongoAppStore.open(vertx, database.connectionString(), Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    await(store.close());
    await(vertx.close());
    database.close();
  }

  @Test
  void anAppWithoutIdGetsOneOfItsNameAndFiveLettersAndKeepsItOverARestart() {
    AppId made = await(store.idFor(ORIGIN));

    restart();

    assertThat(made.value()).matches("shop-[a-z]{5}");
    assertThat(await(store.idFor(ORIGIN))).isEqualTo(made);
  }

  @Test
  void anotherFolderOrAnotherNameIsAnotherApp() {
    AppId made = await(store.idFor(ORIGIN));

    assertThat(await(store.idFor(new AppStore.Origin("/home/bob/shop", "shop"))))
        .isNotEqualTo(made);
    assertThat(await(store.idFor(new AppStore.Origin("/home/ann/shop", "till"))))
        .isNotEqualTo(made);
  }

  @Test
  void twoThatAskAtOnceGetTheSameId() {
    List<AppId> made =
        await(Future.join(store.idFor(ORIGIN), store.idFor(ORIGIN))).list().stream()
            .map(AppId.class::cast)
            .toList();

    assertThat(made.getFirst()).isEqualTo(made.getLast());
  }

  @Test
  void revisionsAreNumberedFromOneAndGoOnAfterARestart() {
    AppId id = new AppId("shop-abcde");
    Instant before = Instant.now().minusMillis(1);
    StoredRevision first = await(store.keep(id, "shop", "digest of A"));

    restart();

    assertThat(await(store.keep(id, "shop", "digest of A"))).isEqualTo(first);
    assertThat(first.revision()).isEqualTo(new Revision(1));
    assertThat(first.deployedAt()).isBetween(before, Instant.now());
    assertThat(await(store.keep(id, "shop", "digest of B")).revision()).isEqualTo(new Revision(2));
    assertThat(await(store.keep(id, "shop", "digest of A")).revision())
        .as("going back to an earlier content is a deployment like any other")
        .isEqualTo(new Revision(3));
  }

  @Test
  void deploymentsAtOnceGetDifferentNumbers() {
    AppId id = new AppId("shop-abcde");

    List<Future<StoredRevision>> kept =
        IntStream.range(0, 8).mapToObj(i -> store.keep(id, "shop", "digest " + i)).toList();
    await(Future.all(kept));

    assertThat(kept.stream().map(Future::result).map(stored -> stored.revision().number()))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  private void restart() {
    await(store.close());
    database.close();
    open();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
