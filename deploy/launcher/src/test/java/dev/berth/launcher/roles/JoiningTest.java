package dev.berth.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.console.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Joining a cluster where somebody listens who lets nobody in. A silent socket stands for a
/// process that is starting: connections to it are opened, and nothing is ever said. An attempt
/// takes a minute then.
@Timeout(180)
class JoiningTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HERE = "127.0.0.1";

  private final String name = "tested-" + ThreadLocalRandom.current().nextInt(1 << 20);
  private final int firstPort = freePort();
  private final List<Cluster> members = new ArrayList<>();

  @AfterEach
  void close() {
    members.reversed().forEach(member -> Blocking.await(member.vertx().close(), PATIENCE));
  }

  /// One that stays free when who listens there has gone: connections do not go out from it.
  private static int freePort() {
    while (true) {
      int port = 15_000 + ThreadLocalRandom.current().nextInt(15_000);
      try (ServerSocket _ = silent(port)) {
        return port;
      } catch (IOException taken) {
        // The next one may do.
      }
    }
  }

  private static ServerSocket silent(int port) throws IOException {
    return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }

  private Membership first() {
    return Membership.of(name, 3, "", List.of(), HERE, firstPort, null);
  }

  private Membership second() {
    return Membership.of(name, 3, "", List.of(HERE + ":" + firstPort), HERE, freePort(), null);
  }

  @Test
  void whoFindsTheFirstMemberStillStartingJoinsItWhenItHasStarted() throws Exception {
    ServerSocket starting = silent(firstPort);
    Joining joining =
        new Joining(
            Duration.ofSeconds(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            () -> {
              if (members.isEmpty()) {
                hasStarted(starting);
              }
            });

    Cluster second = joining.into(second());

    Cluster first = members.getFirst();
    members.add(second);
    assertThat(second.contacts())
        .containsExactlyInAnyOrder(first.contact(), second.contact())
        .isEqualTo(first.contacts());
  }

  private void hasStarted(ServerSocket starting) {
    try {
      starting.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    members.add(Blocking.await(Cluster.join(first(), null), PATIENCE));
  }

  @Test
  void whoIsNeverLetInGivesUpAndNamesWhoAnswers() {
    AtomicInteger again = new AtomicInteger();
    Membership another = Membership.of("another", 3, "", List.of(), HERE, firstPort, null);
    members.add(Blocking.await(Cluster.join(another, null), PATIENCE));
    Joining joining =
        new Joining(
            Duration.ofMillis(100), Duration.ofSeconds(3), PATIENCE, again::incrementAndGet);

    assertThatThrownBy(() -> joining.into(second()))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(HERE + ":" + firstPort + " answers and does not let");
    assertThat(again.get()).isPositive();
  }

  @Test
  void aPortThatAnotherProgramHasIsNotWaitedFor() throws Exception {
    AtomicInteger again = new AtomicInteger();
    try (ServerSocket _ = silent(firstPort)) {
      Joining joining =
          new Joining(
              Duration.ofSeconds(1), PATIENCE, Duration.ofMinutes(2), again::incrementAndGet);

      assertThatThrownBy(() -> joining.into(first()))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("cluster-port");
    }
    assertThat(again).hasValue(0);
  }
}
