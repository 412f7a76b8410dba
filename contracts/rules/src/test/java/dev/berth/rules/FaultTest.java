package dev.berth.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.ExpressionScope;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with expressions, where, and that nothing wrong is ever true.
class FaultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          5                                        | /: expected an expression (an object, true, false or "%%…"), found int32
          'always'                                 | /: expected an expression (an object, true, false or "%%…"), found string
          {'%or':[{'$nope':1}]}                    | /%or/0/$nope: unknown operator "$nope"; known are %and, %or, %nor
          {'a':{'%nope':1}}                        | /a/%nope: unknown operator "%nope"
          {'a':{'$regex':'x'}}                     | /a/$regex: unknown operator "$regex"
          {'a':{'$elemMatch':{'b':1}}}             | /a/$elemMatch: unknown operator "$elemMatch"
          {'a':{'$':1}}                            | /a/$: unknown operator "$"
          {'a':{'%':1}}                            | /a/%: unknown operator "%"
          {'a':{'$regularExpression':{'pattern':'x','options':''}}} | /a: found a regular expression
          {'%%usr.id':'x'}                         | /%%usr.id: unknown expansion "%%usr.id"; known here are %%true, %%false, %%values
          {'a':'%%secrets.x'}                      | /a: unknown expansion "%%secrets.x"
          {'a':{'$in':['%%always']}}               | /a/$in/0: unknown expansion "%%always"
          {'%%true.x':1}                           | /%%true.x: unknown expansion "%%true.x"
          {'%%':1}                                 | /%%: unknown expansion "%%"
          '%%nope'                                 | /: unknown expansion "%%nope"
          {'a':'%%user.'}                          | /a: found "%%user."; a name is missing
          {'a':'%%values'}                         | /a: found "%%values"; a name is missing
          {'a':'%%args.x'}                         | /a: "%%args" means nothing here
          {'%gt':1}                                | /%gt: stands after a field: {<field>: {"%gt": …}}
          {'%stringToOid':'x'}                     | /%stringToOid: is no boolean; it stands after a field
          {'a':{'$gt':1,'b':2}}                    | /a: operators and names of fields cannot stand side by side
          {'a':{'%%user.id':1}}                    | /a/%%user.id: "%%user.id" cannot stand inside a test of another value
          {'a':{'$eq':{'$gt':1}}}                  | /a/$eq/$gt: "$gt" cannot stand inside a value
          {'a':{'$in':'x'}}                        | /a/$in: expected an array or an expansion
          {'a':{'$nin':{'b':1}}}                   | /a/$nin: expected an array or an expansion
          {'a':{'$size':'x'}}                      | /a/$size: expected a number or an expansion
          {'a':{'$exists':'yes'}}                  | /a/$exists: expected true or false
          {'a':{'$exists':2}}                      | /a/$exists: expected true or false
          {'%and':[]}                              | /%and: expected an array with at least one expression
          {'%or':{'a':1}}                          | /%or: expected an array with at least one expression
          {'a':{'%or':[]}}                         | /a/%or: expected an array with at least one test
          {'%not':['a']}                           | /%not: expected an expression
          {'a':{'%stringToOid':{'%function':{'name':'f'}}}} | /a/%stringToOid: %stringToOid takes a value or an expansion, and no operator inside
          {'a':{'%stringToOid':['x']}}             | /a/%stringToOid: %stringToOid takes a value or an expansion
          {'a':{'%oidToString':{'%oidToString':'x'}}} | /a/%oidToString: %oidToString takes a value or an expansion
          {'%function':'f'}                        | /%function: expected {"name": <function>, "arguments": [...]}
          {'%function':{'arguments':[]}}           | /%function: "name" is missing
          {'%function':{'name':''}}                | /%function: "name" is missing
          {'%function':{'name':'f','args':[]}}     | /%function/args: unknown; a function has "name" and "arguments"
          {'%function':{'name':'f','arguments':1}} | /%function/arguments: expected an array of arguments
          {'%function':{'name':'f','arguments':[{'%function':{'name':'g'}}]}} | /%function/arguments/0: an argument is a value or an expansion, and no operator
          {'%function':{'name':'f','arguments':['%%nope']}} | /%function/arguments/0: unknown expansion "%%nope"
          {'%%true':{'$eq':{'a':{'%nope':1}}}}     | /%%true/$eq/a/%nope: "%nope" cannot stand inside a value
          """)
  void aFaultNamesItsPlaceAndWhatIsAllowed(String expression, String fault) {
    assertThat(Samples.faults(expression, ExpressionScope.FIELD))
        .singleElement()
        .asString()
        .startsWith(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'%%user.id':'x'}                       | true  | true  | true  | true
          {'%%request.httpMethod':'GET'}          | true  | true  | true  | true
          {'%%values.a':1,'%%environment.tag':''} | true  | true  | true  | true
          {'%function':{'name':'f'}}              | true  | true  | true  | true
          {'%%root.a':1}                          | false | true  | true  | false
          {'a':'%%prevRoot.a'}                    | false | true  | true  | false
          {'%%partition':'x'}                     | false | true  | true  | false
          {'%%this':1}                            | false | false | true  | false
          {'%%prev':1}                            | false | false | true  | false
          {'%%args.to':'x'}                       | false | false | false | true
          {'bare':1}                              | false | true  | true  | true
          """)
  void whatMayBeSaidDependsOnThePlace(
      String expression, boolean request, boolean document, boolean field, boolean action) {
    assertThat(Samples.faults(expression, ExpressionScope.REQUEST).isEmpty()).isEqualTo(request);
    assertThat(Samples.faults(expression, ExpressionScope.DOCUMENT).isEmpty()).isEqualTo(document);
    assertThat(Samples.faults(expression, ExpressionScope.FIELD).isEmpty()).isEqualTo(field);
    assertThat(Samples.faults(expression, ExpressionScope.ACTION).isEmpty()).isEqualTo(action);
  }

  @Test
  void aBareNameWithoutADocumentSaysWhatItLacks() {
    assertThat(Samples.faults("{'request.id':1}", ExpressionScope.REQUEST))
        .containsExactly(
            "/request.id: \"request.id\" would be a field of a document, and there is none here;"
                + " expansions begin with %%, operators with %");
  }

  @Test
  void allFaultsAreFoundAtOnce() {
    assertThat(Samples.faults("{'%%a':1,'b':{'$c':1},'%d':1}", ExpressionScope.DOCUMENT))
        .hasSize(3);
  }

  @Test
  void wordsOfJsonSchemaAreNamesOfFieldsAndSaidToBe() {
    Expression.Parsing parsing =
        Expression.parse(
            Samples.ejson("{'anyOf':[{'owner_id':'%%user.id'}]}"), ExpressionScope.DOCUMENT);

    assertThat(parsing.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.isError()).isFalse());
    assertThat(decided(parsing.expression())).isEqualTo(Truth.FALSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'%not':{'$nope':1}}",
        "{'%or':[true,{'%%nope':1}]}",
        "{'%nor':[{'a':{'$x':1}}]}"
      })
  void aFaultyExpressionIsNeverDecided(String expression) {
    Expression parsed =
        Expression.parse(Samples.ejson(expression), ExpressionScope.FIELD).expression();

    assertThat(decided(parsed)).isEqualTo(Truth.UNDECIDED);
    assertThat(parsed.isAlwaysTrue()).isFalse();
  }

  private static Truth decided(Expression expression) {
    return new Deliberation(Samples.facts(), Samples::answer)
        .decide(expression)
        .toCompletableFuture()
        .getNow(Truth.UNDECIDED);
  }

  @Test
  void namesOfFunctionsAndValuesAreKnownAfterParsing() {
    Expression expression =
        Samples.expression(
            "{'a':'%%values.x','b':{'%function':{'name':'f','arguments':['%%values.y.z']}}}");

    assertThat(expression.functions()).containsExactly("f");
    assertThat(expression.values()).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void nestingEndsAtTheLimit() {
    assertThat(Samples.faults(nested(Expression.MAX_DEPTH), ExpressionScope.FIELD)).isEmpty();
    assertThat(Samples.faults(nested(Expression.MAX_DEPTH + 1), ExpressionScope.FIELD))
        .singleElement()
        .asString()
        .endsWith("nested deeper than 32 levels");
    assertThat(Samples.faults(nested(100_000), ExpressionScope.FIELD)).hasSize(1);
    assertThat(Samples.faults(nestedFields(100_000), ExpressionScope.FIELD)).hasSize(1);
    assertThat(Samples.faults(nestedLists(100_000), ExpressionScope.FIELD)).hasSize(1);
  }

  private static BsonValue nested(int levels) {
    BsonValue expression = new BsonDocument();
    for (int i = 0; i < levels; i++) {
      expression = new BsonDocument("%not", expression);
    }
    return expression;
  }

  private static BsonValue nestedFields(int levels) {
    BsonValue value = new BsonInt32(1);
    for (int i = 0; i < levels; i++) {
      value = new BsonDocument("a", value);
    }
    return value;
  }

  private static BsonValue nestedLists(int levels) {
    BsonValue value = new BsonInt32(1);
    for (int i = 0; i < levels; i++) {
      BsonArray array = new BsonArray();
      array.add(value);
      value = array;
    }
    return new BsonDocument("a", new BsonDocument("$in", value));
  }

  @Test
  void sizeEndsAtTheLimit() {
    assertThat(Samples.faults(listOf(9_000), ExpressionScope.REQUEST)).isEmpty();
    assertThat(Samples.faults(listOf(200_000), ExpressionScope.REQUEST))
        .containsExactly("/%%user.id/$in/9997: the expression has more than 10000 values");
  }

  private static BsonDocument listOf(int elements) {
    BsonArray list = new BsonArray();
    for (int i = 0; i < elements; i++) {
      list.add(new BsonString("user " + i));
    }
    return new BsonDocument("%%user.id", new BsonDocument("$in", list));
  }

  @Test
  void aFewFunctionsMayBeCalledAndNoMore() {
    assertThat(Samples.faults(functions(10), ExpressionScope.REQUEST)).isEmpty();
    assertThat(Samples.faults(functions(11), ExpressionScope.REQUEST))
        .containsExactly("/%or/10/%function: an expression calls at most 10 functions");
  }

  private static BsonDocument functions(int count) {
    BsonArray calls = new BsonArray();
    for (int i = 0; i < count; i++) {
      calls.add(Samples.ejson("{'%function':{'name':'f'}}"));
    }
    return new BsonDocument("%or", calls);
  }
}
