package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.frames.GuestThread;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The canary tells a JVM in which JavaScript works from one in which it does not.
class CanaryTest {

  @Test
  void nothingIsBrokenInAHealthyProcessHoweverOftenItLooks() {
    Canary canary = new Canary();

    assertThat(brokenProbe(canary)).isEmpty();
    assertThat(brokenProbe(canary)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new Error('wrong result');",
        "null.x;",
        "await new Promise(() => {});",
      })
  void aProbeThatDoesNotComeToItsEndIsNamed(String failing) {
    String source =
        "exports = async () => { console.log('first'); console.log('second'); "
            + failing
            + " console.log('third'); };";

    assertThat(brokenProbe(new Canary(source))).isEqualTo(Optional.of("second"));
  }

  @Test
  void whatDoesNotEvenBeginIsBroken() {
    assertThat(brokenProbe(new Canary("exports = ;"))).isEqualTo(Optional.of("engine"));
  }

  private static Optional<String> brokenProbe(Canary canary) {
    CompletableFuture<Optional<String>> found = new CompletableFuture<>();
    new GuestThread("canary", () -> found.complete(Optional.ofNullable(canary.brokenProbe())))
        .start();
    return found.orTimeout(60, TimeUnit.SECONDS).join();
  }
}
