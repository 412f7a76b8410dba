package dev.berth.rules.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.rules.Candidates;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The engine against a plain reference, on many rules, callers and documents.
class GeneratedRulesTest {

  private static final int CASES = 6_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2026})
  void theEngineDecidesAsTheReferenceDoes(long seed) {
    compare(seed);
  }

  @Test
  void theEngineDecidesAsTheReferenceDoesWhateverTheSeed() {
    compare(System.nanoTime());
  }

  private static void compare(long seed) {
    Random random = new Random(seed);
    Generator generator = new Generator(random);
    int visible = 0;
    int permitted = 0;
    int narrowed = 0;
    for (int i = 0; i < CASES; i++) {
      BsonDocument rules = generator.rules();
      BsonDocument user = generator.user();
      BsonDocument stored = generator.document();
      BsonDocument changed = generator.changed(stored);
      String about = "seed " + seed + ", case " + i + ": " + rules + " " + user + " " + stored;
      ReferenceRules reference = new ReferenceRules(rules, user);
      CollectionRules parsed = Rules.rules(rules);
      DocumentAccess access = Rules.access(parsed, Rules.user(user));

      BsonDocument seen = Rules.visible(access, stored);
      assertThat(seen).as(about).isEqualTo(reference.visible(stored));
      Permission update = now(access.update(stored, changed));
      assertThat(update).as(about + " -> " + changed).isEqualTo(reference.update(stored, changed));
      assertThat(now(access.insert(stored, stored))).as(about).isEqualTo(reference.insert(stored));
      assertThat(now(access.delete(stored))).as(about).isEqualTo(reference.delete(stored));
      if (seen != null) {
        assertThat(isAmong(access.readable(), stored)).as(about + access.readable()).isTrue();
      }
      if (update != Permission.NO_ROLE) {
        assertThat(isAmong(access.changeable(), stored)).as(about).isTrue();
      }
      visible += seen == null ? 0 : 1;
      permitted += update == Permission.PERMITTED ? 1 : 0;
      narrowed += isAmong(access.readable(), stored) ? 0 : 1;
    }
    assertThat(visible).as("seed " + seed).isBetween(CASES / 10, CASES * 9 / 10);
    assertThat(permitted).as("seed " + seed).isBetween(CASES / 20, CASES * 9 / 10);
    assertThat(narrowed).as("seed " + seed).isGreaterThan(CASES / 20);
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static boolean isAmong(Candidates candidates, BsonDocument stored) {
    return switch (candidates) {
      case Candidates.All() -> true;
      case Candidates.None() -> false;
      case Candidates.Found(BsonDocument query) -> QueryMatch.matches(query, stored);
    };
  }
}
