package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `EJSON` inside functions.
class EjsonTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private BsonValue evaluated(String expression) {
    app.function("main", "exports = (source) => (0, eval)('(' + source + ')');");
    return app.returned("main", new BsonString(expression));
  }

  private BsonValue parsed(String text) {
    app.function("parse", "exports = (text) => EJSON.parse(text);");
    return app.returned("parse", new BsonString(text));
  }

  private static BsonValue json(String value) {
    return BsonDocument.parse("{value: " + value + "}").get("value", new BsonString("absent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'text'               | \"text\"",
        "true                 | true",
        "null                 | null",
        "[1, [2]]             | [{\"$numberInt\":\"1\"},[{\"$numberInt\":\"2\"}]]",
        "({ a: { b: 'c' } })  | {\"a\":{\"b\":\"c\"}}",
        "42                   | {\"$numberInt\":\"42\"}",
        "-2147483648          | {\"$numberInt\":\"-2147483648\"}",
        "2147483647           | {\"$numberInt\":\"2147483647\"}",
        "2147483648           | {\"$numberLong\":\"2147483648\"}",
        "-2147483649          | {\"$numberLong\":\"-2147483649\"}",
        "2 ** 53              | {\"$numberLong\":\"9007199254740992\"}",
        "1e300                | {\"$numberDouble\":\"1e+300\"}",
        "2.1                  | {\"$numberDouble\":\"2.1\"}",
        "3.14159              | {\"$numberDouble\":\"3.14159\"}",
        "NaN                  | {\"$numberDouble\":\"NaN\"}",
        "-Infinity            | {\"$numberDouble\":\"-Infinity\"}",
        "10n                  | {\"$numberLong\":\"10\"}",
        "BSON.Double(10.5)    | {\"$numberDouble\":\"10.5\"}",
        "BSON.Double(10)      | {\"$numberDouble\":\"10.0\"}",
        "BSON.Int32(10)       | {\"$numberInt\":\"10\"}",
        "BSON.Long(50)        | {\"$numberLong\":\"50\"}",
        "BSON.Decimal128.fromString('9823.1297') | {\"$numberDecimal\":\"9823.1297\"}",
        "new Date(1654589430998) | {\"$date\":{\"$numberLong\":\"1654589430998\"}}",
        "new Date(NaN)        | null",
        "BSON.ObjectId('507f1f77bcf86cd799439011') | {\"$oid\":\"507f1f77bcf86cd799439011\"}",
        "BSON.Binary.fromHex('80ff', 5) | {\"$binary\":{\"base64\":\"gP8=\",\"subType\":\"05\"}}",
        "new Uint8Array([128, 255]) | {\"$binary\":{\"base64\":\"gP8=\",\"subType\":\"00\"}}",
        "BSON.Timestamp(7, 8) | {\"$timestamp\":{\"t\":7,\"i\":8}}",
        "BSON.BSONRegExp('a', 'i') | {\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"i\"}}",
        "/a\\/b/gi            | {\"$regularExpression\":{\"pattern\":\"a\\\\/b\",\"options\":\"i\"}}",
        "BSON.MinKey()        | {\"$minKey\":1}",
        "BSON.MaxKey()        | {\"$maxKey\":1}",
        "({ a: undefined, f() {} }) | {\"a\":{\"$undefined\":true}}",
        "[() => 1]            | [null]",
        "new Number(5)        | {\"$numberInt\":\"5\"}",
        "JSON.parse('{\"__proto__\": 1}') | {\"__proto__\":{\"$numberInt\":\"1\"}}",
      })
  void textIsCanonical(String expression, String expected) {
    assertThat(evaluated("EJSON.stringify(" + expression + ")"))
        .isEqualTo(new BsonString(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "2147483648",
        "2 ** 62",
        "2 ** 63",
        "-(2 ** 63)",
        "2 ** 53 + 2",
        "1e21",
        "0.1",
        "-0",
        "NaN",
        "BSON.Long(1)",
        "BSON.Double(1)",
        "BSON.Int32(1)"
      })
  void aNumberHasTheTypeInTextThatItHasAsAResult(String number) {
    String text = evaluated("EJSON.stringify(" + number + ")").asString().getValue();

    assertThat(json(text)).isEqualTo(evaluated(number));
  }

  @Test
  void textCanBeIndented() {
    assertThat(evaluated("EJSON.stringify({ a: 'b' }, null, 2)"))
        .isEqualTo(new BsonString("{\n  \"a\": \"b\"\n}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"$numberInt\":\"5\"}                        | 5",
        "{\"$numberDouble\":\"1.5\"}                   | 1.5",
        "{\"$numberDouble\":\"1E-7\"}                  | 1e-7",
        "{\"$numberDouble\":\"Infinity\"}              | {$numberDouble: 'Infinity'}",
        "{\"$numberDouble\":\"NaN\"}                   | {$numberDouble: 'NaN'}",
        "{\"$numberLong\":\"50\"}                      | 50",
        "{\"$numberLong\":\"9223372036854775807\"}     | {$numberLong: '9223372036854775807'}",
        "{\"$numberLong\":\"-9223372036854775808\"}    | {$numberLong: '-9223372036854775808'}",
        "{\"$numberDecimal\":\"1.10\"}                 | {$numberDecimal: '1.10'}",
        "{\"$date\":{\"$numberLong\":\"1638551310749\"}} | {$date: {$numberLong: '1638551310749'}}",
        "{\"$date\":{\"$numberLong\":\"-1\"}}          | {$date: {$numberLong: '-1'}}",
        "{\"$date\":\"2022-06-07T08:10:30.998Z\"}      | {$date: {$numberLong: '1654589430998'}}",
        "{\"$date\":\"2022-06-07T10:10:30+02:00\"}     | {$date: {$numberLong: '1654589430000'}}",
        "{\"$date\":1654589430998}                     | {$date: {$numberLong: '1654589430998'}}",
        "{\"$oid\":\"507F1f77bcf86cd799439011\"}       | {$oid: '507f1f77bcf86cd799439011'}",
        "{\"$binary\":{\"base64\":\"gP8=\",\"subType\":\"5\"}} | {$binary: {base64: 'gP8=', subType: '05'}}",
        "{\"$uuid\":\"00112233-4455-6677-8899-aabbccddeeff\"} | {$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '04'}}",
        "{\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"mi\"}} | {$regularExpression: {pattern: 'a', options: 'im'}}",
        "{\"$timestamp\":{\"t\":1,\"i\":4294967295}}   | {$timestamp: {t: 1, i: 4294967295}}",
        "{\"$minKey\":1}                               | {$minKey: 1}",
        "{\"$maxKey\":1}                               | {$maxKey: 1}",
        "{\"$undefined\":true}                         | {$undefined: true}",
        "{\"$symbol\":\"s\"}                           | 's'",
        "[1,2.5,\"x\",{\"a\":{\"$numberInt\":\"7\"}}]  | [1, 2.5, 'x', {a: 7}]",
        "{\"name\":{\"$regex\":\"a\",\"$options\":\"i\"}} | {name: {'$regex': 'a', '$options': 'i'}}",
        "{\"$set\":{\"n\":{\"$numberLong\":\"5\"}},\"$inc\":{\"m\":1}} | {$set: {n: 5}, $inc: {m: 1}}",
        "\"text\"                                      | 'text'",
        "null                                          | null",
      })
  void canonicalRelaxedAndMixedTextIsRead(String text, String expected) {
    BsonValue value = parsed(text);

    if (text.contains("$regex\"")) {
      assertThat(value.asDocument().getDocument("name").getString("$regex").getValue())
          .isEqualTo("a");
    } else {
      assertThat(value).isEqualTo(json(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$oid\":null}",
        "{\"$oid\":\"x\"}",
        "{\"$oid\":\"abcdefghijkl\"}",
        "{\"$oid\":{\"$oid\":\"507f1f77bcf86cd799439011\"}}",
        "{\"$numberInt\":\"x\"}",
        "{\"$numberInt\":\"\"}",
        "{\"$numberInt\":\"1.5\"}",
        "{\"$numberInt\":\"2147483648\"}",
        "{\"$numberInt\":null}",
        "{\"$numberInt\":[\"1\"]}",
        "{\"$numberDouble\":\"one\"}",
        "{\"$numberDouble\":\"\"}",
        "{\"$numberDouble\":\"0x10\"}",
        "{\"$numberLong\":\"x\"}",
        "{\"$numberLong\":\"\"}",
        "{\"$numberLong\":\"9223372036854775808\"}",
        "{\"$numberLong\":{}}",
        "{\"$numberDecimal\":\"x\"}",
        "{\"$numberDecimal\":null}",
        "{\"$date\":null}",
        "{\"$date\":\"yesterday\"}",
        "{\"$date\":\"2022-13-40T00:00:00Z\"}",
        "{\"$date\":{}}",
        "{\"$date\":{\"$numberLong\":\"x\"}}",
        "{\"$date\":{\"$numberLong\":\"8640000000000001\"}}",
        "{\"$date\":true}",
        "{\"$binary\":null}",
        "{\"$binary\":{\"base64\":\"gP8\",\"subType\":\"00\"}}",
        "{\"$binary\":{\"base64\":\"gP8=\"}}",
        "{\"$binary\":{\"base64\":\"gP8=\",\"subType\":\"zz\"}}",
        "{\"$binary\":{\"subType\":\"00\"}}",
        "{\"$uuid\":\"x\"}",
        "{\"$uuid\":5}",
        "{\"$regularExpression\":\"a\"}",
        "{\"$regularExpression\":{\"pattern\":\"a\"}}",
        "{\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"q\"}}",
        "{\"$timestamp\":5}",
        "{\"$timestamp\":{\"t\":-1,\"i\":1}}",
        "{\"$timestamp\":{\"t\":1}}",
        "{\"$minKey\":0}",
        "{\"$maxKey\":\"1\"}",
        "{\"$undefined\":false}",
        "{\"$symbol\":5}",
      })
  void aMalformedTypeThrowsAndNamesItsKey(String text) {
    app.function(
        "main",
        """
        exports = (text) => {
          try {
            return EJSON.stringify(EJSON.parse(text));
          } catch (e) {
            return e.name + ': ' + e.message;
          }
        };
        """);
    String key = text.substring(2, text.indexOf('"', 2));

    assertThat(app.returned("main", new BsonString("[" + text + "]")))
        .isEqualTo(new BsonString("SyntaxError: EJSON: the value of \"" + key + "\" is malformed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "undefined", "{'a':1}", "[1,]"})
  void whatIsNoJsonIsASyntaxError(String text) {
    app.function(
        "main",
        "exports = (t) => { try { EJSON.parse(t); } catch (e) { return e instanceof SyntaxError; } };");

    assertThat(app.returned("main", new BsonString(text))).isEqualTo(BsonBoolean.TRUE);
  }

  @Test
  void theExampleOfTheDocumentationIsReadAndWrittenBack() {
    String text =
        "{\"_id\":{\"$oid\":\"61aa5dce1ddc8d5ee3a9d4a1\"},\"date\":{\"$date\":{\"$numberLong\":\"1638551310749\"}},"
            + "\"count\":{\"$numberInt\":\"3\"},\"tags\":[\"a\",{\"$numberDouble\":\"0.5\"}]}";

    assertThat(evaluated("EJSON.parse('" + text + "').date.toISOString()"))
        .isEqualTo(new BsonString("2021-12-03T17:08:30.749Z"));
    assertThat(evaluated("EJSON.stringify(EJSON.parse('" + text + "'))"))
        .isEqualTo(new BsonString(text));
  }

  /// The documentation shows `$numberLong` for 42 in both; a number of 32 bits is an Int32 here.
  @Test
  void theExamplesOfTheDocumentationAreWhatTheySay() {
    assertThat(
            evaluated(
                "EJSON.parse('{\"answer\":{\"$numberLong\":\"42\"},\"submittedAt\":{\"$date\":{\"$numberLong\":\"1583167607977\"}}}')"))
        .isEqualTo(
            BsonDocument.parse(
                "{answer: 42, submittedAt: {$date: {$numberLong: '1583167607977'}}}"));
    assertThat(
            evaluated(
                "EJSON.stringify({ answer: 42, submittedAt: new Date('2020-03-02T16:46:47.977Z') })"))
        .isEqualTo(
            new BsonString(
                "{\"answer\":{\"$numberInt\":\"42\"},\"submittedAt\":{\"$date\":{\"$numberLong\":\"1583167607977\"}}}"));
    assertThat(
            evaluated(
                "JSON.stringify({ answer: 42, submittedAt: new Date('2020-03-02T16:46:47.977Z') })"))
        .isEqualTo(new BsonString("{\"answer\":42,\"submittedAt\":\"2020-03-02T16:46:47.977Z\"}"));
  }

  @Test
  void everythingThatIsWrittenIsReadBack() {
    app.function(
        "main",
        """
        exports = () => {
          const value = {
            id: BSON.ObjectId(), long: BSON.Long.fromString('9223372036854775807'), decimal: BSON.Decimal128('1.10'),
            date: new Date(5), binary: BSON.Binary.fromHex('80ff', 5), uuid: BSON.UUID(), regex: BSON.BSONRegExp('a', 'i'),
            timestamp: BSON.Timestamp(1, 2), min: BSON.MinKey(), max: BSON.MaxKey(), nan: NaN, list: [1, 1.5, 2 ** 40],
            text: '"\\\\\\u0000\\u2028', nothing: null, yes: true, nested: { a: { b: [] } }, '__proto__': 1,
          };
          const text = EJSON.stringify(value);
          return [text === EJSON.stringify(EJSON.parse(text)), EJSON.parse(text).uuid.equals(value.uuid)];
        };
        """);

    assertThat(app.returned("main")).isEqualTo(BsonArray.parse("[true, true]"));
  }

  @Test
  void aCyclicValueThrowsAndSaysWhy() {
    app.function(
        "main",
        "exports = () => { const a = {}; a.a = a; try { EJSON.stringify(a); } catch (e) { return e.message; } };");

    assertThat(app.returned("main").asString().getValue()).contains("cyclic");
  }
}
