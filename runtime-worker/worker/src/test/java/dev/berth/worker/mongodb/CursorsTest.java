package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CursorsTest {

  @RegisterExtension
  final TestDatabase database = new TestDatabase(TestDatabase.limits(20, 40_000_000, 3, 4));

  private void insert(int count) {
    var documents = new BsonArray();
    for (int id = 0; id < count; id++) {
      documents.add(new BsonDocument("_id", new BsonInt32(id)));
    }
    database.call("insertMany", new BsonDocument("documents", documents));
  }

  private BsonDocument open(String arguments) {
    return database.call("openCursor", arguments).asDocument();
  }

  private BsonDocument next(BsonDocument opened) {
    return database
        .call("nextBatch", new BsonDocument("cursor", opened.get("cursor")))
        .asDocument();
  }

  private static List<Integer> ids(BsonDocument answer) {
    var ids = new ArrayList<Integer>();
    for (BsonValue document : answer.getArray("batch")) {
      ids.add(document.asDocument().getInt32("_id").getValue());
    }
    return ids;
  }

  private static boolean isExhausted(BsonDocument answer) {
    return answer.getBoolean("exhausted").getValue();
  }

  @Test
  void aCursorGivesBatchesUntilItIsExhausted() {
    insert(10);

    BsonDocument first = open("{query: {}, sort: {_id: 1}}");
    BsonDocument second = next(first);
    BsonDocument third = next(first);

    assertThat(first.keySet()).containsExactly("cursor", "batch", "exhausted");
    assertThat(ids(first)).containsExactly(0, 1, 2, 3);
    assertThat(isExhausted(first)).isFalse();
    assertThat(ids(second)).containsExactly(4, 5, 6, 7);
    assertThat(ids(third)).containsExactly(8, 9);
    assertThat(isExhausted(third)).isTrue();
  }

  @Test
  void anAggregationHasACursorToo() {
    insert(6);

    BsonDocument first = open("{pipeline: [{$sort: {_id: -1}}]}");

    assertThat(ids(first)).containsExactly(5, 4, 3, 2);
    assertThat(ids(next(first))).containsExactly(1, 0);
  }

  @Test
  void aBatchThatEndsWithTheQueryIsFollowedByAnEmptyOneAtMost() {
    insert(4);

    BsonDocument answer = open("{}");

    assertThat(ids(answer)).hasSize(4);
    if (!isExhausted(answer)) {
      BsonDocument last = next(answer);
      assertThat(ids(last)).isEmpty();
      assertThat(isExhausted(last)).isTrue();
    }
  }

  @Test
  void anEmptyQueryIsExhaustedAtOnce() {
    BsonDocument answer = open("{}");

    assertThat(answer.getArray("batch")).isEmpty();
    assertThat(answer.get("exhausted")).isEqualTo(BsonBoolean.TRUE);
  }

  @Test
  void anExhaustedCursorIsClosed() {
    BsonDocument answer = open("{}");

    assertThat(refusalOfNext(answer)).isEqualTo("the cursor is closed");
  }

  @Test
  void aClosedCursorGivesNothingAndMayBeClosedAgain() {
    insert(10);
    BsonDocument opened = open("{}");
    var cursor = new BsonDocument("cursor", opened.get("cursor"));

    assertThat(database.call("closeCursor", cursor).isNull()).isTrue();
    assertThat(database.call("closeCursor", cursor).isNull()).isTrue();

    assertThat(refusalOfNext(opened)).isEqualTo("the cursor is closed");
  }

  @Test
  void aCursorMeansNothingToAnotherInvocation() {
    insert(10);
    BsonDocument opened = open("{}");

    var refusal =
        database.refusal(
            TestScope.system(), "nextBatch", new BsonDocument("cursor", opened.get("cursor")));
    database.call(
        TestScope.system(), "closeCursor", new BsonDocument("cursor", opened.get("cursor")));

    assertThat(refusal).hasMessage("the cursor is closed");
    assertThat(ids(next(opened))).hasSize(4);
  }

  @Test
  void cursorsEndWithTheInvocation() {
    insert(10);
    TestScope scope = TestScope.system();
    BsonDocument opened = database.call(scope, "openCursor", new BsonDocument()).asDocument();
    assertThat(database.service().activeInvocations()).isEqualTo(1);

    scope.end();

    assertThat(database.service().activeInvocations()).isZero();
    var cursor = new BsonDocument("cursor", opened.get("cursor"));
    assertThat(database.refusal(scope, "nextBatch", cursor)).hasMessage("the cursor is closed");
    assertThat(database.service().activeInvocations()).isZero();
  }

  @Test
  void anInvocationThatHasEndedReadsNothing() {
    TestScope scope = TestScope.system();
    scope.end();

    assertThat(database.refusal(scope, "openCursor", new BsonDocument()))
        .hasMessage("the invocation has ended");
    assertThat(database.refusal(scope, "find", new BsonDocument()))
        .hasMessage("the invocation has ended");
  }

  @Test
  void anInvocationHoldsSoManyCursorsOnly() {
    insert(10);
    BsonDocument first = open("{}");
    open("{}");
    open("{}");

    assertThat(database.refusal("openCursor", "{}"))
        .hasMessage("more than 3 open cursors; close or exhaust some of them");
    database.call("closeCursor", new BsonDocument("cursor", first.get("cursor")));
    assertThat(ids(open("{}"))).hasSize(4);
  }

  @Test
  void exhaustedAndFailedCursorsMakeRoom() {
    insert(1);
    for (int round = 0; round < 5; round++) {
      open("{}");
      database.refusal("openCursor", "{query: {a: {$unheard: 1}}}");
    }

    assertThat(open("{}").getArray("batch")).hasSize(1);
  }

  @Test
  void aCursorGivesNoMoreDocumentsThanAQueryMay() {
    insert(21);
    BsonDocument opened = open("{}");
    for (int batch = 0; batch < 4; batch++) {
      next(opened);
    }

    assertThat(refusalOfNext(opened)).isEqualTo("a query may give at most 20 documents");
    assertThat(refusalOfNext(opened)).isEqualTo("the cursor is closed");
  }

  @Test
  void aBatchOfLargeDocumentsEndsEarly() {
    var text = new BsonString("x".repeat(3_000_000));
    for (int id = 0; id < 4; id++) {
      var document = new BsonDocument("_id", new BsonInt32(id)).append("t", text);
      database.call("insertOne", new BsonDocument("document", document));
    }

    BsonDocument first = open("{sort: {_id: 1}}");
    BsonDocument second = next(first);

    assertThat(ids(first)).containsExactly(0, 1);
    assertThat(ids(second)).containsExactly(2, 3);
  }

  @Test
  void idsMustBeNumbers() {
    assertThat(database.refusal("nextBatch", "{cursor: 'x'}"))
        .hasMessage("nextBatch: \"cursor\" must be a number");
  }

  private @Nullable String refusalOfNext(BsonDocument opened) {
    return database
        .refusal(database.scope(), "nextBatch", new BsonDocument("cursor", opened.get("cursor")))
        .getMessage();
  }
}
