package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Aggregations of users compute on what these may see, and on nothing else.
class UserAggregationsTest {

  private static final String OWNERS =
      """
      {roles: [
        {apply_when: {owner: '%%user.id'}, write: true},
        {apply_when: {shared: true}, fields: {name: {read: true}, n: {read: true}}}],
       filters: [{query: {deleted: {$ne: true}}, projection: {internal: 0}}]}
      """;

  private static final String WHOLE =
      "{roles: [{apply_when: {owner: '%%user.id'}, read: true}, {apply_when: {shared: true}, read: true}]}";

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final TestScope ann = TestScope.user("ann", false);
  private final RuledCollection things = new RuledCollection(database);

  @BeforeEach
  void useRules() {
    things.deploy(OWNERS, null);
    database.call(
        "insertMany",
        """
        {documents: [
          {_id: 1, owner: 'ann', name: 'A', n: 1, internal: 1, tags: ['x', 'y']},
          {_id: 2, owner: 'ann', name: 'B', n: 2, deleted: true},
          {_id: 3, owner: 'bob', name: 'C', n: 4, secret: 7},
          {_id: 4, owner: 'bob', name: 'D', n: 8, shared: true, secret: 7}]}
        """);
  }

  private BsonValue aggregated(String pipeline) {
    return things.call(ann, "aggregate", "{pipeline: " + pipeline + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                                    | [{_id:1,owner:'ann',name:'A',n:1,tags:['x','y']},{name:'D',n:8}]",
        "[{$match:{n:{$gt:1}}}]                                | [{name:'D',n:8}]",
        "[{$group:{_id:null,sum:{$sum:'$n'},all:{$sum:1}}}]    | [{_id:null,sum:9,all:2}]",
        "[{$group:{_id:null,secrets:{$push:'$secret'}}}]       | [{_id:null,secrets:[]}]",
        "[{$match:{secret:7}}]                                 | []",
        "[{$match:{secret:{$exists:true}}},{$count:'n'}]       | []",
        "[{$match:{secret:{$exists:false}}},{$count:'n'}]      | [{n:2}]",
        "[{$match:{internal:1}}]                               | []",
        "[{$match:{owner:'bob'}}]                              | []",
        "[{$project:{stolen:'$secret',name:1,_id:0}}]          | [{name:'A'},{name:'D'}]",
        "[{$addFields:{all:'$$ROOT'}},{$match:{n:8}},{$project:{all:1}}] | [{all:{name:'D',n:8}}]",
        "[{$sort:{n:-1}},{$limit:1},{$project:{n:1}}]          | [{n:8}]",
        "[{$unwind:'$tags'},{$sortByCount:'$tags'},{$sort:{_id:1}}] | [{_id:'x',count:1},{_id:'y',count:1}]",
        "[{$match:{_id:3}},{$count:'n'}]                       | []",
        "[{$count:'n'}]                                        | [{n:2}]",
        "[{$skip:1},{$count:'n'}]                              | [{n:1}]",
      })
  void computeOnWhatTheirCallerSees(String pipeline, String expected) {
    assertThat(aggregated(pipeline)).isEqualTo(TestDatabase.json(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{$match:{secret:7}},{$project:{name:1}}]             | [{_id:4,name:'D'}]",
        "[{$match:{_id:3}}]                                    | []",
        "[{$match:{owner:'bob'}},{$group:{_id:null,sum:{$sum:'$n'}}}] | [{_id:null,sum:8}]",
        "[{$match:{}},{$count:'n'}]                            | [{n:3}]",
      })
  void aFirstMatchMayBeLeftToTheDatabaseWhereDocumentsAreSeenAsAWhole(
      String pipeline, String expected) {
    things.deploy(WHOLE, null);

    assertThat(aggregated(pipeline)).isEqualTo(TestDatabase.json(expected));
  }

  @Test
  void whoSeesNothingComputesOnNothing() {
    TestScope cid = TestScope.user("cid", false);
    things.deploy("{roles: [{apply_when: {owner: '%%user.id'}, read: true}]}", null);

    assertThat(things.call(cid, "aggregate", "{pipeline: [{$group: {_id: null, n: {$sum: 1}}}]}"))
        .isEqualTo(new BsonArray());
  }

  @Test
  void aCursorOfOneComputesTheSame() {
    BsonDocument opened =
        things
            .call(ann, "openCursor", "{pipeline: [{$group: {_id: null, sum: {$sum: '$n'}}}]}")
            .asDocument();

    assertThat(opened.getArray("batch")).isEqualTo(TestDatabase.json("[{_id: null, sum: 9}]"));
    assertThat(opened.getBoolean("exhausted").getValue()).isTrue();
  }

  @Test
  void moreThanTheDatabaseTakesIsRefused() {
    things.deploy(WHOLE, null);
    for (int i = 0; i < 5; i++) {
      database.call(
          "insertOne",
          new BsonDocument(
              "document",
              new BsonDocument("_id", new BsonInt32(100 + i))
                  .append("owner", new BsonString("ann"))
                  .append("text", new BsonString("x".repeat(4_000_000)))));
    }

    assertThat(things.refusal(ann, "aggregate", "{pipeline: [{$sort: {n: 1}}, {$count: 'n'}]}"))
        .startsWith(
            "ReadSizeLimitExceeded: aggregate: what the caller may see is larger than 15 MB");
    assertThat(aggregated("[{$match: {_id: {$gte: 104}}}, {$count: 'n'}]"))
        .isEqualTo(TestDatabase.json("[{n: 1}]"));
  }

  @Test
  void allTypesComeThrough() {
    things.deploy(WHOLE, null);
    BsonDocument stored =
        BsonDocument.parse(
            """
            {_id: 50, owner: 'ann', int: 1, long: {$numberLong: '1'}, double: 1.5,
             decimal: {$numberDecimal: '1.10'}, date: {$date: {$numberLong: '5'}},
             id: {$oid: '5e58667d902d38559c802b13'}, flag: true, none: null,
             nested: {a: [1, {b: '$name', c: ['$$ROOT']}]}, binary: {$binary: {base64: 'AQI=', subType: '00'}}}
            """);
    database.call("insertOne", new BsonDocument("document", stored));

    assertThat(aggregated("[{$match: {_id: 50}}, {$limit: 5}]"))
        .isEqualTo(new BsonArray(List.of(stored)));
  }
}
