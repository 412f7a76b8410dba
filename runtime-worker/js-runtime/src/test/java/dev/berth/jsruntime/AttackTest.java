package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import java.time.Duration;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every attack of `attacks.js`, in a new context and in one that has served before, with a
/// neighbour on the same engine that must not feel it.
class AttackTest {

  private static final String FINE =
      """
      exports = () => {
        const words = new Map([['b', 2], ['a', 1]]);
        return JSON.stringify([...words.keys()].sort()) + `${(1.5).toFixed(2)} ${10n ** 20n}`;
      };
      """;

  private static final BsonString WELL = new BsonString("[\"a\",\"b\"]1.50 100000000000000000000");

  private static final RunningApp NEIGHBOUR = new RunningApp().function("fine", FINE);

  private final RunningApp app = new RunningApp().function("fine", FINE);

  @AfterEach
  void close() {
    app.close();
  }

  @AfterAll
  static void closeNeighbour() {
    NEIGHBOUR.close();
  }

  @ParameterizedTest
  @MethodSource("dev.berth.jsruntime.Attack#all")
  void anAttackEndsAsItMustAndNobodyFeelsIt(Attack attack) {
    app.function(attack.name(), attack.source());
    // A call in a JVM that has just begun takes CPU time of its own.
    app.returned("fine");
    app.limits = new ExecutionLimits(Duration.ofMillis(500), 128L << 20, 100, 1_000_000, 100, 1000);
    app.timeLimit = Duration.ofSeconds(5);

    Outcome inANewContext = app.call(attack.name());
    BsonString afterwards = app.returned("fine").asString();
    Outcome inAUsedContext = app.call(attack.name());

    assertThat(inANewContext).matches(attack::endedAsItMust, attack.ends());
    assertThat(inAUsedContext).matches(attack::endedAsItMust, attack.ends());
    assertThat(afterwards).isEqualTo(WELL);
    assertThat(app.returned("fine")).isEqualTo(WELL);
    assertThat(NEIGHBOUR.returned("fine")).isEqualTo(WELL);
  }

  @Test
  void thereAreAttacksOfEveryKind() {
    assertThat(Attack.all()).hasSizeGreaterThan(90);
  }
}
