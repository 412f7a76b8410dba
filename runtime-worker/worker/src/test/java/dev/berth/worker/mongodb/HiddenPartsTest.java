package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// No write shows its caller what is hidden of a document.
class HiddenPartsTest {

  private static final String RULES =
      """
      {roles: [
        {apply_when: {owner: '%%user.id'}, write: true},
        {apply_when: {}, fields: {name: {read: true}, copy: {read: true, write: true},
          sub: {fields: {x: {read: true, write: true}}}}}],
       filters: [{query: {}, projection: {internal: 0}}]}
      """;

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final TestScope ann = TestScope.user("ann", false);
  private final RuledCollection things = new RuledCollection(database);

  @BeforeEach
  void store() {
    things.deploy(RULES, null);
    database.call(
        "insertMany",
        """
        {documents: [
          {_id: 1, owner: 'ann', name: 'A', internal: 5},
          {_id: 2, owner: 'bob', name: 'B', secret: 7, sub: {x: 1, y: 2}}]}
        """);
  }

  @Test
  void aPipelineCopiesNothingThatIsHidden() {
    assertThat(
            things.call(ann, "updateOne", "{query: {_id: 2}, update: [{$set: {copy: '$secret'}}]}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 1, modifiedCount: 0}"));
    assertThat(
            things.call(ann, "updateOne", "{query: {_id: 1}, update: [{$set: {c: '$internal'}}]}"))
        .isEqualTo(TestDatabase.json("{matchedCount: 1, modifiedCount: 0}"));

    things.call(ann, "updateOne", "{query: {_id: 2}, update: [{$set: {copy: '$name'}}]}");

    assertThat(things.stored(2))
        .isEqualTo(
            TestDatabase.json(
                "{_id: 2, owner: 'bob', name: 'B', secret: 7, sub: {x: 1, y: 2}, copy: 'B'}"));
  }

  @Test
  void aPipelineChangesNothingThatIsSeenInPart() {
    assertThat(things.refusal(ann, "updateOne", "{query: {_id: 2}, update: [{$unset: 'sub'}]}"))
        .isEqualTo("NoMatchingRuleFound: update not permitted");
    assertThat(things.refusal(ann, "updateOne", "{query: {_id: 2}, update: [{$unset: 'name'}]}"))
        .isEqualTo("NoMatchingRuleFound: update not permitted");
  }

  @Test
  void filtersHideOfWhatWritesAnswer() {
    assertThat(
            things.call(
                ann,
                "findOneAndUpdate",
                "{query: {_id: 1}, update: {$set: {n: 1}}, returnNewDocument: true}"))
        .isEqualTo(TestDatabase.json("{_id: 1, owner: 'ann', name: 'A', n: 1}"));
    assertThat(things.call(ann, "findOneAndDelete", "{query: {_id: 1}, projection: {name: 1}}"))
        .isEqualTo(TestDatabase.json("{_id: 1, name: 'A'}"));
  }
}
