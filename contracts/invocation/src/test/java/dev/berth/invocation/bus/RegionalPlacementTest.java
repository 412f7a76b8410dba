package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Outcome;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which workers an app runs on when workers are of regions. Apps whose name begins with that of
/// a region are local to it.
class RegionalPlacementTest {

  private static final List<String> REGIONS = List.of("aws-eu-west-1", "aws-us-east-1");
  private static final String EU = REGIONS.getFirst();
  private static final String US = REGIONS.getLast();
  private static final AppId GLOBAL = new AppId("global-abcde");
  private static final int APPS = 300;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static @Nullable String home(AppId app) {
    return REGIONS.stream().filter(app.value()::startsWith).findFirst().orElse(null);
  }

  private WorkerDirectory seenFrom(@Nullable String region) {
    return new WorkerDirectory(
        vertx, new Suspects(System::nanoTime), new Placing(2, region, RegionalPlacementTest::home));
  }

  private static @Nullable String chosen(WorkerDirectory directory, AppId app) {
    RemoteWorker worker = directory.choose(app, Set.of());
    return worker == null ? null : worker.name();
  }

  private static AppId localTo(String region) {
    return new AppId(region + "-abcde");
  }

  @Test
  void anAppThatIsLocalRunsInItsRegionAlone() {
    WorkerDirectory directory = seenFrom(US);
    directory.said("us-1", US, WireFormat.VERSION, true);
    directory.said("eu-1", EU, WireFormat.VERSION, true);

    assertThat(chosen(directory, localTo(EU))).isEqualTo("eu-1");
    assertThat(chosen(directory, localTo(US))).isEqualTo("us-1");
    assertThat(directory.choose(localTo(EU), Set.of("eu-1"))).isNull();
  }

  @Test
  void whereNobodyIsTheRegionIsNamed() {
    WorkerDirectory directory = seenFrom(null);
    directory.said("us-1", US, WireFormat.VERSION, true);

    assertThat(chosen(directory, localTo(EU))).isNull();
    assertThat(directory.nobodyFor(localTo(EU)))
        .isEqualTo(new Outcome.Unavailable("no worker is there in the region aws-eu-west-1", EU));
    assertThat(directory.nobodyFor(GLOBAL))
        .isEqualTo(new Outcome.Unavailable("no worker is there"));
  }

  @Test
  void aGlobalAppRunsNearAsLongAsAnybodyIsThere() {
    WorkerDirectory directory = seenFrom(EU);
    directory.said("us-1", US, WireFormat.VERSION, true);
    directory.said("us-2", US, WireFormat.VERSION, true);
    assertThat(chosen(directory, GLOBAL)).startsWith("us-");

    directory.said("eu-1", EU, WireFormat.VERSION, true);
    assertThat(chosen(directory, GLOBAL)).isEqualTo("eu-1");
    // A call that it did not take may run further away.
    assertThat(Objects.requireNonNull(directory.choose(GLOBAL, Set.of("eu-1"))).name())
        .startsWith("us-");

    directory.said("eu-1", EU, WireFormat.VERSION, false);
    assertThat(chosen(directory, GLOBAL)).startsWith("us-");
  }

  @Test
  void aWorkerOfNoRegionRunsAllApps() {
    WorkerDirectory directory = seenFrom(US);
    directory.said("any-1", null, WireFormat.VERSION, true);

    assertThat(chosen(directory, localTo(EU))).isEqualTo("any-1");
    assertThat(chosen(directory, GLOBAL)).isEqualTo("any-1");
  }

  @Test
  void aHarmfulAppStaysInItsRegionToo() {
    Suspects suspects = new Suspects(System::nanoTime);
    WorkerDirectory directory =
        new WorkerDirectory(vertx, suspects, new Placing(2, US, RegionalPlacementTest::home));
    List.of("eu-1", "eu-2").forEach(name -> directory.said(name, EU, WireFormat.VERSION, true));
    List.of("us-1", "us-2").forEach(name -> directory.said(name, US, WireFormat.VERSION, true));
    AppId harmful = localTo(EU);
    suspects.received(harmful, 2 * Suspects.MOST_BYTES);

    String apart = chosen(directory, harmful);

    assertThat(apart).startsWith("eu-");
    assertThat(chosen(directory, new AppId(EU + "-other"))).startsWith("eu-").isNotEqualTo(apart);
    assertThat(chosen(directory, localTo(US))).startsWith("us-");
  }

  /// For many installations by chance: who comes takes apps to itself and moves none between
  /// others, and touches none that may not run there; who goes moves its own alone.
  @Test
  void whoComesOrGoesMovesOnlyWhatItMust() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    for (int round = 0; round < 50; round++) {
      WorkerDirectory directory =
          new WorkerDirectory(
              vertx,
              new Suspects(System::nanoTime),
              new Placing(1, REGIONS.get(random.nextInt(2)), RegionalPlacementTest::home));
      for (int i = 0; i < 2 + random.nextInt(8); i++) {
        directory.said("worker-" + round + "-" + i, anyRegion(random), WireFormat.VERSION, true);
      }
      String region = anyRegion(random);
      Map<AppId, String> before = placed(directory);

      directory.said("new", region, WireFormat.VERSION, true);

      Map<AppId, String> with = placed(directory);
      with.forEach(
          (app, worker) -> {
            if (!worker.equals(before.get(app))) {
              assertThat(worker).isEqualTo("new");
              assertThat(region == null || home(app) == null || region.equals(home(app))).isTrue();
            }
          });
      directory.said("new", region, WireFormat.VERSION, false);
      assertThat(placed(directory)).isEqualTo(before);
    }
  }

  private static @Nullable String anyRegion(RandomGenerator random) {
    int choice = random.nextInt(3);
    return choice == 2 ? null : REGIONS.get(choice);
  }

  /// The worker of each app that has one.
  private static Map<AppId, String> placed(WorkerDirectory directory) {
    Map<AppId, String> placed = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    for (int i = 0; i < APPS; i++) {
      AppId app = new AppId(List.of("global", EU, US).get(i % 3) + "-" + i);
      String worker = chosen(directory, app);
      if (worker != null) {
        placed.put(app, worker);
      }
    }
    return placed;
  }
}
