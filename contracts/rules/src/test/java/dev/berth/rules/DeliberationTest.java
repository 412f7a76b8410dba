package dev.berth.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/// When functions are called, how often, with what; and that no app's data holds the thread long.
class DeliberationTest {

  private final List<FunctionCall> calls = new ArrayList<>();
  private final CompletableFuture<BsonValue> answer = new CompletableFuture<>();
  private final Deliberation deliberation =
      new Deliberation(
          Samples.facts(),
          call -> {
            calls.add(call);
            return answer;
          });

  private CompletableFuture<Truth> decide(String expression) {
    return deliberation.decide(Samples.expression(expression)).toCompletableFuture();
  }

  @Test
  void whatNeedsNoFunctionIsDecidedAtOnceWithoutOne() {
    assertThat(decide("{'%and':[{'%function':{'name':'f'}},{'status':'old'}]}"))
        .isCompletedWithValue(Truth.FALSE);
    assertThat(decide("{'%or':[{'%function':{'name':'f'}},{'status':'new'}]}"))
        .isCompletedWithValue(Truth.TRUE);
    assertThat(calls).isEmpty();
  }

  @Test
  void aFunctionIsWaitedFor() {
    CompletableFuture<Truth> decision = decide("{'%%true':{'%function':{'name':'f'}}}");
    assertThat(decision).isNotDone();

    answer.complete(BsonBoolean.TRUE);

    assertThat(decision).isCompletedWithValue(Truth.TRUE);
  }

  @Test
  void aFunctionThatFailsLaterLeavesItUndecided() {
    CompletableFuture<Truth> decision = decide("{'%%false':{'%function':{'name':'f'}}}");

    answer.completeExceptionally(new IllegalStateException("broken"));

    assertThat(decision).isCompletedWithValue(Truth.UNDECIDED);
  }

  @Test
  void theSameCallIsMadeOnceForAllExpressions() {
    answer.complete(BsonBoolean.TRUE);
    String call = "{'%function':{'name':'f','arguments':['%%user.id']}}";

    assertThat(decide("{'%and':[" + call + "," + call + "]}")).isCompletedWithValue(Truth.TRUE);
    assertThat(decide(call)).isCompletedWithValue(Truth.TRUE);
    assertThat(decide("{'%function':{'name':'f','arguments':['%%user.type']}}"))
        .isCompletedWithValue(Truth.TRUE);
    assertThat(decide(call)).isCompletedWithValue(Truth.TRUE);

    assertThat(calls).hasSize(2);
  }

  @Test
  void argumentsAreResolvedWhereverTheyAre() {
    CompletableFuture<Truth> decision =
        decide(
            "{'%function':{'name':'f','arguments':"
                + "['%%user.id', 7, {'who':['%%user.type', '%%user.data.missing']}, '%%true']}}");

    assertThat(decision).isNotDone();
    assertThat(calls)
        .containsExactly(
            new FunctionCall(
                "f",
                List.of(
                    new BsonString("628e47baf4c2ac2796fc8a91"),
                    Samples.ejson("7"),
                    new BsonDocument(
                        "who",
                        new BsonArray(List.of(new BsonString("normal"), new BsonUndefined()))),
                    BsonBoolean.TRUE)));
  }

  @Test
  void largeListsAreSearchedAndHugeOnesLeftUndecided() {
    assertThat(among(20_000, "{'%%user.id':{'$in':'%%values.list'}}")).isEqualTo(Truth.TRUE);
    assertThat(among(20_000, "{'%%user.id':{'$nin':'%%values.list'}}")).isEqualTo(Truth.FALSE);
    assertThat(among(1_000_000, "{'%%user.id':{'$in':'%%values.list'}}"))
        .isEqualTo(Truth.UNDECIDED);
    assertThat(among(1_000_000, "{'%%user.id':{'$nin':'%%values.list'}}"))
        .isEqualTo(Truth.UNDECIDED);
    assertThat(among(20_000, "{'%not':{'%%values.list':{'$all':'%%values.list'}}}"))
        .isEqualTo(Truth.UNDECIDED);
  }

  /// The user's id is the last element.
  private static Truth among(int size, String expression) {
    BsonArray list = new BsonArray();
    for (int i = 1; i < size; i++) {
      list.add(new BsonString("user " + i));
    }
    list.add(new BsonString("ann"));
    Map<Source, BsonValue> known = new EnumMap<>(Source.class);
    known.put(Source.VALUES, new BsonDocument("list", list));
    known.put(Source.USER, new BsonDocument("id", new BsonString("ann")));
    return Samples.decide(expression, Facts.of(known));
  }

  @Test
  void nothingIsKnownOfNothing() {
    assertThat(Samples.decide("{'%%user.id':{'$exists':false}}", _ -> null)).isEqualTo(Truth.TRUE);
    assertThat(Samples.decide("{'%%user.id':'x'}", _ -> null)).isEqualTo(Truth.FALSE);
    assertThat(Samples.decide("{'a':'%%user.id'}", _ -> null)).isEqualTo(Truth.UNDECIDED);
  }
}
