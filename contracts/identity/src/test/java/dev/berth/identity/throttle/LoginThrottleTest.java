package dev.berth.identity.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.TestClock;
import dev.berth.identity.throttle.LoginThrottle.Attempt;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  private static final AppId SHOP = new AppId("shop-abcde");

  private final TestClock clock = new TestClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  void whoHammersAnAccountWaitsAndIsToldHowLong() {
    int allowed = hammer("ann@example.com", "203.0.113.7", 100);

    Denial denial = refused("ann@example.com", "203.0.113.7");

    assertThat(allowed).isEqualTo(20);
    assertThat(denial.code()).isEqualTo(Code.TOO_MANY_REQUESTS);
    assertThat(denial.code().status()).isEqualTo(429);
    assertThat(denial.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  @Test
  void theSameAccountAnswersFromElsewhereMeanwhile() {
    hammer("ann@example.com", "203.0.113.7", 100);

    assertThat(allowed("ann@example.com", "198.51.100.1")).isTrue();
  }

  @Test
  void anAccountThatIsHammeredFromManyAddressesStillAnswersFromANewOne() {
    for (int i = 1; i <= 50; i++) {
      hammer("ann@example.com", "203.0.113." + i, 100);
    }

    assertThat(hammer("ann@example.com", "198.51.100.1", 100)).isEqualTo(2);
  }

  @Test
  void nobodyIsShutOutForGood() {
    hammer("ann@example.com", "203.0.113.7", 100_000);
    Denial denial = refused("ann@example.com", "203.0.113.7");

    clock.pass(Objects.requireNonNull(denial.retryAfter()));

    assertThat(allowed("ann@example.com", "203.0.113.7")).isTrue();
  }

  @Test
  void whoSignsInOftenIsNotSlowedDown() {
    for (int i = 0; i < 1000; i++) {
      begin("ann@example.com", "203.0.113.7").succeeded();
    }

    assertThat(allowed("ann@example.com", "203.0.113.7")).isTrue();
  }

  @Test
  void oneAddressMayNotTryManyAccounts() {
    int allowed = 0;
    for (int i = 0; i < 1000; i++) {
      allowed += hammer("user" + i + "@example.com", "203.0.113.7", 1);
    }

    assertThat(allowed).isEqualTo(200);
    assertThat(allowed("ann@example.com", "198.51.100.1")).isTrue();
  }

  @Test
  void whereNoAccountIsNamedOnlyTheAddressCounts() {
    int allowed = 0;
    for (int i = 0; i < 1000; i++) {
      if (throttle.begin(SHOP, "203.0.113.7") instanceof Answer.Granted<Attempt>) {
        allowed++;
      }
    }

    assertThat(allowed).isEqualTo(200);
    assertThat(throttle.begin(SHOP, "198.51.100.1") instanceof Answer.Granted<Attempt>).isTrue();
  }

  @Test
  void anIpv6NetworkCountsAsOneAddress() {
    for (int i = 0; i < 20; i++) {
      hammer("ann@example.com", "2001:db8:1:2::" + Integer.toHexString(i + 1), 1);
    }

    assertThat(allowed("ann@example.com", "2001:db8:1:2:ffff::1")).isFalse();
    assertThat(allowed("ann@example.com", "2001:db8:1:3::1")).isTrue();
  }

  @Test
  void appsAreCountedApart() {
    hammer("ann@example.com", "203.0.113.7", 100);

    assertThat(
            throttle.begin(new AppId("till-abcde"), "ann@example.com", "203.0.113.7")
                instanceof Answer.Granted<Attempt>)
        .isTrue();
  }

  @Test
  void mailForOneAccountIsLimited() {
    int sent = 0;
    for (int i = 0; i < 100; i++) {
      if (throttle.request(SHOP, "ann@example.com") instanceof Answer.Granted<?>) {
        sent++;
      }
    }

    assertThat(sent).isEqualTo(10);
  }

  @Test
  void countsAreBoundedInMemory() {
    Attempts attempts = new Attempts(clock, 5, Duration.ofSeconds(1), 100);

    for (int i = 0; i < 1000; i++) {
      attempts.count("key" + i);
    }

    assertThat(attempts.size()).isLessThanOrEqualTo(100);
  }

  private int hammer(String account, String address, int times) {
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      if (allowed(account, address)) {
        allowed++;
      }
    }
    return allowed;
  }

  private boolean allowed(String account, String address) {
    return throttle.begin(SHOP, account, address) instanceof Answer.Granted<Attempt>;
  }

  private Attempt begin(String account, String address) {
    return switch (throttle.begin(SHOP, account, address)) {
      case Answer.Granted<Attempt>(Attempt attempt) -> attempt;
      case Answer.Denied<Attempt>(Denial denial) -> throw new AssertionError(denial.toString());
    };
  }

  private Denial refused(String account, String address) {
    return switch (throttle.begin(SHOP, account, address)) {
      case Answer.Granted<Attempt> _ -> throw new AssertionError("allowed");
      case Answer.Denied<Attempt>(Denial denial) -> denial;
    };
  }
}
