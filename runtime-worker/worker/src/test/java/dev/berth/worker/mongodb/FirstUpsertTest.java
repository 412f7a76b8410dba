package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What users upsert into a collection that is not there yet, in which the embedded server
/// computes nothing.
class FirstUpsertTest {

  private static final String PIPELINE =
      "{query: {_id: 6, owner: '%s'}, update: [{$set: {n: {$add: [1, 2]}}}], upsert: true}";

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final RuledCollection things = new RuledCollection(database);
  private final TestScope ann = TestScope.user("ann", false);

  @BeforeEach
  void useRules() {
    things.deploy("{roles: [{apply_when: {owner: '%%user.id'}, write: true}]}", null);
  }

  @Test
  void aPipelineMakesTheFirstDocument() {
    assertThat(things.call(ann, "updateOne", PIPELINE.formatted("ann")))
        .isEqualTo(TestDatabase.json("{matchedCount: 0, modifiedCount: 0, upsertedId: 6}"));

    assertThat(database.call("find", "{query: {}}"))
        .isEqualTo(TestDatabase.json("[{_id: 6, owner: 'ann', n: 3}]"));
  }

  @Test
  void whatMayNotBeInsertedIsRefusedAsElsewhere() {
    assertThat(things.refusal(ann, "updateOne", PIPELINE.formatted("bob")))
        .contains("insert not permitted");

    assertThat(database.call("find", "{query: {}}")).isEqualTo(TestDatabase.json("[]"));
  }
}
