package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Transactions of invocations. They need a replica set, so these tests do not run without one.
class TransactionsTest {

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final TestScope caller = TestScope.system();

  @BeforeEach
  void needAReplicaSet() {
    assumeTrue(database.isReplicaSet(), "not run: no replica set is named by MONGODB_URI");
    database.call("insertOne", "{document: {_id: 1, n: 0}}");
  }

  private void inSession(String operation, String arguments) {
    var _ =
        database.call(
            caller, operation, BsonDocument.parse(arguments).append("session", new BsonInt32(1)));
  }

  private int stored() {
    return database.call("findOne", "{query: {_id: 1}}").asDocument().getNumber("n").intValue();
  }

  @Test
  void whatIsCommittedBecomesVisibleAtOnce() {
    inSession("startTransaction", "{}");
    inSession("updateOne", "{query: {_id: 1}, update: {$set: {n: 1}}}");
    assertThat(stored()).isZero();

    inSession("commitTransaction", "{}");

    assertThat(stored()).isOne();
  }

  @Test
  void whatIsAbortedHasNotHappened() {
    inSession("startTransaction", "{}");
    inSession("updateOne", "{query: {_id: 1}, update: {$set: {n: 1}}}");

    inSession("abortTransaction", "{}");

    assertThat(stored()).isZero();
  }

  @Test
  void whatAnInvocationLeavesOpenHasNotHappened() {
    inSession("startTransaction", "{}");
    inSession("updateOne", "{query: {_id: 1}, update: {$set: {n: 1}}}");

    caller.end();

    assertThat(stored()).isZero();
  }
}
