package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A document that was read is found as long as it is the same, and no other one for it.
class SameDocumentTest {

  private static final List<BsonDocument> ALL =
      Stream.of(
              "{}",
              "{a: 1}",
              "{a: 2}",
              "{a: '1'}",
              "{a: null}",
              "{b: null}",
              "{a: []}",
              "{a: [1]}",
              "{a: [1, 2]}",
              "{a: [1, 3]}",
              "{a: [2, 1]}",
              "{a: [null]}",
              "{a: [[]]}",
              "{a: [[1]]}",
              "{a: [[[1]]]}",
              "{a: [1, [1]]}",
              "{a: [[1], 1]}",
              "{a: [[1], [1]]}",
              "{a: [[1, 2]]}",
              "{a: {b: [[1]]}}",
              "{a: {}}",
              "{a: {b: 1}}",
              "{a: {b: []}}",
              "{a: {b: [1]}}",
              "{a: {b: [1, 2]}}",
              "{a: [{b: 1}]}",
              "{a: [{}]}",
              "{a: 1, b: 1}",
              "{a: 1, locked: true}",
              "{a: 'x'}",
              "{a: 'X'}",
              "{a: '$b'}",
              "{a: ['x', 'y']}",
              "{a: {$date: {$numberLong: '5'}}}",
              "{a: {$oid: '639a521bbdec9b85ba94014b'}}",
              "{a: {$binary: {base64: 'AQI=', subType: '00'}}}",
              "{a: true}",
              "{a: false}")
          .map(SameDocumentTest::document)
          .toList();

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private static BsonDocument document(String text) {
    BsonDocument document = new BsonDocument("_id", new BsonInt32(1));
    document.putAll(BsonDocument.parse(text));
    return document;
  }

  @Test
  void noneIsTakenForAnother() {
    for (BsonDocument stored : ALL) {
      database.call("deleteMany", "{query: {}}");
      database.call("insertOne", new BsonDocument("document", stored));
      for (BsonDocument read : ALL) {
        BsonDocument query = new BsonDocument("query", SameDocument.query(read));
        assertThat(database.call("count", query))
            .as("%s, stored %s", read, stored)
            .isEqualTo(new BsonInt32(read.equals(stored) ? 1 : 0));
      }
    }
  }

  @Test
  void namesMayLookLikePaths() {
    BsonDocument stored = document("{a: 1}").append("c.d", new BsonInt32(1));

    assertThat(SameDocument.query(stored).keySet()).containsExactly("_id", "$expr");
  }
}
