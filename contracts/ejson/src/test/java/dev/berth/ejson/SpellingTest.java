package dev.berth.ejson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How every BSON type is written, canonical and plain, and that the canonical text reads back.
class SpellingTest {

  private static final ObjectId ID = new ObjectId("629f1a5e3c2b1d0a9f8e7d6c");

  static Stream<Arguments> spellings() {
    return Stream.of(
        row(new BsonString("a\"b\\c/é😀"), "\"a\\\"b\\\\c/é😀\"", "\"a\\\"b\\\\c/é😀\""),
        row(new BsonString("\b\f\n\r\t\u0001"), "\"\\b\\f\\n\\r\\t\\u0001\"", null),
        row(BsonBoolean.TRUE, "true", "true"),
        row(BsonNull.VALUE, "null", "null"),
        row(new BsonInt32(10), "{'$numberInt':'10'}", "10"),
        row(new BsonInt32(Integer.MIN_VALUE), "{'$numberInt':'-2147483648'}", "-2147483648"),
        row(new BsonInt64(50), "{'$numberLong':'50'}", "50"),
        row(
            new BsonInt64(Long.MIN_VALUE),
            "{'$numberLong':'-9223372036854775808'}",
            "-9223372036854775808"),
        row(new BsonDouble(10.5), "{'$numberDouble':'10.5'}", "10.5"),
        row(new BsonDouble(10), "{'$numberDouble':'10.0'}", "10"),
        row(new BsonDouble(-0.0), "{'$numberDouble':'-0.0'}", "0"),
        row(new BsonDouble(Double.NaN), "{'$numberDouble':'NaN'}", "null"),
        row(new BsonDouble(Double.POSITIVE_INFINITY), "{'$numberDouble':'Infinity'}", "null"),
        row(new BsonDouble(Double.NEGATIVE_INFINITY), "{'$numberDouble':'-Infinity'}", "null"),
        row(decimal("9823.1297"), "{'$numberDecimal':'9823.1297'}", "'9823.1297'"),
        row(
            new BsonDecimal128(Decimal128.NEGATIVE_INFINITY),
            "{'$numberDecimal':'-Infinity'}",
            "'-Infinity'"),
        row(
            new BsonDateTime(1654589430998L),
            "{'$date':{'$numberLong':'1654589430998'}}",
            "'2022-06-07T08:10:30.998Z'"),
        row(new BsonObjectId(ID), "{'$oid':'" + ID + "'}", "'" + ID + "'"),
        row(
            new BsonBinary((byte) 5, new byte[] {1, 2, 3}),
            "{'$binary':{'base64':'AQID','subType':'05'}}",
            "{'Subtype':5,'Data':'AQID'}"),
        row(
            new BsonBinary((byte) 0x80, new byte[0]),
            "{'$binary':{'base64':'','subType':'80'}}",
            "{'Subtype':128,'Data':''}"),
        row(new BsonTimestamp(7, 9), "{'$timestamp':{'t':7,'i':9}}", "{'T':7,'I':9}"),
        row(
            new BsonTimestamp(-1, -1),
            "{'$timestamp':{'t':4294967295,'i':4294967295}}",
            "{'T':4294967295,'I':4294967295}"),
        row(
            new BsonRegularExpression("^a\"", "ix"),
            "{'$regularExpression':{'pattern':'^a\\\"','options':'ix'}}",
            "{'Pattern':'^a\\\"','Options':'ix'}"),
        row(new BsonSymbol("s"), "{'$symbol':'s'}", "'s'"),
        row(new BsonJavaScript("f()"), "{'$code':'f()'}", "'f()'"),
        row(
            new BsonJavaScriptWithScope("f()", new BsonDocument("x", new BsonInt32(1))),
            "{'$code':'f()','$scope':{'x':{'$numberInt':'1'}}}",
            "{'Code':'f()','Scope':{'x':1}}"),
        row(
            new BsonDbPointer("db.c", ID),
            "{'$dbPointer':{'$ref':'db.c','$id':{'$oid':'" + ID + "'}}}",
            "{'DB':'db.c','Pointer':'" + ID + "'}"),
        row(new BsonMinKey(), "{'$minKey':1}", "{}"),
        row(new BsonMaxKey(), "{'$maxKey':1}", "{}"),
        row(new BsonUndefined(), "{'$undefined':true}", "null"),
        row(new BsonDocument(), "{}", "{}"),
        row(new BsonArray(), "[]", "[]"),
        row(
            new BsonDocument("a", new BsonUndefined())
                .append("b", new BsonArray(List.of(new BsonUndefined(), new BsonInt32(1))))
                .append("c", new BsonDocument("d", new BsonUndefined())),
            "{'a':{'$undefined':true},'b':[{'$undefined':true},{'$numberInt':'1'}],"
                + "'c':{'d':{'$undefined':true}}}",
            "{'b':[null,1],'c':{}}"));
  }

