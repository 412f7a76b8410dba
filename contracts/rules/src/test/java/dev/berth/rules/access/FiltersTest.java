package dev.berth.rules.access;

import static dev.berth.rules.access.Rules.access;
import static dev.berth.rules.access.Rules.document;
import static dev.berth.rules.access.Rules.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.rules.Candidates;
import dev.berth.rules.Facts;
import dev.berth.rules.QueryTemplate;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What filters and projections make of a query.
class FiltersTest {

  private static final Facts ANN =
      user(
          """
          {'id': 'ann', 'data': {}, 'custom_data': {'teams': ['red', null], 'trick': {'$ne': null},
           'tricks': [{'$gt': ''}], 'nothing': null, 'address': {'city': 'C'}}}
          """);

  private static Narrowing narrowing(String rules) {
    return access(rules, ANN).narrowing().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}                                        | {'a':1}",
        "{'a':{'$gt':1,'$lt':3},'b':{'c':'%'}}          | {'a':{'$gt':1,'$lt':3},'b':{'c':'%'}}",
        "{'owner':'%%user.id'}                          | {'owner':{'$eq':'ann'}}",
        "{'owner':{'%stringToOid':'%%user.id'}}         | nothing",
        "{'owner':{'$ne':'%%user.id'}}                  | {'owner':{'$ne':'ann'}}",
        "{'%or':[{'a':'%%values.team'},{'b':{'%gt':1}}]} | {'$or':[{'a':{'$eq':'red'}},{'b':{'$gt':1}}]}",
        "{'x':{'$in':'%%values.list'}}                  | {'x':{'$in':['x','y']}}",
        "{'x':{'$in':['%%user.id','b']}}                | {'x':{'$in':['ann','b']}}",
        "{'x':{'$elemMatch':{'y':'%%user.id'}}}         | {'x':{'$elemMatch':{'y':{'$eq':'ann'}}}}",
        "{'x':{'$elemMatch':{'$eq':'%%user.id'}}}       | {'x':{'$elemMatch':{'$eq':'ann'}}}",
        "{'x':{'$not':{'$eq':'%%user.id'}}}             | {'x':{'$not':{'$eq':'ann'}}}",
        "{'address':'%%user.custom_data.address'}       | {'address':{'$eq':{'city':'C'}}}",
        "{'address':{'city':'%%user.id'}}               | {'address':{'$eq':{'city':'ann'}}}",
        "{'owner':'%%user.custom_data.trick'}           | nothing",
        "{'owner':{'$in':'%%user.custom_data.tricks'}}  | nothing",
        "{'owner':{'$ne':'%%user.custom_data.trick'}}   | nothing",
        "{'owner':'%%user.custom_data.nothing'}         | nothing",
        "{'owner':'%%user.custom_data.missing'}         | nothing",
        "{'$or':[{'a':1},{'b':'%%user.nope'}]}          | {'$or':[{'a':1}]}",
        "{'$or':[{'b':'%%user.nope'}]}                  | nothing",
        "{'$and':[{'a':1},{'b':'%%user.nope'}]}         | nothing",
        "{'$nor':[{'a':1},{'b':'%%user.nope'}]}         | nothing",
        "{'$nor':[{'$or':[{'a':1},{'b':'%%user.nope'}]}]} | nothing",
        "{}                                             | all",
      })
  void valuesOfExpansionsAreDataInQueries(String query, String expected) {
    Narrowing narrowing = narrowing("{'filters':[{'query':" + query + "}]}");

    assertThat(narrowing.found())
        .isEqualTo(
            switch (expected) {
              case "nothing" -> new Candidates.None();
              case "all" -> new Candidates.All();
              default -> new Candidates.Found(document(expected));
            });
  }

  @Test
  void filtersThatApplyAreMerged() {
    Narrowing narrowing =
        narrowing(
            """
            {'filters': [
              {'apply_when': {'%%user.id': 'ann'}, 'query': {'a': 1}, 'projection': {'x': 0}},
              {'apply_when': {'%%user.id': 'bob'}, 'query': {'b': 1}, 'projection': {'y': 0}},
              {'query': {'c': 1}, 'projection': {'z': 0}}]}
            """);

    assertThat(narrowing.found())
        .isEqualTo(new Candidates.Found(document("{'$and':[{'a':1},{'c':1}]}")));
    assertThat(narrowing.projections()).containsExactly(document("{'x':0}"), document("{'z':0}"));
  }

  @Test
  void whereAFilterCannotBeDecidedNothingIsFound() {
    assertThat(
            narrowing(
                    "{'filters':[{'apply_when':{'%function':{'name':'broken'}},'query':{'a':1}}]}")
                .found())
        .isEqualTo(new Candidates.None());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'%%user.id':'x'}             | /%%user.id",
        "{'a':'%%root.b'}              | /a",
        "{'$or':{'a':1}}               | /$or",
        "{'$or':[1]}                   | /$or",
        "{'$expr':{'$eq':['$a','%%user.id']}} | /$expr",
        "{'$where':'1'}                | /$where",
        "{'a':{'$regex':'%%user.id'}}  | /a/$regex",
        "{'a':{'$gt':1,'b':2}}         | /a/b",
        "{'a':{'$in':[{'b':'%%nope'}]}} | /a/$in/0/b",
      })
  void aQueryThatCannotBeResolvedIsAFault(String query, String path) {
    QueryTemplate.Parsing parsing = QueryTemplate.parse(document(query));

    assertThat(parsing.faults())
        .singleElement()
        .satisfies(
            fault -> assertThat("/" + String.join("/", fault.path())).isEqualTo(path.strip()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                       | {'_id':1,'a':1,'s':{'x':1,'y':[{'z':1,'w':2},3]}}",
        "{'a':1}                  | {'_id':1,'a':1}",
        "{'a':1,'_id':0}          | {'a':1}",
        "{'_id':1}                | {'_id':1}",
        "{'_id':0}                | {'a':1,'s':{'x':1,'y':[{'z':1,'w':2},3]}}",
        "{'a':0}                  | {'_id':1,'s':{'x':1,'y':[{'z':1,'w':2},3]}}",
        "{'a':0,'_id':0}          | {'s':{'x':1,'y':[{'z':1,'w':2},3]}}",
        "{'s.x':1}                | {'_id':1,'s':{'x':1}}",
        "{'s':{'x':1}}            | {'_id':1,'s':{'x':1}}",
        "{'s.y.z':1}              | {'_id':1,'s':{'y':[{'z':1}]}}",
        "{'s.y.z':0}              | {'_id':1,'a':1,'s':{'x':1,'y':[{'w':2},3]}}",
        "{'a.b':1,'nope':true}    | {'_id':1}",
      })
  void aProjectionChoosesFields(String projection, String expected) {
    BsonDocument stored = document("{'_id':1,'a':1,'s':{'x':1,'y':[{'z':1,'w':2},3]}}");

    assertThat(Projection.of(List.of(document(projection))).of(stored))
        .isEqualTo(document(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}    | {'b':0}",
        "{'a':1}    | {'a':0}",
        "{'_id':1}  | {'_id':0}",
        "{'a.b':1}  | {'a':1}",
        "{'a':1}    | {'a.b':1}",
        "{'a':'$b'} | {}",
        "{'a':{'$slice':1}} | {}",
        "{'a.$':1}  | {}",
        "{'':1}     | {}",
      })
  void projectionsThatContradictOrComputeAreRefused(String one, String other) {
    List<BsonDocument> projections = List.of(document(one), document(other));

    assertThatThrownBy(() -> Projection.of(projections))
        .isInstanceOf(Projection.Refused.class)
        .hasMessageStartingWith("projection: ");
  }

  @Test
  void inclusionAndTheIdMayBeMixed() {
    Projection projection = Projection.of(List.of(document("{'a':1}"), document("{'_id':0}")));

    assertThat(projection.of(document("{'_id':1,'a':1,'b':1}"))).isEqualTo(document("{'a':1}"));
  }
}
