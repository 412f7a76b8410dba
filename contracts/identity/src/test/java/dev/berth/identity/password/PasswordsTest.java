package dev.berth.identity.password;

import static dev.berth.identity.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.IdentitySettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private final Vertx vertx = Vertx.vertx();
  private final Passwords passwords =
      await(Passwords.open(vertx, IdentitySettings.defaults().withHashCost(64, 1, 2)));

  @AfterEach
  void close() {
    await(passwords.close());
    await(vertx.close());
  }

  @Test
  void aHashMatchesItsPasswordAndNoOther() {
    String hash = await(passwords.hash("correct horse"));

    assertThat(await(passwords.matches("correct horse", hash))).isTrue();
    assertThat(await(passwords.matches("correct horsE", hash))).isFalse();
  }

  @Test
  void thePublishedTestVectorHolds() {
    assertThat(
            PasswordHash.matches(
                "password",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
        .isTrue();
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    assertThat(await(passwords.hash("correct horse")))
        .isNotEqualTo(await(passwords.hash("correct horse")));
  }

  @Test
  void nobodysPasswordIsNeverRight() {
    assertThat(await(passwords.matchesNobody("correct horse"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=64,t=1,p=1$c29tc2FsdA$AAAA",
        "$argon2id$v=19$m=9999999,t=1,p=1$c29tc2FsdA$AAAA"
      })
  void aMalformedHashIsNoMatchButABrokenStore(String hash) {
    assertThatThrownBy(() -> PasswordHash.matches("correct horse", hash))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("correct horse");
  }

  @Test
  void passwordsHaveSixTo128Characters() {
    assertThat(Passwords.isAllowed("12345")).isFalse();
    assertThat(Passwords.isAllowed("123456")).isTrue();
    assertThat(Passwords.isAllowed("x".repeat(128))).isTrue();
    assertThat(Passwords.isAllowed("x".repeat(129))).isFalse();
  }

  @Test
  void moreThanCanWaitAreTurnedAway() {
    String hash = await(passwords.hash("correct horse"));

    List<Future<Boolean>> checks =
        IntStream.range(0, 1000).mapToObj(_ -> passwords.matches("correct horse", hash)).toList();
    await(Future.join(checks).otherwiseEmpty());

    assertThat(checks).anyMatch(Future::succeeded);
    assertThat(checks)
        .filteredOn(Future::failed)
        .isNotEmpty()
        .allMatch(check -> check.cause() instanceof BusyException);
  }

  @Test
  void theAnswerComesBackOnTheContextOfTheCaller() {
    Context context = vertx.getOrCreateContext();
    Promise<Boolean> onSame = Promise.promise();

    context.runOnContext(
        _ ->
            passwords
                .hash("correct horse")
                .onComplete(_ -> onSame.complete(context.equals(Vertx.currentContext()))));

    assertThat(await(onSame.future())).isTrue();
  }
}
