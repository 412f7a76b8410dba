package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuspectsTest {

  private static final AppId APP = new AppId("shop-abcde");

  private final AtomicLong now = new AtomicLong();
  private final Suspects suspects = new Suspects(now::get);

  @ParameterizedTest
  @EnumSource(names = {"CPU_TIME", "MEMORY", "STACK_FRAMES"})
  void anAppThatTookTooMuchIsOne(Limit limit) {
    suspects.ended(APP, new Outcome.OverLimit(limit, "too much"));

    assertThat(suspects.has(APP)).isTrue();
    assertThat(suspects.first()).isEqualTo(APP);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CPU_TIME", "MEMORY", "STACK_FRAMES"})
  void anAppThatHarmedOnlyItselfIsNone(Limit limit) {
    suspects.ended(APP, new Outcome.OverLimit(limit, "too much"));

    assertThat(suspects.first()).isNull();
  }

  @Test
  void aCallThatEndsWellMakesNone() {
    suspects.ended(APP, new Outcome.Returned(new BsonInt32(1)));

    assertThat(suspects.first()).isNull();
  }

  @Test
  void anAppWithManyLargeResultsInASecondIsOne() {
    suspects.received(APP, Suspects.MOST_BYTES);
    assertThat(suspects.first()).isNull();

    now.set(Suspects.COUNTED_NANOS);
    suspects.received(APP, 1);

    assertThat(suspects.has(APP)).isTrue();
  }

  @Test
  void anAppWithALargeResultNowAndThenIsNone() {
    for (int i = 0; i < 10; i++) {
      suspects.received(APP, Suspects.MOST_BYTES);
      now.addAndGet(Suspects.COUNTED_NANOS + 1);
      suspects.forgetTheOld();
    }

    assertThat(suspects.first()).isNull();
  }

  @Test
  void anAppIsForgottenAMinuteAfterItsLastOffence() {
    Outcome offence = new Outcome.OverLimit(Limit.MEMORY, "too much");
    suspects.ended(APP, offence);
    now.set(Suspects.REMEMBERED_NANOS);
    suspects.ended(APP, offence);

    now.set(2 * Suspects.REMEMBERED_NANOS);
    suspects.forgetTheOld();
    assertThat(suspects.has(APP)).isTrue();

    now.incrementAndGet();
    suspects.forgetTheOld();
    assertThat(suspects.first()).isNull();
  }

  @Test
  void theFirstSuspectStaysTheFirst() {
    AppId next = new AppId("next");
    Outcome offence = new Outcome.OverLimit(Limit.MEMORY, "too much");
    suspects.ended(APP, offence);
    now.set(1);
    suspects.ended(next, offence);
    assertThat(suspects.first()).isEqualTo(APP);

    now.set(Suspects.REMEMBERED_NANOS + 1);
    suspects.forgetTheOld();

    assertThat(suspects.first()).isEqualTo(next);
  }
}
