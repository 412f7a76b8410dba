package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes a process sick, when a canary looks, and who is blamed.
@Timeout(60)
class EngineHealthTest {

  /// Between two looks: short for a test, long for the processors that are looked at.
  private static final long POLL_NANOS = 1_000_000;

  private static final AppId ONE = new AppId("one");
  private static final AppId OTHER = new AppId("other");
  private static final Outcome FINE = new Outcome.Threw("FunctionExecutionError", "no");
  private static final Outcome DEEP = new Outcome.OverLimit(Limit.STACK_FRAMES, "too deep");
  private static final Outcome OVERFLOW =
      new Outcome.Threw("FunctionExecutionError", "Maximum call stack size exceeded");
  private static final String BROKEN_CLASS =
      "java.lang.NoClassDefFoundError: Could not initialize class";

  /// Each canary leaves one task here when it has looked.
  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  private EngineHealth healthy() {
    return new EngineHealth(timers, new Canary("exports = () => {};"), 1);
  }

  private EngineHealth harmed() {
    return new EngineHealth(
        timers, new Canary("exports = () => { console.log('sorting'); null.x; };"), 1);
  }

  private static Ailment ailment(EngineHealth health) {
    Ailment found = health.ailment();
    while (!(found instanceof Ailment.BrokenBuiltIn)) {
      LockSupport.parkNanos(POLL_NANOS);
      found = health.ailment();
    }
    return found;
  }

  private void awaitCanaries(int count) {
    while (timers.getCompletedTaskCount() < count) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Test
  void aCanaryLooksAfterACallThatWentTooDeepAndNotAfterOthers() {
    EngineHealth health = healthy();

    health.ended(ONE, FINE);
    health.ended(ONE, DEEP);

    awaitCanaries(1);
    assertThat(timers.getTaskCount()).isEqualTo(1);
    assertThat(health.ailment()).isNull();
  }

  @Test
  void aFloodOfOverflowsBuysOneCanaryAndOneMore() {
    EngineHealth health = healthy();

    for (int i = 0; i < 1000; i++) {
      health.ended(ONE, OVERFLOW);
    }

    awaitCanaries(2);
    assertThat(timers.getTaskCount()).isEqualTo(2);
  }

  @Test
  void whoeverOverflowedTheStackIsBlamedForWhatIsBroken() {
    EngineHealth health = harmed();

    health.ended(ONE, OVERFLOW);

    assertThat(ailment(health)).isEqualTo(new Ailment.BrokenBuiltIn(ONE, "sorting"));
  }

  @Test
  void nobodyIsBlamedWhenTwoOverflowedIt() {
    EngineHealth health = harmed();

    health.overflowed(OTHER);
    health.overflowed(ONE);

    assertThat(health.theOneThatOverflowed()).isNull();
    assertThat(ailment(health)).isInstanceOf(Ailment.BrokenBuiltIn.class);
  }

  /// The limit on calls ends app code long before the stack does.
  @Test
  void nobodyIsBlamedForAnEndlessRecursionThatTheLimitEnded() {
    EngineHealth health = harmed();

    health.ended(ONE, DEEP);

    assertThat(ailment(health)).isEqualTo(new Ailment.BrokenBuiltIn(null, "sorting"));
  }

  @Test
  void anAppInWhichTheEngineFailsIsBlamedForThat() {
    EngineHealth health = healthy();

    health.engineFailed(ONE, "java.lang.AssertionError");

    assertThat(health.ailment()).isEqualTo(new Ailment.EngineFailure(ONE));
  }

  @Test
  void whoMeetsABrokenClassIsNotBlamedButWhoOverflowedTheStackBefore() {
    EngineHealth unknown = healthy();
    EngineHealth known = healthy();
    known.overflowed(OTHER);

    unknown.engineFailed(ONE, BROKEN_CLASS);
    known.engineFailed(ONE, BROKEN_CLASS);

    assertThat(unknown.ailment()).isEqualTo(new Ailment.EngineFailure(null));
    assertThat(known.ailment()).isEqualTo(new Ailment.EngineFailure(OTHER));
  }

  @Test
  void aProcessInWhichJavaScriptDoesNotWorkFailsItsExamination() {
    healthy().examine();

    assertThatThrownBy(() -> harmed().examine())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'sorting'");
  }

  @Test
  void aBrokenBuiltInIsWorseThanAFailureOfTheEngine() {
    EngineHealth health = harmed();

    health.engineFailed(ONE, "java.lang.AssertionError");

    assertThat(ailment(health)).isInstanceOf(Ailment.BrokenBuiltIn.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => { let f = () => 1; for (let i = 0; i < 5e5; i++) f = f.bind(null); return f(); };",
        "const g = () => { let f = () => 1; for (let i = 0; i < 5e5; i++) f = f.bind(null); return f(); };"
            + " exports = () => { try { g(); } catch (e) { return 'caught'; } };",
      })
  void anOverflowOfJavasStackIsNoticedEvenWhenAppCodeCatchesIt(String source) {
    try (RunningApp app = new RunningApp()) {
      app.function("main", source);

      app.call("main");

      assertThat(app.health.theOneThatOverflowed()).isEqualTo(app.program().appId());
    }
  }
}
