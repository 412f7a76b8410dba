package dev.berth.worker.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each operator makes of a document, as the manual of the database says.
class DocumentUpdateTest {

  private static final long NOW = 1_600_000_000_123L;

  static BsonDocument updated(String before, String update, String query, String filters) {
    List<BsonDocument> arrayFilters =
        BsonDocument.parse("{all: " + filters + "}").getArray("all").stream()
            .map(BsonValue::asDocument)
            .toList();
    return DocumentUpdate.parse(BsonDocument.parse(update), arrayFilters, BsonDocument.parse(query))
        .applyTo(BsonDocument.parse(before), NOW);
  }

  private static void check(String before, String update, String after) {
    // As text, because documents are equal whatever the order of their fields.
    assertThat(updated(before, update, "{}", "[]").toJson())
        .isEqualTo(BsonDocument.parse(after).toJson());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a: 1}              | {$set: {a: 2}}                    | {a: 2}",
        "{a: 1}              | {$set: {c: 1, b: 2}}              | {a: 1, b: 2, c: 1}",
        "{a: 1}              | {$set: {'b.10': 1, 'b.9': 2}}     | {a: 1, b: {'9': 2, '10': 1}}",
        "{}                  | {$set: {'a.b.c': 1}}              | {a: {b: {c: 1}}}",
        "{a: {b: 1, c: 2}}   | {$set: {'a.b': {d: 1}}}           | {a: {b: {d: 1}, c: 2}}",
        "{a: [1, 2]}         | {$set: {'a.1': 3}}                | {a: [1, 3]}",
        "{a: [1]}            | {$set: {'a.3': 3}}                | {a: [1, null, null, 3]}",
        "{a: [{b: 1}]}       | {$set: {'a.0.b': 2, 'a.0.c': 3}}  | {a: [{b: 2, c: 3}]}",
        "{}                  | {$set: {'a.0': 1}}                | {a: {'0': 1}}",
        "{a: 1, b: 2}        | {$unset: {a: ''}}                 | {b: 2}",
        "{a: 1}              | {$unset: {'a.b': ''}}             | {a: 1}",
        "{a: 1}              | {$unset: {'x.y': 1}}              | {a: 1}",
        "{a: [1, 2, 3]}      | {$unset: {'a.1': 1}}              | {a: [1, null, 3]}",
        "{a: [1]}            | {$unset: {'a.4': 1, 'a.b': 1}}    | {a: [1]}",
        "{a: {b: 1, c: 2}}   | {$unset: {'a.b': 1}}              | {a: {c: 2}}",
        "{a: 1}              | {$setOnInsert: {b: 1}}            | {a: 1}",
        "{a: 1}              | {$min: {a: 0}, $max: {b: 1}}      | {a: 0, b: 1}",
        "{a: 1}              | {$min: {a: 2}}                    | {a: 1}",
        "{a: 1}              | {$max: {a: 'x'}}                  | {a: 'x'}",
        "{a: 1}              | {$max: {a: null}}                 | {a: 1}",
        "{a: 1, b: 2}        | {$rename: {a: 'c'}}               | {b: 2, c: 1}",
        "{a: 1, b: 2}        | {$rename: {a: 'b'}}               | {b: 1}",
        "{a: {b: 1}}         | {$rename: {'a.b': 'c.d'}}         | {a: {}, c: {d: 1}}",
        "{a: 1}              | {$rename: {x: 'y'}}               | {a: 1}",
      })
  void fieldsAreSetTakenAwayAndMoved(String before, String update, String after) {
    check(before, update, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a: 1}                        | {$inc: {a: 2, 'b.c': -1}} | {a: 3, b: {c: -1}}",
        "{a: 2147483647}               | {$inc: {a: 1}}            | {a: {$numberLong: '2147483648'}}",
        "{a: {$numberLong: '1'}}       | {$inc: {a: 1}}            | {a: {$numberLong: '2'}}",
        "{a: 1}                        | {$inc: {a: 0.5}}          | {a: 1.5}",
        "{a: 1.5}                      | {$inc: {a: {$numberDecimal: '0.1'}}} | {a: {$numberDecimal: '1.60000000000000'}}",
        "{a: 3}                        | {$mul: {a: 4, b: 2}}      | {a: 12, b: 0}",
        "{a: 65536}                    | {$mul: {a: 65536}}        | {a: {$numberLong: '4294967296'}}",
        "{a: 2}                        | {$mul: {a: 1.5}}          | {a: 3.0}",
        "{}                            | {$mul: {a: 1.5}}          | {a: 0.0}",
        "{}                            | {$mul: {a: {$numberLong: '5'}}} | {a: {$numberLong: '0'}}",
        "{a: 13}                       | {$bit: {a: {and: 10}}}    | {a: 8}",
        "{a: 3}                        | {$bit: {a: {or: 5, xor: 1}}} | {a: 6}",
        "{}                            | {$bit: {a: {or: {$numberLong: '5'}}}} | {a: {$numberLong: '5'}}",
      })
  void numbersGrowIntoTheWiderType(String before, String update, String after) {
    check(before, update, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                    | {$push: {a: 1}}                        | {a: [1]}",
        "{a: [1]}              | {$push: {a: [2, 3]}}                   | {a: [1, [2, 3]]}",
        "{a: [1]}              | {$push: {a: {$each: [2, 3]}}}          | {a: [1, 2, 3]}",
        "{}                    | {$push: {a: {$each: []}}}              | {a: []}",
        "{a: [1, 2]}           | {$push: {a: {$each: [8, 9], $position: 1}}}   | {a: [1, 8, 9, 2]}",
        "{a: [1, 2]}           | {$push: {a: {$each: [8, 9], $position: -1}}}  | {a: [1, 8, 9, 2]}",
        "{a: [1, 2]}           | {$push: {a: {$each: [8], $position: 99}}}     | {a: [1, 2, 8]}",
        "{a: [1, 2]}           | {$push: {a: {$each: [3], $slice: 2}}}         | {a: [1, 2]}",
        "{a: [1, 2]}           | {$push: {a: {$each: [3], $slice: -2}}}        | {a: [2, 3]}",
        "{a: [1, 2]}           | {$push: {a: {$each: [3], $slice: 0}}}         | {a: []}",
        "{a: [3, 1]}           | {$push: {a: {$each: [2], $sort: 1}}}          | {a: [1, 2, 3]}",
        "{a: [3, 'x', null]}   | {$push: {a: {$each: [2], $sort: -1}}}         | {a: ['x', 3, 2, null]}",
        "{a: [{s: 3}, {s: 1}]} | {$push: {a: {$each: [{s: 2}, 7], $sort: {s: 1}, $slice: 3}}} | {a: [7, {s: 1}, {s: 2}]}",
        "{a: [{b: {c: 1}}]}    | {$push: {a: {$each: [{b: {c: 2}}], $sort: {'b.c': -1}}}} | {a: [{b: {c: 2}}, {b: {c: 1}}]}",
        "{a: [1]}              | {$addToSet: {a: 1}}                    | {a: [1]}",
        "{a: [1]}              | {$addToSet: {a: 1.0}}                  | {a: [1]}",
        "{a: [1]}              | {$addToSet: {a: {$each: [2, 1, 2]}}}   | {a: [1, 2]}",
        "{a: [{x: 1, y: 2}]}   | {$addToSet: {a: {y: 2, x: 1}}}         | {a: [{x: 1, y: 2}, {y: 2, x: 1}]}",
        "{}                    | {$addToSet: {a: {$each: [1, 1]}}}      | {a: [1]}",
        "{a: [1, 2, 3]}        | {$pop: {a: 1}}                         | {a: [1, 2]}",
        "{a: [1, 2, 3]}        | {$pop: {a: -1}}                        | {a: [2, 3]}",
        "{a: []}               | {$pop: {a: 1, b: 1}}                   | {a: []}",
        "{a: [1, 2, 1]}        | {$pull: {a: 1}}                        | {a: [2]}",
        "{a: [1, 5, 9]}        | {$pull: {a: {$gte: 5}}}                | {a: [1]}",
        "{a: [1, 5, 9]}        | {$pull: {a: {$in: [1, 9]}}}            | {a: [5]}",
        "{a: [{s: 8, i: 'B', z: 1}, {s: 8, i: 'C'}]} | {$pull: {a: {i: 'B', s: 8}}} | {a: [{s: 8, i: 'C'}]}",
        "{a: [{s: 8}, {s: 5}, 7]} | {$pull: {a: {s: {$lt: 8}}}}          | {a: [{s: 8}, 7]}",
        "{a: [{r: [{q: 2, v: 5}]}, {r: [{q: 1, v: 9}]}]} | {$pull: {a: {r: {$elemMatch: {q: 2, v: {$gte: 5}}}}}} | {a: [{r: [{q: 1, v: 9}]}]}",
        "{a: [{}, 1, {b: 1}]}  | {$pull: {a: {}}}                       | {a: [1]}",
        "{a: [1, null]}        | {$pull: {a: null, b: 1}}               | {a: [1]}",
        "{a: [1, 2, {b: 1}]}   | {$pullAll: {a: [2, {b: 1}]}}           | {a: [1]}",
      })
  void arraysGainAndLoseElements(String before, String update, String after) {
    check(before, update, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a: [1, 2, 3]}               | {$inc: {'a.$[]': 10}}       | {}                | []                  | {a: [11, 12, 13]}",
        "{a: [{g: 80}, {g: 90}]}      | {$set: {'a.$[x].g': 100}}   | {}                | [{'x.g': {$gte: 85}}] | {a: [{g: 80}, {g: 100}]}",
        "{a: [1, 5, 9]}               | {$set: {'a.$[x]': 0}}       | {}                | [{x: {$gt: 4}}]     | {a: [1, 0, 0]}",
        "{a: [1, 5, 9]}               | {$set: {'a.$[x]': 0}}       | {}                | [{$or: [{x: 1}, {x: 9}]}] | {a: [0, 5, 0]}",
        "{a: [{b: [1, 2]}, {b: [3]}]} | {$inc: {'a.$[].b.$[x]': 1}} | {}                | [{x: {$gte: 2}}]    | {a: [{b: [1, 3]}, {b: [4]}]}",
        "{a: [{b: 1}, {b: 2}]}        | {$set: {'a.$[x].c': 1, 'a.$[y].d': 2}} | {}     | [{'x.b': 1}, {'y.b': {$gt: 0}}] | {a: [{b: 1, c: 1, d: 2}, {b: 2, d: 2}]}",
        "{a: [80, 85, 90]}            | {$set: {'a.$': 1}}          | {a: 85}           | []                  | {a: [80, 1, 90]}",
        "{a: [80, 85, 90]}            | {$unset: {'a.$': 1}}        | {a: {$gt: 82}}    | []                  | {a: [80, null, 90]}",
        "{a: [{g: 1, m: 2}, {g: 5}]}  | {$set: {'a.$.m': 9}}        | {'a.g': 5}        | []                  | {a: [{g: 1, m: 2}, {g: 5, m: 9}]}",
        "{a: [{g: 1, m: 2}, {g: 1, m: 7}]} | {$set: {'a.$.z': 9}}   | {a: {$elemMatch: {g: 1, m: {$gt: 5}}}} | [] | {a: [{g: 1, m: 2}, {g: 1, m: 7, z: 9}]}",
        "{_id: 1, a: [3, 4], b: [9, 4]} | {$set: {'a.$': 0}}        | {b: 9, a: 4, _id: 1} | []               | {_id: 1, a: [3, 0], b: [9, 4]}",
        "{a: [[1], [2]]}              | {$push: {'a.$[]': 5}}       | {}                | []                  | {a: [[1, 5], [2, 5]]}",
      })
  void positionsMeanElementsOfArrays(
      String before, String update, String query, String filters, String after) {
    assertThat(updated(before, update, query, filters).toJson())
        .isEqualTo(BsonDocument.parse(after).toJson());
  }

  @Test
  void theDateIsThatOfTheUpdate() {
    BsonDocument after =
        updated(
            "{a: 1}",
            "{$currentDate: {a: true, b: {$type: 'timestamp'}, c: {$type: 'date'}}}",
            "{}",
            "[]");

    assertThat(after.get("a")).isEqualTo(new BsonDateTime(NOW));
    assertThat(after.get("b")).isEqualTo(new BsonTimestamp((int) (NOW / 1000), 1));
    assertThat(after.get("c")).isEqualTo(new BsonDateTime(NOW));
  }

  @Test
  void theDocumentThatIsUpdatedStaysAsItWas() {
    BsonDocument before = BsonDocument.parse("{a: {b: [1]}, c: {d: 1}}");
    DocumentUpdate update =
        DocumentUpdate.parse(
            BsonDocument.parse("{$push: {'a.b': 2}, $rename: {c: 'e'}}"),
            List.of(),
            new BsonDocument());

    update.applyTo(before, NOW);

    assertThat(before).isEqualTo(BsonDocument.parse("{a: {b: [1]}, c: {d: 1}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{_id: 1, a: 2}                     | {$set: {b: 3}}            | {_id: 1, a: 2, b: 3}",
        "{'a.b': 1, c: {$gt: 5}}            | {$inc: {n: 1}}            | {a: {b: 1}, n: 1}",
        "{$and: [{a: 1}, {b: {$eq: 2}}]}    | {$setOnInsert: {c: 3}}    | {a: 1, b: 2, c: 3}",
        "{$or: [{a: 1}]}                    | {$set: {b: 2}}            | {a: 1, b: 2}",
        "{$or: [{a: 1}, {a: 2}]}            | {$set: {b: 2}}            | {b: 2}",
        "{a: {$in: [1, 2]}, b: {$all: [3]}} | {$set: {c: 2}}            | {b: 3, c: 2}",
        "{a: 1}                             | {$set: {a: 2}}            | {a: 2}",
        "{a: 1}                             | {$set: {_id: 5}}          | {a: 1, _id: 5}",
      })
  void anUpsertBeginsWithWhatTheQueryWantsToBeEqual(String query, String update, String after) {
    BsonDocument inserted =
        DocumentUpdate.parse(BsonDocument.parse(update), List.of(), BsonDocument.parse(query))
            .inserted(NOW);

    assertThat(inserted.toJson()).isEqualTo(BsonDocument.parse(after).toJson());
  }
}
