package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Outcome;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

  private static final AppId SHOP = new AppId("shop");
  private static final AppId OTHER = new AppId("other");

  private final AtomicLong now = new AtomicLong();
  private final OpenCalls calls = new OpenCalls(now::get);

  @Test
  void fewCallsOfAnAppAreInTheWayOfOthersAlone() {
    begin(SHOP, OpenCalls.TOGETHER);

    assertThat(calls.inTheWayOf(SHOP)).isZero();
    assertThat(calls.inTheWayOf(OTHER)).isEqualTo(OpenCalls.TOGETHER);
  }

  @Test
  void manyCallsOfAnAppAreInTheWayOfMore() {
    begin(SHOP, OpenCalls.TOGETHER + 3);

    assertThat(calls.inTheWayOf(SHOP)).isEqualTo(3);
  }

  @Test
  void callsOfAWorkerThatIsSilentAreInEverybodysWay() {
    List<Promise<Outcome>> begun = begin(SHOP, 2);

    now.addAndGet(OpenCalls.SILENCE_NANOS + 1);
    assertThat(calls.inTheWayOf(SHOP)).isEqualTo(2);

    calls.answered(begun.getFirst());
    assertThat(calls.inTheWayOf(SHOP)).isZero();
  }

  @Test
  void aWorkerThatHadNothingToAnswerWasNotSilent() {
    now.addAndGet(10 * OpenCalls.SILENCE_NANOS);

    begin(SHOP, 2);

    assertThat(calls.inTheWayOf(SHOP)).isZero();
  }

  @Test
  void aCallEndsOnce() {
    List<Promise<Outcome>> begun = begin(SHOP, 2);
    calls.drop(begun.getFirst());
    calls.answered(begun.getFirst());

    assertThat(calls.inTheWayOf(OTHER)).isOne();
    calls.drop(begun.getLast());
    assertThat(calls.inTheWayOf(OTHER)).isZero();
  }

  @Test
  void whatAWorkerToldOfOtherCallersCountsForAWhile() {
    Promise<Outcome> call = begin(SHOP, 1).getFirst();
    calls.told(7);
    calls.answered(call);

    assertThat(calls.inTheWayOf(SHOP)).isEqualTo(7);
    now.addAndGet(OpenCalls.TOLD_NANOS);
    assertThat(calls.inTheWayOf(SHOP)).isZero();
  }

  private List<Promise<Outcome>> begin(AppId app, int count) {
    List<Promise<Outcome>> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Promise<Outcome> call = Promise.promise();
      calls.begin(call, app);
      begun.add(call);
    }
    return begun;
  }
}
