package dev.berth.worker.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What updates are refused for, with the codes that the database has for it.
class RefusedUpdatesTest {

  private static UpdateRefused refusal(String before, String update, String query, String filters) {
    var refused =
        catchThrowableOfType(
            UpdateRefused.class, () -> DocumentUpdateTest.updated(before, update, query, filters));
    assertThat(refused).as(update).isNotNull();
    return refused;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{$set: {a: 1, 'a.b': 2}}                | 40    | would create a conflict at 'a'",
        "{$set: {'a.b': 1}, $unset: {a: 1}}      | 40    | would create a conflict at 'a'",
        "{$set: {a: 1}, $rename: {b: 'a'}}       | 40    | would create a conflict at 'a'",
        "{$set: {_id: 2}}                        | 66    | immutable field '_id'",
        "{$unset: {_id: 2}}                      | 66    | immutable field '_id'",
        "{$rename: {_id: 'x'}}                   | 66    | immutable field '_id'",
        "{$inc: {'_id.x': 2}}                    | 28    | Cannot create field 'x'",
        "{$set: {'': 2}}                         | 56    | empty update path",
        "{$set: {'a..b': 2}}                     | 56    | empty field name",
        "{$set: {'a.$b': 2}}                     | 52    | $b",
        "{$set: {'$.b': 2}}                      | 2     | first position",
        "{$set: {'l.$.x.$': 2}}                  | 2     | Too many positional",
        "{$set: 5}                               | 9     | Modifiers operate on fields",
        "{$pushAll: {a: [1]}}                    | 9     | Unknown modifier: $pushAll",
        "{$foo: {a: [1]}}                        | 9     | Unknown modifier: $foo",
        "{$inc: {n: 'x'}}                        | 14    | Cannot increment with non-numeric",
        "{$inc: {s: 1}}                          | 14    | of non-numeric type string",
        "{$mul: {s: 2}}                          | 14    | of non-numeric type string",
        "{$inc: {big: 1}}                        | 2     | too large",
        "{$set: {'s.x': 1}}                      | 28    | Cannot create field 'x' in element 's' of type string",
        "{$set: {'nil.x': 1}}                    | 28    | Cannot create field 'x' in element 'nil' of type null",
        "{$set: {'l.x': 1}}                      | 28    | Cannot create field 'x' in element 'l' of type array",
        "{$set: {'l.01': 1}}                     | 28    | Cannot create field '01'",
        "{$set: {'l.9999999': 1}}                | 2     | backfill",
        "{$push: {s: 1}}                         | 2     | must be an array but is of type string",
        "{$push: {l: {$each: 1}}}                | 2     | $each in $push must be an array",
        "{$push: {l: {$each: [1], $foo: 1}}}     | 2     | Unrecognized clause in $push: $foo",
        "{$push: {l: {$each: [1], $slice: 'x'}}} | 2     | $slice must be an integer",
        "{$push: {l: {$each: [1], $sort: 2}}}    | 2     | $sort element value must be either 1 or -1",
        "{$addToSet: {s: 1}}                     | 2     | Cannot apply $addToSet to non-array field",
        "{$addToSet: {l: {$each: 1}}}            | 14    | must be an array but it was of type: int",
        "{$pop: {l: 2}}                          | 9     | $pop expects 1 or -1",
        "{$pop: {s: 1}}                          | 14    | non-array type 'string'",
        "{$pull: {s: 1}}                         | 2     | Cannot apply $pull to a non-array value",
        "{$pull: {l: {$foo: 1}}}                 | 2     | unknown operator: $foo",
        "{$pull: {l: {$regex: 'x'}}}             | 2     | unknown operator: $regex",
        "{$pullAll: {l: 1}}                      | 2     | requires an array argument",
        "{$bit: {n: {and: 1.5}}}                 | 2     | must be an Integer",
        "{$bit: {s: {and: 1}}}                   | 2     | non-integral type",
        "{$bit: {n: {nand: 1}}}                  | 2     | only supports",
        "{$currentDate: {n: 'x'}}                | 2     | $currentDate",
        "{$rename: {n: 'n'}}                     | 2     | must differ",
        "{$rename: {n: 5}}                       | 2     | must be a string",
        "{$rename: {'l.0': 'x'}}                 | 2     | cannot be an array element",
        "{$rename: {n: 'l.0'}}                   | 2     | cannot be an array element",
        "{$rename: {'l.$': 'x'}}                 | 2     | may not be dynamic",
        "{$set: {'l.$': 1}}                      | 2     | did not find the match needed",
        "{$set: {'s.$[]': 1}}                    | 2     | non-array element 's'",
        "{$set: {'x.$[]': 1}}                    | 2     | must exist in the document",
        "{$set: {'l.$[i]': 1}}                   | 2     | No array filter found for identifier 'i'",
        "{$set: {'l.$[]': 1, 'l.0': 2}}          | 40    | would create a conflict at 'l.0'",
      })
  void whatTheDatabaseWouldNotDoIsRefused(String update, int code, String message) {
    UpdateRefused refused =
        refusal(
            "{_id: 1, n: 1, s: 'x', l: [1], nil: null, big: {$numberLong: '9223372036854775807'}}",
            update,
            "{_id: 1}",
            "[]");

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.text()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{x: 1, y: 2}]      | 9 | Expected a single top-level field name",
        "[{}]                | 9 | Expected a single top-level field name",
        "[{X: 1}]            | 2 | beginning with a lowercase letter",
        "[{x: 1}, {'x.y': 1}] | 9 | same top-level field name x",
        "[{x: 1}, {y: 1}]    | 9 | identifier 'y' was not used",
        "[{x: {$foo: 1}}]    | 2 | unknown operator: $foo",
      })
  void arrayFiltersMustBeUsable(String filters, int code, String message) {
    UpdateRefused refused = refusal("{l: [1]}", "{$set: {'l.$[x]': 1}}", "{}", filters);

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.text()).contains(message);
  }

  @Test
  void noMessageShowsAValueOfTheDocument() {
    assertThat(refusal("{a: 'secret'}", "{$set: {'a.b': 1}}", "{}", "[]").text())
        .doesNotContain("secret");
    assertThat(refusal("{a: 'secret'}", "{$inc: {a: 1}}", "{}", "[]").text())
        .doesNotContain("secret");
  }

  @Test
  void anUpsertCannotTakeAFieldTwiceFromItsQuery() {
    DocumentUpdate update =
        DocumentUpdate.parse(
            BsonDocument.parse("{$set: {b: 1}}"),
            List.of(),
            BsonDocument.parse("{a: 1, $and: [{'a.b': 2}]}"));

    var refused = catchThrowableOfType(UpdateRefused.class, () -> update.inserted(0));

    assertThat(refused.code()).isEqualTo(54);
  }

  @Test
  void aSmallUpdateDoesNotMakeAHugeDocument() {
    String elements = "[" + "0,".repeat(20_000) + "0]";
    String large = "'" + "x".repeat(1000) + "'";

    UpdateRefused refused =
        refusal("{l: " + elements + "}", "{$set: {'l.$[]': " + large + "}}", "{}", "[]");

    assertThat(refused.code()).isEqualTo(17419);
  }

  @Test
  void comparingEverythingWithEverythingEnds() {
    String elements = "0,".repeat(5_000);
    String wanted = "1,".repeat(5_000);

    UpdateRefused refused =
        refusal("{l: [" + elements + "0]}", "{$pullAll: {l: [" + wanted + "1]}}", "{}", "[]");

    assertThat(refused.text()).contains("too much to do");
  }
}
