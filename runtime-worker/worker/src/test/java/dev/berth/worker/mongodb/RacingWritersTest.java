package dev.berth.worker.mongodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several callers who write the same document at the same time: none gets past the rules, and
/// nothing that one has written is lost.
class RacingWritersTest {

  private static final int ROUNDS = 300;

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final RuledCollection things = new RuledCollection(database);
  private final TestScope ann = TestScope.user("ann", false);
  private final TestScope bob = TestScope.user("bob", false);

  private static String outcome(CompletableFuture<BsonValue> call) {
    try {
      BsonDocument answer = call.orTimeout(60, TimeUnit.SECONDS).join().asDocument();
      return answer.getNumber("matchedCount").intValue() == 1 ? "done" : "not there";
    } catch (CompletionException failure) {
      return String.valueOf(requireNonNull(failure.getCause()).getMessage());
    }
  }

  @Test
  void aWriteNeverHappensToADocumentThatWasClosedMeanwhile() {
    things.deploy("{roles: [{apply_when: {closed: {$ne: true}}, write: true}]}", null);
    int after = 0;
    for (int round = 0; round < ROUNDS; round++) {
      database.call("insertOne", "{document: {_id: " + round + ", n: 0}}");
      String query = "{query: {_id: " + round + "}, update: ";

      var closing = things.begin(ann, "updateOne", query + "[{$set: {closed: true, seen: '$n'}}]}");
      var writing = things.begin(bob, "updateOne", query + "{$inc: {n: 1}}}");
      String written = outcome(writing);
      assertThat(outcome(closing)).isEqualTo("done");

      BsonDocument stored = things.stored(round);
      assertThat(stored.getBoolean("closed").getValue()).as("round " + round).isTrue();
      assertThat(stored.get("seen")).as("round " + round).isEqualTo(stored.get("n"));
      assertThat(stored.getNumber("n").intValue()).isEqualTo(written.equals("done") ? 1 : 0);
      after += written.equals("not there") ? 1 : 0;
    }
    assertThat(after).as("rounds in which the document was closed first").isBetween(0, ROUNDS);
  }

  @Test
  void ofTwoWhoTakeTheSameThingOneGetsIt() {
    things.deploy(
        """
        {roles: [{write: {$or: [{'%%prevRoot.owner': null}, {'%%prevRoot.owner': '%%user.id'}]}}]}
        """,
        null);
    for (int round = 0; round < ROUNDS; round++) {
      database.call("insertOne", "{document: {_id: " + round + "}}");
      String query = "{query: {_id: " + round + "}, update: {$set: {owner: ";

      var one = things.begin(ann, "updateOne", query + "'ann'}}}");
      var other = things.begin(bob, "updateOne", query + "'bob'}}}");

      List<String> outcomes = List.of(outcome(one), outcome(other));
      assertThat(outcomes)
          .as("round " + round)
          .containsExactlyInAnyOrder("done", "update not permitted");
      assertThat(things.stored(round).getString("owner").getValue())
          .isEqualTo(outcomes.getFirst().equals("done") ? "ann" : "bob");
    }
  }

  @Test
  void noneOfManyIncrementsIsLost() {
    things.deploy("{roles: [{write: true}]}", null);
    database.call("insertOne", "{document: {_id: 1, n: 0}}");
    List<CompletableFuture<BsonValue>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(
          things.begin(
              i % 2 == 0 ? ann : bob, "updateOne", "{query: {_id: 1}, update: {$inc: {n: 1}}}"));
    }

    assertThat(calls.stream().map(RacingWritersTest::outcome)).containsOnly("done");
    assertThat(things.stored(1).getNumber("n").intValue()).isEqualTo(40);
  }

  @Test
  void ofManyUpsertsOneInserts() {
    things.deploy("{roles: [{write: true}]}", null);
    List<CompletableFuture<BsonValue>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(
          things.begin(
              ann, "updateOne", "{query: {_id: 1}, update: {$inc: {n: 1}}, upsert: true}"));
    }
    calls.forEach(call -> call.orTimeout(60, TimeUnit.SECONDS).join());

    assertThat(things.stored(1).getNumber("n").intValue()).isEqualTo(10);
  }

  @Test
  void aDeletionNeverTakesWhatMayNotBeDeletedAnyMore() {
    things.deploy("{roles: [{apply_when: {keep: {$ne: true}}, write: true, delete: true}]}", null);
    for (int round = 0; round < ROUNDS; round++) {
      database.call("insertOne", "{document: {_id: " + round + "}}");
      String query = "{query: {_id: " + round + "}";

      var keeping = things.begin(ann, "updateOne", query + ", update: {$set: {keep: true}}}");
      var deleting = things.begin(bob, "deleteMany", query + "}");
      boolean isDeleted =
          deleting
                  .orTimeout(60, TimeUnit.SECONDS)
                  .join()
                  .asDocument()
                  .getNumber("deletedCount")
                  .intValue()
              == 1;
      String kept = outcome(keeping);

      assertThat(database.call("findOne", query + "}").isNull()).isEqualTo(isDeleted);
      assertThat(kept).as("round " + round).isEqualTo(isDeleted ? "not there" : "done");
    }
  }
}
