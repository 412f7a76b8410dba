package dev.berth.rules.access;

import static dev.berth.rules.access.Rules.access;
import static dev.berth.rules.access.Rules.document;
import static dev.berth.rules.access.Rules.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.rules.Candidates;
import dev.berth.rules.Facts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What of rules a query can say.
class PushDownTest {

  private static final Facts ANN =
      user("{'id':'ann','data':{'admin':true},'custom_data':{'teams':['red','blue'],'n':5}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'apply_when':{'owner':'%%user.id'},'read':true} | {'owner':'ann'}",
        "{'apply_when':{'%%user.id':'%%root.owner'},'read':true} | {'owner':'ann'}",
        "{'document_filters':{'read':{'owner':'%%user.id'},'write':false},'read':true} | {'owner':'ann'}",
        "{'read':{'owner':'%%user.id'}}                    | {'owner':'ann'}",
        "{'write':{'%%prevRoot.owner':'%%user.id'}}        | {'owner':'ann'}",
        "{'read':{'team':{'$in':'%%user.custom_data.teams'}}} | {'team':{'$in':['red','blue']}}",
        "{'read':{'team':'%%user.custom_data.teams'}}      | {'$or':[{'team':['red','blue']},{'team':{'$in':['red','blue']}}]}",
        "{'read':{'n':{'$gt':'%%user.custom_data.n'}}}     | {'n':{'$gt':5}}",
        "{'read':{'%%user.id':{'$in':'%%root.members'}}}   | {'members':'ann'}",
        "{'read':{'$or':[{'public':true},{'a.b':'%%user.id'}]}} | {'$or':[{'public':true},{'a.b':'ann'}]}",
        "{'read':{'%%user.data.admin':true}}               | all",
        "{'read':{'%%user.data.admin':false}}              | none",
        "{'read':{'owner':'%%user.nope'}}                  | none",
        "{'read':{'a':{'$exists':false}}}                  | {'a':{'$exists':false}}",
        "{'read':{'a.b':{'$exists':false}}}                | all",
        "{'read':{'a':{'$ne':1}}}                          | {'a':{'$nin':[1]}}",
        "{'read':{'a.0':1}}                                | all",
        "{'read':{'a':{'x':1}}}                            | {'a.x':1}",
        "{'read':{'a':{'$gt':'x'}}}                        | all",
        "{'read':{'%%true':{'%function':{'name':'owns','arguments':['%%root']}}}} | all",
        "{'write':{'%%prevRoot':{'$exists':false}}}        | none",
        "{'insert':true,'delete':true}                     | none",
        "{'fields':{'a':{'read':true}}}                    | all",
        "{'read':false,'fields':{'a':{'read':true}}}       | none",
        "{'apply_when':{'a':1},'write':true},{'apply_when':{'b':2},'read':true} | {'$or':[{'a':1},{'b':2}]}",
        "{'apply_when':{'%%user.id':'ann'},'read':{'a':1}},{'read':true} | {'a':1}",
      })
  void aQueryFindsWhatMayBeRead(String roles, String expected) {
    Candidates readable = access("{'roles':[" + roles + "]}", ANN).readable();

    assertThat(readable)
        .isEqualTo(
            switch (expected) {
              case "all" -> new Candidates.All();
              case "none" -> new Candidates.None();
              default -> new Candidates.Found(document(expected));
            });
  }
}
