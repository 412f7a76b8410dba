package dev.berth.rules.access;

import static dev.berth.rules.access.Rules.access;
import static dev.berth.rules.access.Rules.document;
import static dev.berth.rules.access.Rules.user;
import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which changes field rules permit.
class ChangedFieldsTest {

  private static final String RULES =
      """
      {'roles': [{'fields': {
        'a': {'write': true},
        'once': {'write': {'%%prev': {'$exists': false}}},
        'up': {'write': {'%%this': {'$gt': '%%prev'}}},
        'sealed': {'write': false, 'fields': {'p': {'write': true}}},
        'address': {'fields': {'city': {'write': true}}},
        'list': {'fields': {'p': {'write': true}}}}}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'b':1}          | {'a':2,'b':1}            | true",
        "{'a':1,'b':1}          | {'b':1}                  | true",
        "{'a':1,'b':1}          | {'b':1,'a':1}            | true",
        "{'b':1}                | {'b':1,'a':{'x':[1]}}    | true",
        "{'a':1,'b':1}          | {'a':1,'b':2}            | false",
        "{'a':1,'b':1}          | {'a':2,'b':2}            | false",
        "{'a':1,'b':1}          | {'a':1}                  | false",
        "{'a':1}                | {'a':1,'b':1}            | false",
        "{'b':1}                | {'b':{'$numberLong':'1'}} | false",
        "{'b':{'x':1,'y':2}}    | {'b':{'y':2,'x':1}}      | false",
        "{}                     | {'once':1}               | true",
        "{'once':1}             | {'once':2}               | false",
        "{'up':1}               | {'up':2}                 | true",
        "{'up':2}               | {'up':1}                 | false",
        "{'up':2}               | {}                       | false",
        "{'sealed':{'p':1}}     | {'sealed':{'p':2}}       | false",
        "{'address':{'city':1,'s':1}} | {'address':{'city':2,'s':1}} | true",
        "{'address':{'city':1,'s':1}} | {'address':{'city':1,'s':2}} | false",
        "{'address':{'city':1,'s':1}} | {'address':{'city':1}}       | false",
        "{'address':{'city':1}} | {'address':{}}           | true",
        "{'address':{'city':1}} | {}                       | true",
        "{'address':{'city':1,'s':1}} | {}                 | false",
        "{'address':{}}         | {}                       | false",
        "{}                     | {'address':{'city':1}}   | true",
        "{}                     | {'address':{'s':1}}      | false",
        "{}                     | {'address':{}}           | false",
        "{}                     | {'address':7}            | false",
        "{'address':{'city':1}} | {'address':7}            | false",
        "{'address':7}          | {'address':{'city':1}}   | false",
        "{'list':[{'p':1,'q':1}]} | {'list':[{'p':2,'q':1}]} | true",
        "{'list':[{'p':1,'q':1}]} | {'list':[{'p':1,'q':2}]} | false",
        "{'list':[{'p':1}]}     | {'list':[{'p':1},{'p':2}]} | true",
        "{'list':[{'p':1}]}     | {'list':[{'p':1},{'q':2}]} | false",
        "{'list':[{'p':1}]}     | {'list':[{'p':1},{}]}    | false",
        "{'list':[{'p':1}]}     | {'list':[{'p':1},2]}     | false",
        "{'list':[{'p':1},{'p':2}]} | {'list':[{'p':2}]}   | true",
        "{'list':[{'p':1},{'q':2}]} | {'list':[{'q':2}]}   | false",
        "{'list':[]}            | {}                       | false",
        "{}                     | {'list':[]}              | false",
        "{}                     | {'list':[{'p':1}]}       | true",
        "{}                     | {'list':[{'p':1},3]}     | false",
        "{'list':[3]}           | {'list':[4]}             | false",
        "{'list':[3]}           | {'list':[3]}             | true",
      })
  void everyDifferenceNeedsAPermission(String before, String after, boolean permitted) {
    Permission permission =
        access(RULES, user("{'id':'ann'}"))
            .update(document(before), document(after))
            .toCompletableFuture()
            .join();

    assertThat(permission).isEqualTo(Permission.of(permitted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}                      | true",
        "{'a':1,'once':1}             | true",
        "{'a':1,'b':1}                | false",
        "{'address':{'city':1}}       | true",
        "{'address':{'city':1,'s':1}} | false",
        "{'address':{}}               | false",
        "{'list':[{'p':1}]}           | true",
        "{'list':[{'p':1},{'q':1}]}   | false",
        "{'list':[]}                  | false",
        "{}                           | false",
      })
  void whatIsInsertedIsWritableThroughout(String written, boolean permitted) {
    BsonDocument stored = document("{'_id':1}");
    stored.putAll(document(written));

    Permission permission =
        access(RULES, user("{'id':'ann'}"))
            .insert(stored, document(written))
            .toCompletableFuture()
            .join();

    assertThat(permission).isEqualTo(Permission.of(permitted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{'a':1} | true", "{'a':1,'once':1} | false", "{'_id':1,'a':1} | false"})
  void whatIsDeletedIsWritableThroughout(String stored, boolean permitted) {
    Permission permission =
        access(RULES, user("{'id':'ann'}")).delete(document(stored)).toCompletableFuture().join();

    assertThat(permission).isEqualTo(Permission.of(permitted));
  }
}
