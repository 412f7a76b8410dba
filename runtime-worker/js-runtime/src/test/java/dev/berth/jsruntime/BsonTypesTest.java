package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The types of `BSON` as functions see them.
class BsonTypesTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private BsonValue evaluated(String expression) {
    app.function("main", "exports = (source) => (0, eval)('(' + source + ')');");
    return app.returned("main", new BsonString(expression));
  }

  private static BsonValue json(String value) {
    return BsonDocument.parse("{value: " + value + "}").get("value", new BsonString("absent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BSON.ObjectId('507F1f77bcf86cd799439011') | {$oid: '507f1f77bcf86cd799439011'}",
        "BSON.ObjectId('abcdefghijkl')             | {$oid: '6162636465666768696a6b6c'}",
        "BSON.ObjectId(BSON.ObjectId('507f1f77bcf86cd799439011')) | {$oid: '507f1f77bcf86cd799439011'}",
        "BSON.Binary.fromHex('80FF')               | {$binary: {base64: 'gP8=', subType: '00'}}",
        "BSON.Binary.fromHex('', 5)                | {$binary: {base64: '', subType: '05'}}",
        "BSON.Binary.fromBase64('gP8=', 128)       | {$binary: {base64: 'gP8=', subType: '80'}}",
        "BSON.Binary.fromText('ä', 0)              | {$binary: {base64: 'w6Q=', subType: '00'}}",
        "BSON.UUID('00112233-4455-6677-8899-aabbccddeeff') | {$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '04'}}",
        "BSON.UUID('00112233445566778899AABBCCDDEEFF') | {$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '04'}}",
        "BSON.Int32(-2147483648)                   | {$numberInt: '-2147483648'}",
        "BSON.Int32('7')                           | {$numberInt: '7'}",
        "BSON.Double(42)                           | {$numberDouble: '42.0'}",
        "BSON.Double(-0)                           | {$numberDouble: '-0.0'}",
        "BSON.Double(NaN)                          | {$numberDouble: 'NaN'}",
        "BSON.Double(-Infinity)                    | {$numberDouble: '-Infinity'}",
        "BSON.Double(1e300)                        | {$numberDouble: '1e300'}",
        "BSON.Long(0, 1)                           | {$numberLong: '4294967296'}",
        "BSON.Long(5, 2)                           | {$numberLong: '8589934597'}",
        "BSON.Long(-1, -1)                         | {$numberLong: '-1'}",
        "BSON.Long(-1, 2147483647)                 | {$numberLong: '9223372036854775807'}",
        "BSON.Long(0, -2147483648)                 | {$numberLong: '-9223372036854775808'}",
        "BSON.Long(7)                              | {$numberLong: '7'}",
        "BSON.Long.fromString('9223372036854775807') | {$numberLong: '9223372036854775807'}",
        "BSON.Decimal128.fromString('9823.1297')   | {$numberDecimal: '9823.1297'}",
        "BSON.Decimal128.fromString('-1E+3')       | {$numberDecimal: '-1E+3'}",
        "BSON.Decimal128.fromString('NaN')         | {$numberDecimal: 'NaN'}",
        "BSON.BSONRegExp('a/b')                    | {$regularExpression: {pattern: 'a/b', options: ''}}",
        "BSON.BSONRegExp('^x$', 'mi')              | {$regularExpression: {pattern: '^x$', options: 'im'}}",
        "BSON.Timestamp(4294967295, 1)             | {$timestamp: {t: 4294967295, i: 1}}",
        "BSON.Timestamp({ t: 2, i: 3 })            | {$timestamp: {t: 2, i: 3}}",
        "BSON.Int32()                              | {$numberInt: '0'}",
        "BSON.Double()                             | {$numberDouble: '0.0'}",
        "BSON.Long()                               | {$numberLong: '0'}",
        "BSON.MinKey()                             | {$minKey: 1}",
        "BSON.MaxKey()                             | {$maxKey: 1}",
      })
  void everyTypeIsMadeWithAndWithoutNew(String expression, String expected) {
    assertThat(evaluated(expression)).isEqualTo(json(expected));
    if (!expression.contains(".from")) {
      assertThat(evaluated("new " + expression)).isEqualTo(json(expected));
    }
  }

  /// Each is true.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BSON.ObjectId() instanceof BSON.ObjectId && new BSON.ObjectId() instanceof BSON.ObjectId",
        "/^[0-9a-f]{24}$/.test(BSON.ObjectId()) && BSON.ObjectId().toString().length === 24",
        "!BSON.ObjectId().equals(BSON.ObjectId())",
        "BSON.ObjectId('507f1f77bcf86cd799439011').equals(new BSON.ObjectId('507f1f77bcf86cd799439011'))",
        "BSON.ObjectId('507f1f77bcf86cd799439011').equals('507F1F77BCF86CD799439011')",
        "!BSON.ObjectId().equals(null) && !BSON.ObjectId().equals({}) && !BSON.ObjectId().equals(1)",
        "BSON.ObjectId('507f1f77bcf86cd799439011') != BSON.ObjectId('507f1f77bcf86cd799439011')",
        "BSON.ObjectId('507f1f77bcf86cd799439011').toHexString() === '507f1f77bcf86cd799439011'",
        "BSON.ObjectId('507f1f77bcf86cd799439011').toJSON() === '507f1f77bcf86cd799439011'",
        "`${BSON.ObjectId('507f1f77bcf86cd799439011')}` === '507f1f77bcf86cd799439011'",
        "BSON.ObjectId('507f1f77bcf86cd799439011').getTimestamp().getTime() === 0x507f1f77 * 1000",
        "BSON.ObjectId.isValid('507f1f77bcf86cd799439011') && BSON.ObjectId.isValid(BSON.ObjectId())",
        "![undefined, null, '', 'x', 5, {}, '507f1f77bcf86cd79943901z'].some(BSON.ObjectId.isValid)",
        "BSON.ObjectID === BSON.ObjectId && BSON.ObjectId()._bsontype === 'ObjectId'",
        "BSON.Binary.fromText('grüße').text() === 'grüße'",
        "BSON.Binary.fromText('\\uFEFFx').text() === BSON.Binary.fromHex('efbbbf78').text()",
        "BSON.Binary.fromText('grüße').toHex() === '6772c3bcc39f65'",
        "BSON.Binary.fromHex('80ff00').toHex() === '80ff00'",
        "BSON.Binary.fromHex('FFfe').toBase64() === '//4='",
        "BSON.Binary.fromBase64('//4=').toHex() === 'fffe'",
        "BSON.Binary.fromBase64('').toHex() === '' && BSON.Binary.fromText('').length() === 0",
        "BSON.Binary.fromHex('80').text() === '\\uFFFD'",
        "BSON.Binary.fromHex('01', 5).sub_type === 5",
        "BSON.Binary(new Uint8Array([1, 255])).toHex() === '01ff'",
        "new BSON.Binary(new Uint8Array([1, 255]).buffer, 3).sub_type === 3",
        "new BSON.Binary(new Uint8Array([9, 1, 255]).subarray(1)).toHex() === '01ff'",
        "(() => { const a = new Uint8Array(1); const b = BSON.Binary(a); a[0] = 9; return b.toHex(); })() === '00'",
        "(() => { const b = BSON.Binary.fromHex('00'); b.buffer[0] = 9; return b.toHex(); })() === '00'",
        "(() => { const b = BSON.Binary.fromHex('80ff'); b.text(); return b.toHex() + b.toBase64(); })() === '80ffgP8='",
        "BSON.Binary.fromText('x'.repeat(100000)).toBase64().length === 133336",
        "BSON.Binary.fromBase64(BSON.Binary.fromText('é'.repeat(50000)).toBase64()).text() === 'é'.repeat(50000)",
        "String(BSON.UUID('00112233445566778899aabbccddeeff')) === '00112233-4455-6677-8899-aabbccddeeff'",
        "BSON.UUID('00112233445566778899aabbccddeeff').equals('00112233-4455-6677-8899-AABBCCDDEEFF')",
        "BSON.UUID('00112233445566778899aabbccddeeff').toHex() === '00112233445566778899aabbccddeeff'",
        "BSON.UUID() instanceof BSON.UUID && BSON.UUID() instanceof BSON.Binary",
        "/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(BSON.UUID())",
        "BSON.Int32(5) + 1 === 6 && BSON.Double(1.5) * 2 === 3 && BSON.Long(7) - 2 === 5",
        "BSON.Int32(255).toString(16) === 'ff' && `${BSON.Double(1.5)}` === '1.5'",
        "BSON.Int32(5).equals(BSON.Int32(5)) && !BSON.Int32(5).equals(BSON.Int32(6)) && !BSON.Int32(5).equals(null)",
        "BSON.Long(5, 2).toString() === '8589934597' && BSON.Long(5, 2).toNumber() === 8589934597",
        "BSON.Long(5, 2).low === 5 && BSON.Long(5, 2).high === 2 && BSON.Long(-1, -1).low === -1",
        "BSON.Long(5).equals(BSON.Long(5)) && BSON.Long(5).equals(5) && BSON.Long(5).equals('5')",
        "!BSON.Long(5).equals(null) && !BSON.Long(5).equals({}) && !BSON.Long(5).equals(6)",
        "BSON.Long.fromString('9223372036854775807').toBigInt() === 2n ** 63n - 1n",
        "BSON.Long.fromNumber(3).toNumber() === 3 && BSON.Long.fromBigInt(-3n).toNumber() === -3",
        "BSON.Decimal128.fromString('1.10').toString() === '1.10'",
        "BSON.BSONRegExp('a', 'si').pattern === 'a' && BSON.BSONRegExp('a', 'si').options === 'is'",
        "String(BSON.BSONRegExp('a', 'i')) === '/a/i'",
        "BSON.Timestamp(2, 3).t === 2 && BSON.Timestamp(2, 3).i === 3",
        "BSON.MinKey() === new BSON.MinKey() && BSON.MaxKey() instanceof BSON.MaxKey",
        "BSON.MinKey() !== BSON.MaxKey()",
      })
  void itsMembersAnswerAsDocumented(String expression) {
    assertThat(evaluated(expression)).isEqualTo(BsonBoolean.TRUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BSON.ObjectId('507f1f77bcf86cd799439011') | \"507f1f77bcf86cd799439011\"",
        "{ insertedId: BSON.ObjectId('507f1f77bcf86cd799439011') } | {\"insertedId\":\"507f1f77bcf86cd799439011\"}",
        "new Date(1654589430998)                   | \"2022-06-07T08:10:30.998Z\"",
        "BSON.Int32(5)                             | 5",
        "[BSON.Double(1.5)]                        | [1.5]",
        "BSON.Long(5)                              | 5",
        "BSON.Decimal128.fromString('1.10')        | \"1.10\"",
        "BSON.Binary.fromHex('80ff')               | \"gP8=\"",
        "BSON.UUID('00112233445566778899aabbccddeeff') | \"00112233-4455-6677-8899-aabbccddeeff\"",
        "BSON.Timestamp(2, 3)                      | {\"T\":2,\"I\":3}",
        "BSON.BSONRegExp('a', 'i')                 | {\"Pattern\":\"a\",\"Options\":\"i\"}",
        "[BSON.MinKey(), BSON.MaxKey()]            | [{},{}]",
      })
  void jsonOfATypeIsPlain(String expression, String expected) {
    assertThat(evaluated("JSON.stringify(" + expression + ")")).isEqualTo(new BsonString(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BSON.ObjectId('x')               | BSON.ObjectId takes",
        "BSON.ObjectId('507f1f77bcf86cd79943901z') | BSON.ObjectId takes",
        "BSON.ObjectId('漢漢漢漢漢漢漢漢漢漢漢漢') | BSON.ObjectId takes",
        "BSON.ObjectId(5)                 | BSON.ObjectId takes",
        "BSON.ObjectId({})                | BSON.ObjectId takes",
        "BSON.ObjectId(Symbol('x'))       | BSON.ObjectId takes",
        "BSON.Binary.fromHex('8')         | not hexadecimal",
        "BSON.Binary.fromHex('zz')        | not hexadecimal",
        "BSON.Binary.fromHex(5)           | not hexadecimal",
        "BSON.Binary.fromBase64('gP8')    | padding",
        "BSON.Binary.fromBase64('g===')   | not base64",
        "BSON.Binary.fromBase64('g P8')   | not base64",
        "BSON.Binary.fromBase64(undefined) | not base64",
        "BSON.Binary.fromText(5)          | fromText takes a string",
        "BSON.Binary.fromText('x', 256)   | subtype",
        "BSON.Binary.fromText('x', -1)    | subtype",
        "BSON.Binary.fromText('x', 'y')   | subtype",
        "BSON.Binary({})                  | BSON.Binary takes",
        "BSON.Binary(5)                   | BSON.Binary takes",
        "BSON.UUID('x')                   | BSON.UUID takes",
        "BSON.UUID('zz112233445566778899aabbccddeeff') | BSON.UUID takes",
        "BSON.UUID(null)                  | BSON.UUID takes",
        "BSON.Int32(1.5)                  | BSON.Int32 takes",
        "BSON.Int32(2147483648)           | BSON.Int32 takes",
        "BSON.Int32('x')                  | BSON.Int32 takes",
        "BSON.Int32(undefined)            | BSON.Int32 takes",
        "BSON.Int32(null)                 | BSON.Int32 takes",
        "BSON.Double('x')                 | BSON.Double takes",
        "BSON.Double(undefined)           | BSON.Double takes",
        "BSON.Double(null)                | BSON.Double takes",
        "BSON.Double({})                  | BSON.Double takes",
        "BSON.Long(1.5)                   | BSON.Long takes",
        "BSON.Long('x')                   | BSON.Long takes",
        "BSON.Long('')                    | BSON.Long takes",
        "BSON.Long(null)                  | BSON.Long takes",
        "BSON.Long(1, 'x')                | BSON.Long takes",
        "BSON.Long(2n ** 63n)             | BSON.Long takes",
        "BSON.Long.fromString('9223372036854775808') | BSON.Long takes",
        "BSON.Long.fromNumber(NaN)        | BSON.Long takes",
        "BSON.Long.fromNumber(1e300)      | BSON.Long takes",
        "BSON.Decimal128.fromString('x')  | BSON.Decimal128 takes",
        "BSON.Decimal128.fromString('')   | BSON.Decimal128 takes",
        "BSON.Decimal128()                | BSON.Decimal128 takes",
        "BSON.Decimal128('1'.repeat(1e6)) | BSON.Decimal128 takes",
        "BSON.BSONRegExp()                | BSON.BSONRegExp takes",
        "BSON.BSONRegExp(/x/)             | BSON.BSONRegExp takes",
        "BSON.BSONRegExp('a\\u0000b')     | BSON.BSONRegExp takes",
        "BSON.BSONRegExp('a', 'q')        | BSON.BSONRegExp takes",
        "BSON.BSONRegExp('a', 5)          | BSON.BSONRegExp takes",
        "BSON.Timestamp()                 | BSON.Timestamp takes",
        "BSON.Timestamp(-1, 0)            | BSON.Timestamp takes",
        "BSON.Timestamp('x', 0)           | BSON.Timestamp takes",
        "BSON.ObjectId.prototype.toString() | ",
        "BSON.ObjectId.prototype.toHexString.call({}) | ",
      })
  void aWrongArgumentThrowsATypeErrorThatSaysWhatIsTaken(String expression, String text) {
    app.function(
        "main",
        "exports = () => { try { return "
            + expression
            + "; } catch (e) { return [e instanceof TypeError, e.message]; } };");

    BsonValue thrown = app.returned("main");

    assertThat(thrown.isArray()).as("%s", thrown).isTrue();
    assertThat(thrown.asArray().get(0)).as("%s", thrown).isEqualTo(BsonBoolean.TRUE);
    assertThat(thrown.asArray().get(1).asString().getValue()).contains(text == null ? "" : text);
  }

  /// The examples of the original's documentation, which are no examples of a value each.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "new BSON.ObjectId('5e58667d902d38559c802b13') | {$oid: '5e58667d902d38559c802b13'}",
        "BSON.BSONRegExp('the great', 'ig') | {$regularExpression: {pattern: 'the great', options: 'i'}}",
        "BSON.BSONRegExp('a', 'dgimsuvxy')  | {$regularExpression: {pattern: 'a', options: 'imsux'}}",
        "BSON.Binary.fromHex('54657374206d65737361676520706c656173652069676e6f7265').toHex() | '54657374206d65737361676520706c656173652069676e6f7265'",
        "BSON.Binary.fromBase64('VGVzdCBtZXNzYWdlIHBsZWFzZSBpZ25vcmU=').toBase64() | 'VGVzdCBtZXNzYWdlIHBsZWFzZSBpZ25vcmU='",
        "BSON.Binary.fromBase64('VGVzdCBtZXNzYWdlIHBsZWFzZSBpZ25vcmU=').text() | 'Test message please ignore'",
        "{ date: { $lt: BSON.MaxKey } }     | {date: {$lt: {$maxKey: 1}}}",
        "{ date: { $gt: BSON.MinKey } }     | {date: {$gt: {$minKey: 1}}}",
        "BSON.Int32(42)                     | {$numberInt: '42'}",
        "BSON.Long(600206158, 342)          | {$numberLong: '1469479021390'}",
        "BSON.Double(1234.5678)             | {$numberDouble: '1234.5678'}",
        "BSON.Decimal128.fromString('1234.5678910123456') | {$numberDecimal: '1234.5678910123456'}",
      })
  void theExamplesOfTheDocumentationAreWhatTheySay(String expression, String expected) {
    assertThat(evaluated(expression)).isEqualTo(json(expected));
  }

  @Test
  void aDecimalThatIsTooLargeFailsWithASentence() {
    app.function("main", "exports = () => BSON.Decimal128.fromString('1e99999');");

    assertThat(app.call("main"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> assertThat(threw.message()).startsWith("the value has no BSON form"));
  }

  @Test
  void aTypeOfAnArgumentIsTheSameInsideAndOutside() {
    app.function("main", "exports = (value) => value;");
    BsonDocument value =
        BsonDocument.parse(
            """
            {oid: {$oid: '507f1f77bcf86cd799439011'}, int: 1, long: {$numberLong: '9223372036854775807'},
             double: 1.5, nan: {$numberDouble: 'NaN'}, decimal: {$numberDecimal: '1.10'},
             date: {$date: {$numberLong: '-1'}}, binary: {$binary: {base64: 'gP8=', subType: '80'}},
             uuid: {$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '04'}},
             regex: {$regularExpression: {pattern: 'a/b', options: 'im'}}, ts: {$timestamp: {t: 1, i: 2}},
             min: {$minKey: 1}, max: {$maxKey: 1}, nothing: null, no: {$undefined: true}, yes: true,
             nested: {list: [1, {a: 'b'}, []], empty: {}}, '': '', '__proto__': {constructor: 1}}
            """);

    assertThat(app.returned("main", value)).isEqualTo(value);
  }
}
