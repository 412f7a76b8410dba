package dev.berth.identity.cache;

import static dev.berth.identity.Waiting.await;
import static dev.berth.identity.Waiting.granted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.TestClock;
import dev.berth.identity.cache.BriefMemory.Kept;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BriefMemoryTest {

  private static final AppId SHOP = new AppId("shop-abcde");

  private final Vertx vertx = Vertx.vertx();
  private final TestClock clock = new TestClock();
  private final BriefMemory<String> memory =
      new BriefMemory<>(vertx, clock, Duration.ofSeconds(60), 100);

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void whatWasGrantedIsRememberedForAMinute() {
    learn("key", "ann", "Ann");

    assertThat(memory.at("key").recall()).isEqualTo("Ann");
    clock.pass(Duration.ofSeconds(60));
    assertThat(memory.at("key").recall()).isNull();
  }

  @Test
  void whatEndsEarlierIsForgottenEarlier() {
    Kept<String> kept =
        new Kept<>("Ann", SHOP, "ann", clock.instant().plus(Duration.ofSeconds(10)));
    granted(memory.at("key").learn(() -> Future.succeededFuture(Answer.granted(kept))));

    clock.pass(Duration.ofSeconds(10));

    assertThat(memory.at("key").recall()).isNull();
  }

  @Test
  void whatWasDeniedIsNotRemembered() {
    await(
        memory.at("key").learn(() -> Future.succeededFuture(Answer.denied(Code.AUTH_ERROR, "no"))));

    assertThat(memory.at("key").recall()).isNull();
    assertThat(memory.size()).isZero();
  }

  @Test
  void whereOneTextEndsAndTheNextBeginsMakesADifference() {
    learn("ab", "ann", "Ann");

    assertThat(memory.at("a", "b").recall()).isNull();
  }

  @Test
  void forgettingAUserForgetsEverythingOfThatUserAndNothingElse() {
    learn("password", "ann", "Ann");
    learn("key", "ann", "Ann");
    learn("other", "bob", "Bob");

    memory.forget(SHOP, "ann");

    assertThat(memory.at("password").recall()).isNull();
    assertThat(memory.at("key").recall()).isNull();
    assertThat(memory.at("other").recall()).isEqualTo("Bob");
  }

  @Test
  void anAnswerThatWasOnItsWayWhenItsUserWasForgottenIsNotRemembered() {
    Promise<Answer<Kept<String>>> slow = Promise.promise();
    Future<Answer<String>> learning = memory.at("key").learn(slow::future);

    memory.forget(SHOP, "ann");
    slow.complete(Answer.granted(new Kept<>("Ann", SHOP, "ann", null)));

    assertThat(granted(learning)).isEqualTo("Ann");
    assertThat(memory.at("key").recall()).isNull();
  }

  @Test
  void whoAsksAfterAUserWasForgottenDoesNotGetAnOlderAnswer() {
    Promise<Answer<Kept<String>>> slow = Promise.promise();
    var _ = memory.at("key").learn(slow::future);
    memory.forget(SHOP, "ann");

    Future<Answer<String>> later =
        memory.at("key").learn(() -> Future.succeededFuture(Answer.denied(Code.AUTH_ERROR, "no")));
    slow.complete(Answer.granted(new Kept<>("Ann", SHOP, "ann", null)));

    assertThat(await(later)).isInstanceOf(Answer.Denied.class);
  }

  @Test
  void manyWhoAskAtOnceCauseOneLook() {
    AtomicInteger looks = new AtomicInteger();
    Promise<Answer<Kept<String>>> slow = Promise.promise();

    Future<Answer<String>> first = look(looks, slow);
    Future<Answer<String>> second = look(looks, slow);
    slow.complete(Answer.granted(new Kept<>("Ann", SHOP, "ann", null)));

    assertThat(granted(first)).isEqualTo("Ann");
    assertThat(granted(second)).isEqualTo("Ann");
    assertThat(looks).hasValue(1);
  }

  @Test
  void aLookThatFailsIsNotSharedWithThoseWhoComeLater() {
    Future<Answer<String>> failed =
        memory.at("key").learn(() -> Future.failedFuture("the database is down"));

    assertThat(failed.failed()).isTrue();
    learn("key", "ann", "Ann");
    assertThat(memory.at("key").recall()).isEqualTo("Ann");
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 1000; i++) {
      learn("key" + i, "user" + i, "somebody");
    }

    assertThat(memory.size()).isBetween(1, 100);
  }

  private Future<Answer<String>> look(AtomicInteger looks, Promise<Answer<Kept<String>>> answer) {
    return memory
        .at("key")
        .learn(
            () -> {
              looks.incrementAndGet();
              return answer.future();
            });
  }

  private void learn(String credential, String userId, String value) {
    granted(
        memory
            .at(credential)
            .learn(
                () ->
                    Future.succeededFuture(Answer.granted(new Kept<>(value, SHOP, userId, null)))));
  }
}
