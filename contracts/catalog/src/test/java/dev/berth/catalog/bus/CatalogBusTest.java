package dev.berth.catalog.bus;

import static dev.berth.catalog.bus.LoopbackCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogMessage.AskForIds;
import dev.berth.catalog.bus.CatalogMessage.Changed;
import dev.berth.catalog.bus.CatalogMessage.Current;
import dev.berth.catalog.bus.CatalogMessage.LiveIds;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Owner and follower in one process, where what meets what can be arranged.
class CatalogBusTest {

  private static final AppId SHOP = new AppId("shop");

  private final Vertx vertx = Vertx.vertx();
  private final CatalogBus bus = CatalogBus.on(vertx);
  private final DeployedApp shop = new Samples().app(SHOP.value(), 1);
  private final InMemoryAppCatalog owned = new InMemoryAppCatalog();
  private final InMemoryAppCatalog followed = new InMemoryAppCatalog();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void insideAProcessAppsTravelByReference() {
    owned.apply(new AppChange.Deployed(shop));
    await(bus.announce(owned));

    await(bus.follow(followed));

    assertThat(followed.find(SHOP)).isSameAs(shop);
  }

  @Test
  void anOwnerWithoutAppsIsAnAnswerToo() {
    await(bus.announce(owned));

    await(bus.follow(followed));

    assertThat(followed.all()).isEmpty();
  }

  @Test
  void aRemovalThatOvertakesTheAnswerStaysARemoval() {
    CatalogLine owner = new CatalogLine(vertx, bus.address(), Duration.ofSeconds(5));
    await(
        owner
            .answer(
                question -> {
                  if (question instanceof AskForIds) {
                    return new LiveIds(List.of(SHOP));
                  }
                  owner.publish(new Changed(new AppChange.Removed(SHOP)));
                  return new Current(new AppChange.Deployed(shop));
                })
            .completion());

    await(bus.follow(followed));

    assertThat(followed.find(SHOP)).isNull();
  }

  @Test
  void anAppThatWasAnnouncedUnheardIsLearntOnceItIsAskedFor() {
    CatalogLine owner = new CatalogLine(vertx, bus.address(), Duration.ofSeconds(5));
    await(
        owner
            .answer(
                question ->
                    question instanceof AskForIds
                        ? new LiveIds(List.of())
                        : new Current(new AppChange.Deployed(shop)))
            .completion());
    Following following = await(bus.follow(followed));
    assertThat(followed.all()).isEmpty();

    following.ask(SHOP);

    Expectation.revision(followed, SHOP.value(), shop.revision().number());
  }

  /// As when two threads change one app.
  @Test
  void changesThatAreToldInTheWrongOrderEndInTheRightState() {
    owned.onChange(
        change -> {
          if (change instanceof AppChange.Deployed && change.appId().equals(SHOP)) {
            owned.apply(new AppChange.Removed(SHOP));
          }
        });
    await(bus.announce(owned));
    await(bus.follow(followed));

    owned.apply(new AppChange.Deployed(shop));
    owned.apply(new AppChange.Deployed(new Samples().app("last", 1)));

    Expectation.revision(followed, "last", 1);
    assertThat(followed.find(SHOP)).isNull();
  }

  @Test
  void anAnswerThatIsNoneIsNotBelieved() {
    CatalogBus hasty =
        bus.apart(
            "hasty",
            new Patience(Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(30)));
    CatalogLine owner = new CatalogLine(vertx, hasty.address(), Duration.ofSeconds(5));
    await(owner.answer(_ -> new Current(new AppChange.Deployed(shop))).completion());

    assertThat(hasty.follow(followed).toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingRootCause()
        .withMessage("the message is no answer to the question for apps");
    assertThat(followed.all()).isEmpty();
  }
}