  private static Arguments row(BsonValue value, String canonical, @Nullable String plain) {
    String quoted = canonical.replace('\'', '"');
    return Arguments.of(value, quoted, plain == null ? quoted : plain.replace('\'', '"'));
  }

  private static BsonValue decimal(String text) {
    return new BsonDecimal128(new Decimal128(new BigDecimal(text)));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void everyTypeHasOneCanonicalSpelling(BsonValue value, String canonical, String plain) {
    assertThat(Ejson.canonical(value)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void everyTypeHasOnePlainSpelling(BsonValue value, String canonical, String plain) {
    assertThat(Ejson.plain(value)).isEqualTo(plain);
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void theCanonicalSpellingReadsBack(BsonValue value, String canonical, String plain)
      throws EjsonParseException {
    assertThat(Ejson.parse(canonical)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-12.25, -12.25",
    "0.1, 0.1",
    "1e7, 10000000",
    "12345678.5, 12345678.5",
    "1e15, 1000000000000000",
    "123456789012345680000, 123456789012345680000",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "-1.5e300, -1.5e+300",
    "0.0005, 0.0005",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "2.5e-310, 2.5e-310",
    "1.7976931348623157e308, 1.7976931348623157e+308"
  })
  void plainNumbersAreSpeltAsJavaScriptSpellsThem(double number, String expected) {
    assertThat(Ejson.plain(new BsonDouble(number))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000Z",
    "-1, 1969-12-31T23:59:59.999Z",
    "253402300799999, 9999-12-31T23:59:59.999Z",
    "253402300800000, +010000-01-01T00:00:00.000Z",
    "-62167219200001, -000001-12-31T23:59:59.999Z",
    "9223372036854775807, +292278994-08-17T07:12:55.807Z"
  })
  void plainDatesOfEveryYearHaveASpelling(long millis, String expected) {
    assertThat(Ejson.plain(new BsonDateTime(millis))).isEqualTo('"' + expected + '"');
  }

  @Test
  void halfASurrogatePairIsEscaped() {
    assertThat(Ejson.plain(new BsonString("a\ud83d-\ude00\ud83d")))
        .isEqualTo("\"a\\ud83d-\\ude00\\ud83d\"");
  }

  @Test
  void aUuidIsBinaryOfSubtypeFour() {
    UUID id = UUID.fromString("c8edabc3-f738-4ca3-b68d-ab92a91478a3");

    assertThat(Ejson.canonical(new BsonBinary(id)))
        .isEqualTo("{\"$binary\":{\"base64\":\"yO2rw/c4TKO2jauSqRR4ow==\",\"subType\":\"04\"}}");
  }

  @Test
  void keysAreEscaped() {
    assertThat(Ejson.plain(new BsonDocument("a\"\n", BsonNull.VALUE)))
        .isEqualTo("{\"a\\\"\\n\":null}");
  }

  @Test
  void aValueNestedTooDeepIsRefusedInsteadOfExhaustingTheStack() {
    BsonValue deep = BsonNull.VALUE;
    for (int level = 0; level < 100_000; level++) {
      deep = level % 2 == 0 ? new BsonArray(List.of(deep)) : new BsonDocument("a", deep);
    }
    BsonValue tooDeep = deep;

    assertThatThrownBy(() -> Ejson.canonical(tooDeep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a value is nested deeper than 200 levels");
    assertThatThrownBy(() -> Ejson.plain(tooDeep)).isInstanceOf(IllegalArgumentException.class);
  }
}
