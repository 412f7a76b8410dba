package dev.berth.catalog.bus;

import static dev.berth.catalog.bus.LoopbackCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Two processes of a cluster: one owns the catalog, the other follows.
class ClusteredCatalogTest {

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(20));
  private static final Patience NO_PATIENCE =
      new Patience(Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMillis(100));

  private static LoopbackCluster cluster;
  private static CatalogBus firstBus;
  private static CatalogBus secondBus;

  private final Samples samples = new Samples();
  private final InMemoryAppCatalog owned = new InMemoryAppCatalog();
  private final InMemoryAppCatalog followed = new InMemoryAppCatalog();
  private CatalogBus owner;
  private CatalogBus follower;
  private String name;

  @BeforeAll
  static void form() throws IOException {
    cluster = LoopbackCluster.form();
    firstBus = CatalogBus.on(cluster.first());
    secondBus = CatalogBus.on(cluster.second());
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @BeforeEach
  void converseApart(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    owner = firstBus.apart(name, PATIENCE);
    follower = secondBus.apart(name, PATIENCE);
  }

  @Test
  void aFollowerLearnsWhatIsThereAndWhatHappens() {
    deploy("shop", 1);
    DeployedApp blog = deploy("blog", 7);
    await(owner.announce(owned));

    await(follower.follow(followed));
    assertThat(followed.all()).hasSize(2);
    assertThat(followed.find(new AppId("blog")))
        .isNotSameAs(blog)
        .usingRecursiveComparison()
        .isEqualTo(blog);

    DeployedApp added = deploy("news", 1);
    assertThat(Expectation.revision(followed, "news", 1))
        .usingRecursiveComparison()
        .isEqualTo(added);

    deploy("shop", 2);
    Expectation.revision(followed, "shop", 2);

    remove("shop");
    Expectation.removed(followed, "shop");

    deploy("shop", 1);
    Expectation.revision(followed, "shop", 1);
    assertThat(followed.all()).hasSize(3);
  }

  @Test
  void aFollowerThatStartsFirstWaitsForTheOwner() {
    Future<Following> following = follower.follow(followed);
    deploy("shop", 3);
    assertThat(following.isComplete()).isFalse();

    await(owner.announce(owned));
    await(following);

    assertThat(followed.all()).singleElement().isNotNull();
    deploy("shop", 4);
    Expectation.revision(followed, "shop", 4);
  }

  @Test
  void aFollowerWithoutAnOwnerFailsAndSaysSo() {
    Future<Following> following = secondBus.apart(name, NO_PATIENCE).follow(followed);

    assertThatThrownBy(() -> await(following))
        .hasRootCauseMessage("No handlers for address " + follower.address() + ".questions")
        .cause()
        .hasMessage("no process told which apps there are within PT0.1S");
  }

  @Test
  void everyAppArrivesWhenThereAreManyAndTheyChangeMeanwhile() {
    IntStream.range(0, 120).forEach(n -> deploy("app-" + n, 1));
    await(owner.announce(owned));

    Future<Following> following = follower.follow(followed);
    IntStream.range(0, 120).filter(n -> n % 3 == 0).forEach(n -> remove("app-" + n));
    IntStream.range(0, 120).filter(n -> n % 3 == 1).forEach(n -> deploy("app-" + n, 2));
    deploy("last", 1);
    await(following);
    Expectation.revision(followed, "last", 1);

    assertThat(followed.all())
        .extracting(app -> app.id() + " " + app.revision())
        .containsExactlyInAnyOrderElementsOf(
            owned.all().stream().map(app -> app.id() + " " + app.revision()).toList());
  }

  @Test
  void aNewOwnerMakesFollowersForgetWhatItDoesNotHave() {
    deploy("shop", 5);
    deploy("blog", 5);
    await(owner.announce(owned));
    await(follower.follow(followed));

    // As if a removal and a new start of the numbers had been lost on the way.
    followed.apply(new AppChange.Deployed(samples.app("stale", 1)));
    followed.apply(new AppChange.Deployed(samples.app("blog", 9)));
    await(owner.announce(owned));

    Expectation.removed(followed, "stale");
    Expectation.revision(followed, "blog", 5);
    Expectation.revision(followed, "shop", 5);
  }

  @Test
  void anAppThatCannotBeWrittenKeepsNoOtherFromFollowers() throws IOException {
    deploy("shop", 1);
    owned.apply(new AppChange.Deployed(Samples.unwritableApp("broken")));
    try (CapturedLog log = CapturedLog.begin()) {
      await(owner.announce(owned));
      await(follower.follow(followed));

      assertThat(followed.all()).extracting(DeployedApp::id).containsExactly(new AppId("shop"));
      assertThat(log.text()).contains("appId=broken").doesNotContain("hush");
    }
  }

  @Test
  void aMalformedMessageChangesNothingAndIsLoggedWithoutItsContent() throws Exception {
    deploy("shop", 1);
    await(owner.announce(owned));
    await(follower.follow(followed));
    Vertx stranger = cluster.stranger();
    EventBus bus = stranger.eventBus().registerCodec(new Babble());
    String address = owner.address() + ".changes";

    try (CapturedLog log = CapturedLog.begin()) {
      bus.publish(address, "hush hush");
      bus.publish(address, new Hush(), new DeliveryOptions().setCodecName(CatalogCodec.NAME));
      log.awaitText("is none of the catalog");
      log.awaitText("is not BSON");

      assertThat(log.text()).contains("a malformed message about apps is ignored");
      assertThat(log.text()).doesNotContain("hush").doesNotContain("Exception");
    } finally {
      await(stranger.close());
    }
    assertThat(followed.all()).hasSize(1);
    deploy("shop", 2);
    Expectation.revision(followed, "shop", 2);
  }

  @Test
  void neitherMessagesNorTheirTextFormsShowSecrets() {
    assertThat(
            new CatalogMessage.Current(new AppChange.Deployed(samples.app("shop", 1))).toString())
        .contains("Secrets[")
        .doesNotContain("hush");
  }

  private DeployedApp deploy(String id, long revision) {
    DeployedApp app = samples.app(id, revision);
    owned.apply(new AppChange.Deployed(app));
    return app;
  }

  private void remove(String id) {
    owned.apply(new AppChange.Removed(new AppId(id)));
  }

  record Hush() {}

  /// Writes what no process of this structure would.
  static final class Babble implements MessageCodec<Hush, Hush> {

    @Override
    public void encodeToWire(Buffer buffer, Hush message) {
      buffer.appendInt(9).appendString("hush hush");
    }

    @Override
    public Hush decodeFromWire(int position, Buffer buffer) {
      return new Hush();
    }

    @Override
    public Hush transform(Hush message) {
      return message;
    }

    @Override
    public String name() {
      return CatalogCodec.NAME;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
