package dev.berth.jsruntime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  private static final String SIGNS = "{}[]\":,\\u0\u0000-+.eE19odilfDbrtmMuzäA/= \n";

  static Stream<BsonValue> values() {
    return Stream.of(
        new BsonString(""),
        new BsonString("\"\\\u0000\u001f\u2028é漢😀"),
        BsonBoolean.TRUE,
        BsonBoolean.FALSE,
        BsonNull.VALUE,
        new BsonUndefined(),
        new BsonInt32(0),
        new BsonInt32(Integer.MIN_VALUE),
        new BsonInt64(1L << 40),
        new BsonInt64(Long.MAX_VALUE),
        new BsonInt64(Long.MIN_VALUE),
        new BsonDouble(0.1),
        new BsonDouble(1e300),
        new BsonDouble(Double.MIN_VALUE),
        new BsonDouble(-0.0),
        new BsonDouble(Double.NaN),
        new BsonDouble(Double.NEGATIVE_INFINITY),
        new BsonDecimal128(Decimal128.parse("1.10")),
        new BsonDecimal128(Decimal128.parse("-9.999999999999999999999999999999999E+6144")),
        new BsonDecimal128(Decimal128.NaN),
        new BsonDecimal128(Decimal128.NEGATIVE_INFINITY),
        new BsonDecimal128(Decimal128.NEGATIVE_ZERO),
        new BsonDateTime(0),
        new BsonDateTime(-8_640_000_000_000_000L),
        new BsonObjectId(new ObjectId("507f1f77bcf86cd799439011")),
        new BsonBinary((byte) 0, new byte[0]),
        new BsonBinary((byte) 0x80, new byte[] {0, -128, -1}),
        new BsonRegularExpression("a/b\"", "im"),
        new BsonRegularExpression("", ""),
        new BsonTimestamp(-1, -1),
        new BsonMinKey(),
        new BsonMaxKey(),
        new BsonDocument(),
        new BsonArray(),
        BsonDocument.parse(
            "{a: [1, {b: {$oid: '507f1f77bcf86cd799439011'}}, []], '': 1, '__proto__': {}}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyTypeIsReadAsItWasWritten(BsonValue value) throws WireException {
    assertThat(WireReader.read(WireWriter.write(value))).isEqualTo(value);
    BsonDocument inside = new BsonDocument("a", new BsonArray(List.of(value)));
    assertThat(WireReader.read(WireWriter.write(inside))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2147483648           | {$numberLong: '2147483648'}",
        "9223372036854775807  | {$numberLong: '9223372036854775807'}",
        "9223372036854775808  | {$numberDouble: '9223372036854775808'}",
        "1e2                  | {$numberDouble: '100'}",
        "1e400                | {$numberDouble: 'Infinity'}",
        "-0                   | {$numberInt: '0'}",
      })
  void aNumberHasTheSmallestTypeThatHoldsIt(String text, String expected) throws WireException {
    assertThat(WireReader.read(text))
        .isEqualTo(BsonDocument.parse("{v: " + expected + "}").get("v"));
  }

  @Test
  void aNameThatWouldMeanATypeLosesItsMeaning() throws WireException {
    BsonDocument forged = new BsonDocument("\0", new BsonString("oforged"));

    assertThat(WireReader.read(WireWriter.write(forged)))
        .isEqualTo(new BsonDocument("\uFFFD", new BsonString("oforged")));
  }

  /// Tags as app code could forge them; `T` stands for the name that means a type.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "undefined",
        "NaN",
        "{",
        "[",
        "]",
        "1 2",
        "{} {}",
        "[1,]",
        "{'a':1}",
        "{\"a\"}",
        "01",
        "{T:\"\"}",
        "{T:\"q\"}",
        "{T:1}",
        "{T:null}",
        "{T:{}}",
        "{T:[\"o\"]}",
        "{T:\"m\",\"a\":1}",
        "{\"a\":1,T:\"m\"}",
        "{\"a\\u0000b\":1}",
        "{T:\"o\"}",
        "{T:\"o507f1f77bcf86cd79943901\"}",
        "{T:\"o507f1f77bcf86cd79943901z\"}",
        "{T:\"d\"}",
        "{T:\"dNaN\"}",
        "{T:\"d1.5\"}",
        "{T:\"d99999999999999999999\"}",
        "{T:\"i\"}",
        "{T:\"i2147483648\"}",
        "{T:\"i1.5\"}",
        "{T:\"l9223372036854775808\"}",
        "{T:\"lx\"}",
        "{T:\"f\"}",
        "{T:\"fx\"}",
        "{T:\"D\"}",
        "{T:\"Dx\"}",
        "{T:\"D1e99999\"}",
        "{T:\"D1e99999999999\"}",
        "{T:\"D1e2147483647\"}",
        "{T:\"D1e-2147483647\"}",
        "{T:\"D1e-2147483648\"}",
        "{T:\"D1e2147483648\"}",
        "{T:\"D12345678901234567890123456789012345\"}",
        "{T:\"b\"}",
        "{T:\"b0\"}",
        "{T:\"bzz\"}",
        "{T:\"b-1\"}",
        "{T:\"b00*\"}",
        "{T:\"b00gP8\\u0000\"}",
        "{T:\"b00g\"}",
        "{T:\"r\"}",
        "{T:\"rabc\"}",
        "{T:\"ri/a\\u0000b\"}",
        "{T:\"ri\\u0000/ab\"}",
        "{T:\"t\"}",
        "{T:\"t1\"}",
        "{T:\"t,\"}",
        "{T:\"t1,\"}",
        "{T:\"t-1,1\"}",
        "{T:\"t4294967296,1\"}",
        "{T:\"t1,1,1\"}",
      })
  void whatStandsForNoValueIsRefused(String text) {
    String forged = text.replace("T:", "\"\\u0000\":");

    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> WireReader.read(forged))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("java.", "org.bson", "jackson"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"D0e2147483648", "D0e-2147483648", "D0e2147483647", "D-0e-2147483647"})
  void anExtremeZeroIsReadOrRefusedButBreaksNothing(String tag) {
    readOrRefuse("{\"\\u0000\":\"" + tag + "\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 1_000, 100_000, 1_000_000})
  void deepNestingIsRefused(int depth) {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> WireReader.read("[".repeat(depth) + "]".repeat(depth)));
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> WireReader.read("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"\\u0000\":\"D%s\"}", "{\"\\u0000\":\"l%s\"}", "%s", "-%s", "1.%s"})
  void endlessDigitsAreRefusedAtOnce(String form) {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> WireReader.read(form.replace("%s", "7".repeat(2_000_000))));
  }

  @Test
  void noTextMakesItThrowAnythingElse() {
    Random random = new Random(20_260_301);
    for (int round = 0; round < 8_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(30);
      for (int i = 0; i < length; i++) {
        text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
      readOrRefuse(text.toString());
      readOrRefuse("{\"\\u0000\":\"" + text.toString().replace("\"", "") + "\"}");
    }
  }

  @Test
  void noDamageToValidTextMakesItThrowAnythingElse() {
    Random random = new Random(20_260_302);
    BsonArray all = new BsonArray(values().toList());
    String valid = WireWriter.write(all);
    for (int round = 0; round < 8_000; round++) {
      StringBuilder text = new StringBuilder(valid);
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        int at = random.nextInt(text.length());
        char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, sign);
          case 1 -> text.insert(at, sign);
          case 2 -> text.replace(at, at + 1, " ");
          default -> text.setLength(at + 1);
        }
      }
      readOrRefuse(text.toString());
    }
  }

  @Test
  void randomValuesAreReadAsTheyWereWritten() throws WireException {
    Random random = new Random(20_260_303);
    List<BsonValue> leaves = values().toList();
    for (int round = 0; round < 2_000; round++) {
      BsonValue value = randomValue(random, leaves, 4);

      assertThat(WireReader.read(WireWriter.write(value))).isEqualTo(value);
    }
  }

  private static BsonValue randomValue(Random random, List<BsonValue> leaves, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(3);
    if (kind == 0) {
      return leaves.get(random.nextInt(leaves.size()));
    }
    BsonArray array = new BsonArray();
    BsonDocument document = new BsonDocument();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      BsonValue item = randomValue(random, leaves, depth - 1);
      array.add(item);
      document.put(SIGNS.charAt(random.nextInt(5)) + "k" + i, item);
    }
    return kind == 1 ? array : document;
  }

  private static void readOrRefuse(String text) {
    try {
      WireReader.read(text);
    } catch (WireException _) {
      // Refused as it should be.
    } catch (RuntimeException | Error e) {
      fail("broke on " + text, e);
    }
  }
}
