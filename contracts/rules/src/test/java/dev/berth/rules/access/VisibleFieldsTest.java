package dev.berth.rules.access;

import static dev.berth.rules.access.Rules.access;
import static dev.berth.rules.access.Rules.document;
import static dev.berth.rules.access.Rules.user;
import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a role leaves of a document.
class VisibleFieldsTest {

  private static final String STORED =
      """
      {'_id': 1, 'a': 1, 'b': 2, 'x.y': 3, 'address': {'city': 'C', 'street': 'S', 'geo': {'lat': 1, 'lon': 2}},
       'list': [{'p': 1, 'q': 2}, {'q': 3}, 4, [{'p': 5}]], 'none': null}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'read':true}                                    | all",
        "{'read':false,'write':true}                      | all",
        "{'read':false,'fields':{'a':{'read':true}}}      | nothing",
        "{'read':{'%%nobody':1},'fields':{'a':{'read':true}}} | nothing",
        "{'write':false,'fields':{'a':{'read':true}}}     | {'a':1}",
        "{'fields':{'a':{'read':true},'b':{'read':false}}} | {'a':1}",
        "{'fields':{'a':{'write':true}}}                  | {'a':1}",
        "{'fields':{'a':{'read':false,'write':true}}}     | {'a':1}",
        "{'fields':{'a':{}},'additional_fields':{'read':true},'document_filters':{}} | {'_id':1,'b':2,'x.y':3,'address':{'city':'C','street':'S','geo':{'lat':1,'lon':2}},'list':[{'p':1,'q':2},{'q':3},4,[{'p':5}]],'none':null}",
        "{'fields':{'x.y':{'read':true},'address.city':{'read':true}}} | {'x.y':3}",
        "{'fields':{'address':{'fields':{'city':{'read':true}}}}} | {'address':{'city':'C'}}",
        "{'fields':{'address':{'read':true,'fields':{'city':{'read':false}}}}} | {'address':{'city':'C','street':'S','geo':{'lat':1,'lon':2}}}",
        "{'fields':{'address':{'read':false,'fields':{'city':{'read':true}}}}} | nothing",
        "{'fields':{'address':{'fields':{'geo':{'fields':{'lat':{'read':true}}},'nope':{'read':true}}}}} | {'address':{'geo':{'lat':1}}}",
        "{'fields':{'list':{'fields':{'p':{'read':true}}}}} | {'list':[{'p':1}]}",
        "{'fields':{'list':{'fields':{'q':{'read':{'%%this':{'$gt':2}}}}}}} | {'list':[{'q':3}]}",
        "{'additional_fields':{'read':{'%%this':{'$in':[1,2]}}}} | {'_id':1,'a':1,'b':2}",
        "{'additional_fields':{'read':{'%%prev':{'$exists':true}}}} | nothing",
        "{'additional_fields':{'write':{'%%prev':{'$exists':false}}}} | nothing",
        "{'fields':{'a':{'read':{'%%root.b':2}},'b':{'read':{'%%prevRoot':{'$exists':true}}}}} | {'a':1}",
        "{'fields':{'none':{'read':true},'missing':{'read':true}}} | {'none':null}",
        "{'additional_fields':{}}                         | nothing",
        "{'document_filters':{'read':false,'write':false},'read':true} | nothing",
        "{'document_filters':{'read':false,'write':true},'read':true} | all",
        "{'document_filters':{'read':false},'read':true}  | all",
      })
  void onlyWhatARolePermitsIsLeft(String role, String expected) {
    BsonDocument stored = document(STORED);

    @Nullable BsonDocument visible =
        Rules.visible(access("{'roles':[" + role + "]}", user("{'id':'ann'}")), stored);

    assertThat(visible)
        .isEqualTo(
            switch (expected) {
              case "all" -> stored;
              case "nothing" -> null;
              default -> document(expected);
            });
  }
}
