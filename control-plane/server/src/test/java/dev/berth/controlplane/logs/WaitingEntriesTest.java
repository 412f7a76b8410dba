package dev.berth.controlplane.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingEntriesTest {

  private static final AppId SHOP = new AppId("shop-abcde");
  private static final AppId BLOG = new AppId("blog-abcde");

  private final WaitingEntries waiting = new WaitingEntries(8);

  @Test
  void anAppThatHasItsShareLeavesRoomForOthers() {
    offer(SHOP, 0);
    offer(SHOP, 0);

    assertThat(offer(SHOP, 0)).isFalse();
    assertThat(offer(BLOG, 0)).isTrue();
  }

  @Test
  void whatIsTakenMakesRoom() {
    offer(SHOP, 0);
    offer(SHOP, 0);

    waiting.takeUntil(0);

    assertThat(offer(SHOP, 0)).isTrue();
  }

  @Test
  void whatCameLaterStays() {
    offer(SHOP, 1);
    offer(BLOG, 2);

    List<LogEntry> taken = waiting.takeUntil(1);

    assertThat(taken).extracting(LogEntry::appId).containsExactly(SHOP);
    assertThat(waiting.takeUntil(2)).extracting(LogEntry::appId).containsExactly(BLOG);
  }

  private boolean offer(AppId appId, long now) {
    return waiting.offer(
        new LogEntry(
            appId,
            RequestId.next(),
            "ENDPOINT",
            "main",
            null,
            null,
            "127.0.0.1",
            "POST",
            "/hello",
            Instant.EPOCH,
            Instant.EPOCH,
            200,
            "",
            ""),
        now);
  }
}
