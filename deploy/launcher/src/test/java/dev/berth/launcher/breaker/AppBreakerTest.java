package dev.berth.launcher.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When an app is broken off, and for how long.
class AppBreakerTest {

  private static final AppId ONE = new AppId("one");
  private static final AppId OTHER = new AppId("other");

  private final List<String> heard = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final AppBreaker breaker =
      new AppBreaker(
          () -> now,
          new AppBreaker.Listener() {
            @Override
            public void brokenOff(AppId appId, Instant until) {
              heard.add(appId + " off for " + Duration.between(now, until).toSeconds());
            }

            @Override
            public void takenBack(AppId appId) {
              heard.add(appId + " back");
            }
          });

  private void strike(int times) {
    for (int i = 0; i < times; i++) {
      breaker.strike(ONE);
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private boolean isBrokenOff(AppId appId) {
    return breaker.brokenOffUntil(appId) != null;
  }

  @Test
  void theThirdStrikeBreaksAnAppOffForHalfAMinute() {
    strike(2);
    assertThat(isBrokenOff(ONE)).isFalse();

    strike(1);

    assertThat(breaker.brokenOffUntil(ONE)).isEqualTo(now.plusSeconds(30));
    pass(Duration.ofSeconds(29));
    assertThat(isBrokenOff(ONE)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(isBrokenOff(ONE)).isFalse();
    assertThat(heard).containsExactly("one off for 30", "one back");
  }

  @Test
  void oneAppsStrikesAreNoneOfAnothers() {
    strike(10);

    assertThat(isBrokenOff(ONE)).isTrue();
    assertThat(isBrokenOff(OTHER)).isFalse();
    breaker.strike(OTHER);
    assertThat(isBrokenOff(OTHER)).isFalse();
    assertThat(breaker.brokenOffCount()).isEqualTo(1);
    assertThat(breaker.strikeCount()).isEqualTo(11);
  }

  @Test
  void strikesFarApartAreForgotten() {
    strike(2);
    pass(AppBreaker.WINDOW);
    strike(2);

    assertThat(isBrokenOff(ONE)).isFalse();
  }

  @Test
  void eachFurtherStrikeDoublesTheBreakUpToTenMinutes() {
    strike(8);

    assertThat(heard)
        .containsExactly(
            "one off for 30",
            "one off for 60",
            "one off for 120",
            "one off for 240",
            "one off for 480",
            "one off for 600");
  }

  @Test
  void afterABreakOneStrikeIsEnoughForAWhile() {
    strike(3);
    pass(AppBreaker.FIRST_BREAK.plus(AppBreaker.WINDOW).minusSeconds(1));
    assertThat(isBrokenOff(ONE)).isFalse();

    strike(1);

    assertThat(breaker.brokenOffUntil(ONE)).isEqualTo(now.plusSeconds(60));
  }

  @Test
  void afterALongTimeWithoutStrikesItTakesThreeAgain() {
    strike(3);
    pass(AppBreaker.FIRST_BREAK.plus(AppBreaker.WINDOW));

    strike(2);
    assertThat(isBrokenOff(ONE)).isFalse();

    strike(1);
    assertThat(breaker.brokenOffUntil(ONE)).isEqualTo(now.plusSeconds(30));
  }

  @Test
  void anAppThatWasDeployedAnewBeginsAnew() {
    breaker.hear(new AppChange.Deployed(app(1)));
    strike(3);
    breaker.hear(new AppChange.Deployed(app(1)));
    assertThat(isBrokenOff(ONE)).as("as it was, on other terms").isTrue();

    breaker.hear(new AppChange.Deployed(app(2)));

    assertThat(isBrokenOff(ONE)).isFalse();
    assertThat(heard).containsExactly("one off for 30", "one back");
    strike(2);
    assertThat(isBrokenOff(ONE)).isFalse();
  }

  @Test
  void anAppThatIsGoneIsForgotten() {
    breaker.hear(new AppChange.Deployed(app(1)));
    strike(3);

    breaker.hear(new AppChange.Removed(ONE));

    assertThat(isBrokenOff(ONE)).isFalse();
  }

  private static DeployedApp app(long revision) {
    var definition =
        new AppDefinition(
            "one",
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of()),
            List.of(),
            Map.of(),
            Map.of(),
            List.of());
    return new DeployedApp(ONE, new Revision(revision), definition, Secrets.none());
  }
}
