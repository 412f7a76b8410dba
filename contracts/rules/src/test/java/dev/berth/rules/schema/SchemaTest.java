package dev.berth.rules.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import dev.berth.rules.Deliberation;
import dev.berth.rules.Facts;
import dev.berth.rules.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What schemas want of documents.
class SchemaTest {

  private static final Facts ANN =
      Facts.of(Map.of(Source.USER, new BsonDocument("id", new BsonString("ann"))));

  private static BsonDocument document(String text) {
    try {
      return Ejson.parse(text.replace('\'', '"')).asDocument();
    } catch (EjsonParseException e) {
      throw new AssertionError(text, e);
    }
  }

  private static List<Violation> violations(
      BsonDocument schema, boolean mayBeNull, @Nullable BsonDocument before, BsonDocument after) {
    Schema.Parsing parsing = Schema.parse(schema, mayBeNull);
    return new Deliberation(ANN, _ -> CompletableFuture.completedFuture(BsonBoolean.TRUE))
        .answer(truths -> parsing.schema().violations(truths, ANN, before, after))
        .toCompletableFuture()
        .join();
  }

  /// `code (root).field` of each violation.
  private static String found(List<Violation> violations) {
    return String.join(
        "; ",
        violations.stream()
            .map(
                violation ->
                    violation.code().name().toLowerCase(Locale.ROOT) + " " + violation.field())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'bsonType':'int'}               | 1                          |",
        "{'bsonType':'int'}               | {'$numberLong':'1'}        | invalid_type (root).v",
        "{'bsonType':['int','long']}      | {'$numberLong':'1'}        |",
        "{'bsonType':'number'}            | 1.5                        |",
        "{'bsonType':'double'}            | 1                          | invalid_type (root).v",
        "{'bsonType':'decimal'}           | {'$numberDecimal':'1'}     |",
        "{'type':'number'}                | {'$numberLong':'1'}        |",
        "{'type':'boolean'}               | true                       |",
        "{'bsonType':'bool'}              | 'x'                        | invalid_type (root).v",
        "{'bsonType':'date'}              | {'$date':'2024-01-01T00:00:00Z'} |",
        "{'bsonType':'objectId'}          | '628e47baf4c2ac2796fc8a91' | invalid_type (root).v",
        "{'bsonType':'uuid'}              | {'$uuid':'3b241101-e2bb-4255-8caf-4136c566a962'} |",
        "{'bsonType':'binData'}           | {'$uuid':'3b241101-e2bb-4255-8caf-4136c566a962'} |",
        "{'bsonType':'timestamp'}         | {'$timestamp':{'t':1,'i':1}} |",
        "{'bsonType':'mixed'}             | null                       |",
        "{'bsonType':'string'}            | null                       | invalid_type (root).v",
        "{'bsonType':'null'}              | null                       |",
        "{'enum':[1,'x']}                 | {'$numberLong':'1'}        |",
        "{'enum':[1,'x']}                 | 'y'                        | enum (root).v",
        "{'const':{'a':1}}                | {'a':1}                    |",
        "{'const':{'a':1}}                | {'a':2}                    | const (root).v",
        "{'minLength':2,'maxLength':3}    | 'ab'                       |",
        "{'minLength':2}                  | 'a'                        | string_gte (root).v",
        "{'maxLength':3}                  | 'abcd'                     | string_lte (root).v",
        "{'pattern':'^a+$'}               | 'aaa'                      |",
        "{'pattern':'^a+$'}               | 'aab'                      | pattern (root).v",
        "{'pattern':'b'}                  | 7                          |",
        "{'format':'email'}               | 'a@b'                      |",
        "{'format':'email'}               | 'ab'                       | format (root).v",
        "{'format':'date-time'}           | '2024-01-01T00:00:00Z'     |",
        "{'format':'ipv4'}                | '1.2.3.256'                | format (root).v",
        "{'minimum':2,'maximum':4}        | 2                          |",
        "{'minimum':2}                    | 1                          | number_gte (root).v",
        "{'maximum':4}                    | {'$numberLong':'5'}        | number_lte (root).v",
        "{'minimum':2,'exclusiveMinimum':true} | 2                     | number_gt (root).v",
        "{'maximum':4,'exclusiveMaximum':true} | 4                     | number_lt (root).v",
        "{'exclusiveMinimum':2}           | 2                          | number_gt (root).v",
        "{'multipleOf':0.1}               | 0.3                        |",
        "{'multipleOf':2}                 | 3                          | multiple_of (root).v",
        "{'multipleOf':2}                 | {'$numberDouble':'NaN'}    | multiple_of (root).v",
        "{'items':{'bsonType':'int'}}     | [1,2]                      |",
        "{'items':{'bsonType':'int'}}     | [1,'x',true]               | invalid_type (root).v.1; invalid_type (root).v.2",
        "{'items':[{'bsonType':'int'}],'additionalItems':false} | [1] |",
        "{'items':[{'bsonType':'int'}],'additionalItems':false} | [1,2] | array_no_additional_items (root).v",
        "{'items':[{'bsonType':'int'}],'additionalItems':{'bsonType':'string'}} | [1,2] | invalid_type (root).v.1",
        "{'minItems':1,'maxItems':2}      | []                         | array_min_items (root).v",
        "{'minItems':1,'maxItems':2}      | [1,2,3]                    | array_max_items (root).v",
        "{'uniqueItems':true}             | [1,{'$numberLong':'1'}]    | unique (root).v",
        "{'uniqueItems':true}             | [1,2]                      |",
        "{'contains':{'bsonType':'int'}}  | ['x']                      | contains (root).v",
        "{'contains':{'bsonType':'int'}}  | ['x',1]                    |",
        "{'required':['a','b']}           | {'a':1}                    | required (root).v.b",
        "{'properties':{'a':{'properties':{'b':{'bsonType':'int'}}}}} | {'a':{'b':'x'}} | invalid_type (root).v.a.b",
        "{'minProperties':1}              | {}                         | array_min_properties (root).v",
        "{'maxProperties':1}              | {'a':1,'b':1}              | array_max_properties (root).v",
        "{'properties':{'a':{}},'additionalProperties':false} | {'a':1,'b':1} | additional_property_not_allowed (root).v.b",
        "{'additionalProperties':{'bsonType':'int'}} | {'b':'x'}       | invalid_type (root).v.b",
        "{'patternProperties':{'^n_':{'bsonType':'int'}},'additionalProperties':false} | {'n_a':1} |",
        "{'patternProperties':{'^n_':{'bsonType':'int'}}} | {'n_a':'x'} | invalid_property_pattern (root).v.n_a",
        "{'propertyNames':{'pattern':'^[a-z]+$'}} | {'A':1}            | invalid_property_name (root).v.A",
        "{'dependencies':{'a':['b']}}     | {'a':1}                    | missing_dependency (root).v.b",
        "{'dependencies':{'a':['b']}}     | {'c':1}                    |",
        "{'dependencies':{'a':{'required':['c']}}} | {'a':1}           | required (root).v.c",
        "{'allOf':[{'bsonType':'int'},{'minimum':3}]} | 2              | number_all_of (root).v",
        "{'anyOf':[{'bsonType':'int'},{'bsonType':'string'}]} | true   | number_any_of (root).v",
        "{'oneOf':[{'minimum':1},{'minimum':2}]} | 3                   | number_one_of (root).v",
        "{'oneOf':[{'minimum':1},{'minimum':2}]} | 1                   |",
        "{'not':{'bsonType':'int'}}       | 1                          | number_not (root).v",
        "{'if':{'minimum':5},'then':{'multipleOf':5},'else':{'const':1}} | 6 | condition_then (root).v",
        "{'if':{'minimum':5},'then':{'multipleOf':5},'else':{'const':1}} | 2 | condition_else (root).v",
        "{'validate':{'%%this':{'$gt':'%%root.min'}}} | 5               |",
        "{'validate':{'%%this':{'$gt':'%%root.min'}}} | 2               | false (root).v",
        "{'validate':{'%%user.id':'bob'}} | 2                          | false (root).v",
        "{'validate':{'%%true':{'%function':{'name':'f'}}}} | 2        |",
        "false                            | 2                          | false (root).v",
      })
  void everyKeywordIsChecked(String schema, String value, @Nullable String expected) {
    BsonDocument whole = document("{'properties':{'v':" + schema + "}}");

    List<Violation> violations =
        violations(whole, false, null, document("{'min':3,'v':" + value + "}"));

    assertThat(found(violations)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null             | {'status':'new'}   |",
        "null             | {'status':'old'}   | false (root)",
        "{'status':'new'} | {'status':'old'}   |",
        "{'status':'new','n':2} | {'status':'new','n':1} | false (root).n",
        "{'status':'new','n':2} | {'status':'new','n':3} |",
      })
  void expressionsKnowTheDocumentBefore(String before, String after, @Nullable String expected) {
    BsonDocument schema =
        document(
            """
            {'bsonType': 'object',
             'validate': {'%or': [{'%%prevRoot': {'%exists': true}}, {'%%root.status': 'new'}]},
             'properties': {'n': {'validate': {'%%this': {'$gt': '%%prev'}}}}}
            """);

    List<Violation> violations =
        violations(schema, false, before.equals("null") ? null : document(before), document(after));

    assertThat(found(violations)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void nullIsAllowedWhereTheAppSaysSoAndTheFieldIsNotRequired() {
    BsonDocument schema =
        document("{'required':['a'],'properties':{'a':{'bsonType':'int'},'b':{'bsonType':'int'}}}");
    BsonDocument nulls = document("{'a':null,'b':null}");

    assertThat(found(violations(schema, false, null, nulls)))
        .isEqualTo("invalid_type (root).a; invalid_type (root).b");
    assertThat(found(violations(schema, true, null, nulls))).isEqualTo("invalid_type (root).a");
  }

  @Test
  void aPatternCannotHoldTheThread() {
    String text = "a".repeat(5_000) + "!";
    BsonDocument value = new BsonDocument("v", new BsonString(text));

    for (String pattern : List.of("^(a+)+$", "(a*)*b")) {
      BsonDocument schema = document("{'properties':{'v':{'not':{'pattern':'" + pattern + "'}}}}");

      assertThat(found(violations(schema, false, null, value))).as(pattern).contains("internal");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'bsonType':'array'}                     | /            | true",
        "{'properties':{'a':{'bsonType':'nope'}}} | /properties/a/bsonType | true",
        "{'properties':{'a':{'type':'integer'}}}  | /properties/a/type | true",
        "{'properties':[]}                        | /properties  | true",
        "{'properties':{'a':1}}                   | /properties/a | true",
        "{'required':'a'}                         | /required    | true",
        "{'properties':{'a':{'pattern':'('}}}     | /properties/a/pattern | true",
        "{'patternProperties':{'(':{}}}           | /patternProperties/( | true",
        "{'properties':{'a':{'minLength':-1}}}    | /properties/a/minLength | true",
        "{'properties':{'a':{'maximum':'x'}}}     | /properties/a/maximum | true",
        "{'validate':{'%%nope':1}}                | /validate/%%nope | true",
        "{'allOf':[]}                             | /allOf       | true",
        "{'anyOf':[{'bsonType':7}]}               | /anyOf/0/bsonType | true",
        "{'minLenght':1}                          | /minLenght   | false",
        "{'properties':{'a':{'format':'phone'}}}  | /properties/a/format | false",
      })
  void aWrongSchemaIsAFaultAtItsPlace(String schema, String path, boolean isError) {
    Schema.Parsing parsing = Schema.parse(document(schema), false);

    assertThat(parsing.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat("/" + String.join("/", fault.path())).isEqualTo(path);
              assertThat(fault.isError()).isEqualTo(isError);
            });
  }

  @Test
  void nothingSatisfiesAFaultySchema() {
    assertThat(found(violations(document("{'bsonType':'nope'}"), false, null, document("{}"))))
        .isEqualTo("false (root)");
  }

  @Test
  void anEmptySchemaAllowsEverything() {
    assertThat(violations(document("{}"), false, null, document("{'a':[null,{'b':1}]}"))).isEmpty();
  }
}
