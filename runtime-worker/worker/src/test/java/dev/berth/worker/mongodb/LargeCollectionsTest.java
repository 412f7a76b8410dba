package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What users learn of more documents than one query may give.
class LargeCollectionsTest {

  private static final int VISIBLE = 50_500;
  private static final int ALL = VISIBLE + 500;

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final TestScope ann = TestScope.user("ann", false);
  private final TestScope admin = TestScope.user("root", true);
  private final RuledCollection things = new RuledCollection(database);

  @Test
  void countAndDistinctLookAtAllOfThem() {
    things.deploy(
        """
        {roles: [
          {apply_when: {'%%user.custom_data.admin': true}, read: true},
          {apply_when: {hidden: false}, fields: {_id: {read: true}, n: {read: true}}}]}
        """,
        null);
    store();

    assertThat(things.call(ann, "count", "{query: {}}")).isEqualTo(new BsonInt32(VISIBLE));
    assertThat(things.call(ann, "count", "{query: {n: 3}}")).isEqualTo(new BsonInt32(VISIBLE / 10));
    assertThat(things.call(ann, "count", "{query: {}, skip: 100, limit: 50300}"))
        .isEqualTo(new BsonInt32(50_300));
    assertThat(things.call(admin, "count", "{query: {}}")).isEqualTo(new BsonInt32(ALL));
    assertThat(things.call(ann, "distinct", "{field: 'n'}").asArray()).hasSize(10);
    assertThat(things.call(ann, "distinct", "{field: 'hidden'}").asArray()).isEmpty();
    assertThat(things.refusal(ann, "distinct", "{field: '_id'}"))
        .startsWith("ReadSizeLimitExceeded: distinct: \"_id\" has more than 50000 values");
    assertThat(things.refusal(ann, "find", "{query: {}}"))
        .startsWith("ReadSizeLimitExceeded: a query may give at most 50000 documents");
  }

  @Test
  void valuesAreToldApartAsTheDatabaseDoesIt() {
    things.deploy("{roles: [{apply_when: {hidden: {$ne: true}}, read: true}]}", null);
    database.call(
        "insertMany",
        """
        {documents: [
          {v: 1}, {v: 1.0}, {v: {$numberLong: '1'}}, {v: {$numberDecimal: '1.00'}}, {v: '1'},
          {v: [2, [2], [2.0]]}, {v: {a: 1}}, {v: {a: 1.0}}, {v: null}, {}, {v: {$numberDouble: '-0.0'}},
          {v: 0}, {v: {$numberDecimal: '-0'}}, {v: 5, hidden: true}]}
        """);

    assertThat(things.call(ann, "distinct", "{field: 'v'}"))
        .isEqualTo(TestDatabase.json("[1, '1', 2, [2], {a: 1}, null, -0.0]"));
    assertThat(things.call(ann, "distinct", "{field: 'v.1'}")).isEqualTo(TestDatabase.json("[2]"));
    assertThat(things.call(ann, "distinct", "{field: 'v.a'}")).isEqualTo(TestDatabase.json("[1]"));
  }

  private void store() {
    BsonArray batch = new BsonArray();
    for (int i = 0; i < ALL; i++) {
      batch.add(
          new BsonDocument("_id", new BsonInt32(i))
              .append("n", new BsonInt32(i % 10))
              .append("hidden", BsonBoolean.valueOf(i >= VISIBLE))
              .append("owner", new BsonString("bob")));
      if (batch.size() == 10_000 || i == ALL - 1) {
        database.call("insertMany", new BsonDocument("documents", batch));
        batch.clear();
      }
    }
  }
}
