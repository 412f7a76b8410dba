package dev.berth.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.controlplane.EmbeddedMongo;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleStoreTest {

  private static final AppBundle FILES =
      AppBundle.of(Map.of("root_config.json", "{}".getBytes(StandardCharsets.UTF_8)));

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedMongo mongo;
  private ControlPlaneDatabase database;

  @BeforeEach
  void open() {
    mongo = EmbeddedMongo.in(folder);
    database = ControlPlaneDatabase.open(vertx, mongo.connectionString());
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    mongo.close();
  }

  @Test
  void whatNobodyNeedsGoesWhenItIsOld() {
    BundleStore now = BundleStore.in(database, Instant::now);
    BundleStore later = BundleStore.in(database, () -> Instant.now().plus(Duration.ofHours(25)));
    String digest = now.put(FILES);

    now.retain(Set.of());
    assertThat(now.find(digest)).isPresent();
    later.retain(Set.of(digest));
    assertThat(now.find(digest)).isPresent();
    later.retain(Set.of());

    assertThat(now.find(digest)).isEmpty();
    assertThat(database.collection("bundle_pieces").count(new JsonObject())).isZero();
  }

  @Test
  void filesThatAreRemovedWhileTheyAreKeptAgainAreWholeOrGone() {
    BundleStore now = BundleStore.in(database, Instant::now);
    BundleStore later = BundleStore.in(database, () -> Instant.now().plus(Duration.ofHours(25)));
    AtomicBoolean isOver = new AtomicBoolean();
    CompletableFuture<Void> removing =
        CompletableFuture.runAsync(
            () -> {
              while (!isOver.get()) {
                later.retain(Set.of());
              }
            });

    for (int i = 0; i < 100; i++) {
      now.find(now.put(FILES)).ifPresent(found -> assertThat(found).isEqualTo(FILES));
    }
    isOver.set(true);
    removing.join();

    assertThat(now.find(now.put(FILES))).contains(FILES);
  }
}
