package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/// No app takes all connections to a database that it shares with others.
class AppSharesTest {

  private static final int SHARE = 2;
  private static final int WAITING = 3;

  /// What has been begun and not answered, by the names of the operations.
  private final Map<String, CompletableFuture<BsonValue>> begun = new LinkedHashMap<>();

  private final List<CallScope> ofRules = new ArrayList<>();
  private final AppShares shares =
      new AppShares(
          (_, operation, _) -> begun.computeIfAbsent(operation, _ -> new CompletableFuture<>()),
          ofRules::contains,
          limits(SHARE));

  private static MongoLimits limits(int operations) {
    return new MongoLimits(
        1, 1, 1, 1, 1, 5, operations, WAITING, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  private CompletableFuture<BsonValue> call(CallScope scope, String operation) {
    return shares.call(scope, operation, new BsonDocument()).toCompletableFuture();
  }

  private void begin(CallScope scope, String... operations) {
    for (String operation : operations) {
      var _ = call(scope, operation);
    }
  }

  private static CallScope ofAnotherApp() {
    TestScope scope = TestScope.user();
    return new TestScope(
        new AppId("other-abcde"), scope.invocation(), scope.begun(), scope.releases());
  }

  private void answer(String operation, int value) {
    Objects.requireNonNull(begun.get(operation)).complete(new BsonInt32(value));
  }

  @Test
  void anAppRunsAsManyOperationsAsItsShare() {
    TestScope scope = TestScope.user();

    begin(scope, "a", "b", "c");

    assertThat(begun.keySet()).containsExactly("a", "b");
  }

  @Test
  void whatWaitsBeginsInTurnWhenSomethingEnds() {
    TestScope scope = TestScope.user();
    begin(scope, "a", "b");
    CompletableFuture<BsonValue> waiting = call(scope, "c");
    begin(scope, "d");

    answer("b", 1);

    assertThat(begun.keySet()).containsExactly("a", "b", "c");
    answer("c", 7);
    assertThat(waiting).isCompletedWithValue(new BsonInt32(7));
    assertThat(begun.keySet()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aFailureGivesItsPlaceToTheNextOne() {
    TestScope scope = TestScope.user();
    CompletableFuture<BsonValue> failing = call(scope, "a");
    begin(scope, "b", "c");

    Objects.requireNonNull(begun.get("a")).completeExceptionally(new IllegalStateException("x"));

    assertThat(failing).isCompletedExceptionally();
    assertThat(begun.keySet()).containsExactly("a", "b", "c");
  }

  @Test
  void anotherAppDoesNotWait() {
    TestScope scope = TestScope.user();
    begin(scope, "a", "b", "c", "d");

    begin(ofAnotherApp(), "x");

    assertThat(begun.keySet()).contains("x").doesNotContain("c");
  }

  @Test
  void moreThanMayWaitIsRefusedByName() {
    TestScope scope = TestScope.user();
    begin(scope, "a", "b", "c", "d", "e");

    CompletableFuture<BsonValue> refused = call(scope, "f");

    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(GuestServiceException.class)
        .hasMessageContaining(
            "too many operations of this app wait for its databases: more than 2 run and 3 wait");
  }

  @Test
  void whatWaitsEndsWithItsInvocation() {
    TestScope busy = TestScope.user();
    TestScope ending = TestScope.user();
    begin(busy, "a", "b");
    CompletableFuture<BsonValue> waiting = call(ending, "c");

    ending.end();

    assertThatThrownBy(waiting::join).hasMessageContaining("the invocation has ended");
    answer("a", 1);
    assertThat(begun.keySet()).doesNotContain("c");
  }

  @Test
  void functionsOfRulesNeverWaitForWhoWaitsForThem() {
    TestScope outer = TestScope.user();
    TestScope inner = TestScope.system();
    ofRules.add(inner);
    begin(outer, "a", "b", "c");

    begin(inner, "x");

    assertThat(begun.keySet()).contains("x");
  }

  @Test
  void answersThatAreThereAtOnceDoNotPileUp() {
    var immediate =
        new AppShares(
            (_, operation, _) -> CompletableFuture.completedFuture(new BsonString(operation)),
            _ -> false,
            limits(1));
    TestScope scope = TestScope.user();
    List<CompletionStage<BsonValue>> all = new ArrayList<>();

    for (int i = 0; i < 10_000; i++) {
      all.add(immediate.call(scope, "operation" + i, new BsonDocument()));
    }

    assertThat(all).allMatch(each -> each.toCompletableFuture().isDone());
  }
}
