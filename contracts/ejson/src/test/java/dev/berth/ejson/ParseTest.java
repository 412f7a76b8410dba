package dev.berth.ejson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read, what stays an ordinary document, and what is refused with which words.
class ParseTest {

  private static BsonValue parse(String text) throws EjsonParseException {
    return Ejson.parse(text.replace('\'', '"'));
  }

  @Nested
  class Numbers {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-7", "2147483647", "-2147483648"})
    void integersThatFitAre32Bit(String text) throws EjsonParseException {
      assertThat(parse(text)).isEqualTo(new BsonInt32(Integer.parseInt(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "9223372036854775807"})
    void largerIntegersAre64Bit(String text) throws EjsonParseException {
      assertThat(parse(text)).isEqualTo(new BsonInt64(Long.parseLong(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-123456789012345678901234567890"})
    void integersBeyond64BitAreDoubles(String text) throws EjsonParseException {
      assertThat(parse(text)).isEqualTo(new BsonDouble(Double.parseDouble(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "-2.5E-3", "0.1"})
    void aDecimalPointOrExponentMakesADouble(String text) throws EjsonParseException {
      assertThat(parse(text)).isEqualTo(new BsonDouble(Double.parseDouble(text)));
    }

    @Test
    void minusZeroWithAPointKeepsItsSign() throws EjsonParseException {
      assertThat(Ejson.canonical(parse("-0.0"))).isEqualTo("{\"$numberDouble\":\"-0.0\"}");
    }
  }

  @Nested
  class Tolerance {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {'$date':'2022-06-07T08:10:30.998Z'}      | {'$date':{'$numberLong':'1654589430998'}}
            {'$date':'2022-06-07T08:10:30Z'}          | {'$date':{'$numberLong':'1654589430000'}}
            {'$date':'2022-06-07T10:10:30.998+02:00'} | {'$date':{'$numberLong':'1654589430998'}}
            {'$date':'2022-06-07T10:10:30.998+0200'}  | {'$date':{'$numberLong':'1654589430998'}}
            {'$date':'1969-12-31T23:59:59.999Z'}      | {'$date':{'$numberLong':'-1'}}
            {'$date':1654589430998}                   | {'$date':{'$numberLong':'1654589430998'}}
            {'$date':{'$numberLong':'-5'}}            | {'$date':{'$numberLong':'-5'}}
            {'$numberDouble':'1E+3'}                  | {'$numberDouble':'1000.0'}
            {'$numberDouble':'-0.0'}                  | {'$numberDouble':'-0.0'}
            {'$numberDecimal':'1E+3'}                 | {'$numberDecimal':'1E+3'}
            {'$binary':'AQID','$type':'5'}            | {'$binary':{'base64':'AQID','subType':'05'}}
            {'$type':'80','$binary':'AQID'}           | {'$binary':{'base64':'AQID','subType':'80'}}
            {'$binary':{'subType':'0','base64':''}}   | {'$binary':{'base64':'','subType':'00'}}
            {'$scope':{},'$code':'f'}                 | {'$code':'f','$scope':{}}
            {'$uuid':'C8EDABC3-f738-4ca3-b68d-ab92a91478a3'} \
            | {'$binary':{'base64':'yO2rw/c4TKO2jauSqRR4ow==','subType':'04'}}
            """)
    void otherSpellingsOfATypeAreRead(String text, String canonical) throws EjsonParseException {
      assertThat(Ejson.canonical(parse(text))).isEqualTo(canonical.replace('\'', '"'));
    }

    @Test
    void canonicalRelaxedAndPlainMayBeMixedAtAnyDepth() throws EjsonParseException {
      BsonValue value = parse("{'a':[1,{'$numberInt':'1'},{'b':{'$numberLong':'1'}}],'c':1.5}");

      assertThat(Ejson.canonical(value))
          .isEqualTo(
              "{'a':[{'$numberInt':'1'},{'$numberInt':'1'},{'b':{'$numberLong':'1'}}],"
                      .replace('\'', '"')
                  + "\"c\":{\"$numberDouble\":\"1.5\"}}");
    }

    @Test
    void theLastOfTwoEqualKeysCounts() throws EjsonParseException {
      assertThat(parse("{'a':1,'b':2,'a':3}"))
          .isEqualTo(new BsonDocument("a", new BsonInt32(3)).append("b", new BsonInt32(2)));
    }

    @Test
    void blanksAndEscapesAreRead() throws EjsonParseException {
      assertThat(parse(" \r\n\t{ 'a' : '\\u00e9\\n' } "))
          .isEqualTo(new BsonDocument("a", new BsonString("é\n")));
    }
  }

  @Nested
  class OrdinaryKeys {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'$set':{'a':'b'}}",
          "{'$regex':'x','$options':'i'}",
          "{'a':{'$regex':'x'}}",
          "{'$type':'string'}",
          "{'$ref':'c','$id':'d'}",
          "{'$scope':{}}",
          "{'$oidx':'1'}",
          "{'$':null}",
          "{'%%true':{'%function':{'name':'f'}}}",
          "{'$and':[{'$expr':{'$eq':['$a','$b']}}]}"
        })
    void whatNamesNoTypeStaysADocument(String text) throws EjsonParseException {
      assertThat(Ejson.plain(parse(text))).isEqualTo(text.replace('\'', '"'));
    }
  }

  @Nested
  class Malformed {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'$oid':'123'}",
          "{'$oid':'629f1a5e3c2b1d0a9f8e7d6g'}",
          "{'$oid':1}",
          "{'$oid':'629f1a5e3c2b1d0a9f8e7d6c','x':1}",
          "{'x':1,'$oid':'629f1a5e3c2b1d0a9f8e7d6c'}",
          "{'$numberInt':1}",
          "{'$numberInt':'1.5'}",
          "{'$numberInt':''}",
          "{'$numberInt':'+1'}",
          "{'$numberInt':'2147483648'}",
          "{'$numberLong':'9223372036854775808'}",
          "{'$numberLong':' 1'}",
          "{'$numberDouble':'0x1p3'}",
          "{'$numberDouble':'1d'}",
          "{'$numberDouble':'inf'}",
          "{'$numberDecimal':'1,5'}",
          "{'$numberDecimal':'12345678901234567890123456789012345'}",
          "{'$numberDecimal':1}",
          "{'$date':'yesterday'}",
          "{'$date':'2022-06-07'}",
          "{'$date':'2022-06-07T08:10:30'}",
          "{'$date':'2022-13-07T08:10:30Z'}",
          "{'$date':'+999999999-01-01T00:00:00Z'}",
          "{'$date':1.5}",
          "{'$date':null}",
          "{'$binary':{'base64':'A','subType':'00'}}",
          "{'$binary':{'base64':'AQID'}}",
          "{'$binary':{'base64':'AQID','subType':'100'}}",
          "{'$binary':{'base64':'AQID','subType':'x'}}",
          "{'$binary':{'base64':'AQID','subType':5}}",
          "{'$binary':{'base64':'AQID','subType':'05','x':1}}",
          "{'$binary':'AQID'}",
          "{'$uuid':'c8edabc3f7384ca3b68dab92a91478a3'}",
          "{'$timestamp':{'t':-1,'i':0}}",
          "{'$timestamp':{'t':4294967296,'i':0}}",
          "{'$timestamp':{'t':1}}",
          "{'$timestamp':1}",
          "{'$regularExpression':{'pattern':'a'}}",
          "{'$regularExpression':'a'}",
          "{'$regularExpression':{'pattern':'a\\u0000','options':''}}",
          "{'$regularExpression':{'pattern':'a','options':'\\u0000'}}",
          "{'$symbol':1}",
          "{'$code':1}",
          "{'$code':'f','$scope':1}",
          "{'$code':'f','x':{}}",
          "{'$dbPointer':{'$ref':'c','$id':'x'}}",
          "{'$minKey':'1'}",
          "{'$maxKey':2}",
          "{'$undefined':false}"
        })
    void aTypeKeyWithAMalformedValueIsRefused(String text) {
      assertThatThrownBy(() -> parse(text))
          .isInstanceOf(EjsonParseException.class)
          .hasMessageStartingWith("malformed $");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'\\u0000':1}", "[{'a':{'b\\u0000c':1}}]", "{'$oid\\u0000':'x'}"})
    void aNameThatNoDocumentCanHaveIsRefused(String text) {
      assertThatThrownBy(() -> parse(text))
          .isInstanceOf(EjsonParseException.class)
          .hasMessageContaining("U+0000");
    }

    @Test
    void aTextOfTooManyValuesIsRefused() {
      String text = "[" + "{},".repeat(Ejson.MAX_VALUES) + "{}]";

      assertThatThrownBy(() -> parse(text))
          .isInstanceOf(EjsonParseException.class)
          .hasMessageContaining("more than 2000000 values");
    }

    @Test
    void theMessageNamesTheKeyAndItsShapeAndThePlace() {
      EjsonParseException fault =
          catchThrowableOfType(
              EjsonParseException.class, () -> parse("{\n  'a': [\n    {'$oid': 'x'}\n  ]\n}"));

      assertThat(fault).hasMessage("malformed $oid: expected a string of 24 hex digits");
      assertThat(fault.line()).isEqualTo(3);
      assertThat(fault.column()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{",
          "[1,]",
          "{'a':1,}",
          "{a:1}",
          "[1 2]",
          "nul",
          "NaN",
          "01",
          "+1",
          ".5",
          "1.",
          "'\n'",
          "'\\x'",
          "// c\n1",
          "{'a'}",
          "]"
        })
    void whatIsNotStrictJsonIsRefused(String text) {
      assertThatThrownBy(() -> parse(text)).isInstanceOf(EjsonParseException.class);
    }

    @Test
    void theEndOfTheTextInsideAnObjectIsSaidPlainly() {
      EjsonParseException fault =
          catchThrowableOfType(EjsonParseException.class, () -> parse("{'a':\n{"));

      assertThat(fault).hasMessage("Unexpected end-of-input: expected close marker for Object");
      assertThat(fault.line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n "})
    void anEmptyTextIsRefused(String text) {
      assertThatThrownBy(() -> parse(text)).hasMessage("the text is empty");
    }

    @Test
    void textAfterTheValueIsRefused() {
      assertThatThrownBy(() -> parse("{} {}"))
          .hasMessage("unexpected text after the end of the value");
    }
  }

  @Nested
  class Depth {

    @Test
    void valuesNestedToTheLimitAreReadAndWritten() throws EjsonParseException {
      String text = "[".repeat(200) + "{'$date':{'$numberLong':'1'}}" + "]".repeat(200);

      assertThat(Ejson.canonical(parse(text))).isEqualTo(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{'a':", "{'$date':", "[{'$code':'','$scope':"})
    void deeperNestingIsRefusedWhateverItIsMadeOf(String opening) {
      assertThatThrownBy(() -> parse(opening.repeat(100_000)))
          .isInstanceOf(EjsonParseException.class)
          .hasMessage("nested deeper than 200 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]"})
    void anEmptyContainerBelowTheLimitIsRefusedToo(String innermost) {
      assertThatThrownBy(() -> parse("[".repeat(200) + innermost + "]".repeat(200)))
          .hasMessage("nested deeper than 200 levels");
    }
  }
}
