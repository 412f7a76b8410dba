package dev.berth.rules.access;

import static dev.berth.rules.access.Permission.DENIED;
import static dev.berth.rules.access.Permission.NO_ROLE;
import static dev.berth.rules.access.Permission.PERMITTED;
import static dev.berth.rules.access.Rules.access;
import static dev.berth.rules.access.Rules.document;
import static dev.berth.rules.access.Rules.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.rules.Facts;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/// Rules that apps were seen to have, and what they mean.
class ConformanceTest {

  private static final Facts ANN =
      user(
          """
          {'id': 'ann', 'data': {'email': 'ann@x'},
           'custom_data': {'manages': ['bob@x'], 'workspaces': ['red', 'blue'], 'masterId': 'm1',
                           '_id': '628e47baf4c2ac2796fc8a91'}}
          """);

  private static boolean sees(String rules, Facts caller, String stored) {
    return Rules.visible(access(rules, caller), document(stored)) != null;
  }

  private static Permission update(String rules, Facts caller, String before, String after) {
    return access(rules, caller)
        .update(document(before), document(after))
        .toCompletableFuture()
        .join();
  }

  private static Permission insert(String rules, Facts caller, String stored) {
    BsonDocument document = document(stored);
    return access(rules, caller).insert(document, document).toCompletableFuture().join();
  }

  private static Permission delete(String rules, Facts caller, String stored) {
    return access(rules, caller).delete(document(stored)).toCompletableFuture().join();
  }

  @Test
  void anObjectIdIsNoText() {
    Facts caller = user("{'id': '628e47baf4c2ac2796fc8a91'}");
    String stored = "{'_id': {'$oid': '628e47baf4c2ac2796fc8a91'}}";

    assertThat(sees("{'roles':[{'apply_when':{'_id':'%%user.id'},'read':true}]}", caller, stored))
        .isFalse();
    assertThat(
            sees(
                "{'roles':[{'apply_when':{'_id':{'%stringToOid':'%%user.id'}},'read':true}]}",
                caller, stored))
        .isTrue();
  }

  @Test
  void theFirstRoleThatAppliesToTheDocumentDecides() {
    String rules =
        """
        {'roles': [
          {'apply_when': {'email': '%%user.custom_data.manages'}, 'write': true},
          {'apply_when': {'email': '%%user.data.email'}, 'read': true, 'write': true, 'insert': false,
           'delete': false}]}
        """;

    assertThat(delete(rules, ANN, "{'email':'bob@x'}")).isEqualTo(PERMITTED);
    assertThat(delete(rules, ANN, "{'email':'ann@x'}")).isEqualTo(DENIED);
    assertThat(insert(rules, ANN, "{'email':'bob@x'}")).isEqualTo(PERMITTED);
    assertThat(insert(rules, ANN, "{'email':'ann@x'}")).isEqualTo(DENIED);
    assertThat(sees(rules, ANN, "{'email':'ann@x'}")).isTrue();
    assertThat(sees(rules, ANN, "{'email':'cid@x'}")).isFalse();
    assertThat(delete(rules, ANN, "{'email':'cid@x'}")).isEqualTo(NO_ROLE);
  }

  @Test
  void aFieldIsOneOfTheCallersValues() {
    String rules =
        "{'roles':[{'apply_when':{'workspace':{'$in':'%%user.custom_data.workspaces'}},'read':true}]}";

    assertThat(sees(rules, ANN, "{'workspace':'blue'}")).isTrue();
    assertThat(sees(rules, ANN, "{'workspace':'green'}")).isFalse();
    assertThat(sees(rules, user("{'id':'x','custom_data':{}}"), "{'workspace':'blue'}")).isFalse();
  }

  @Test
  void alternativesMayHoldConverters() {
    String rules =
        """
        {'roles': [{'read': true, 'apply_when': {'$or': [
          {'%%root.userId': {'%stringToOid': '%%user.custom_data._id'}},
          {'%%root.user': {'%stringToOid': '%%user.custom_data._id'}}]}}]}
        """;

    assertThat(sees(rules, ANN, "{'user':{'$oid':'628e47baf4c2ac2796fc8a91'}}")).isTrue();
    assertThat(sees(rules, ANN, "{'user':{'$oid':'628e47baf4c2ac2796fc8a92'}}")).isFalse();
  }

  @Test
  void aFieldCanBeWritableOnce() {
    String rules =
        "{'roles':[{'fields':{'code':{'write':{'%%prev':{'$exists':false}}},'n':{'write':true}}}]}";

    assertThat(update(rules, ANN, "{'n':1}", "{'n':2,'code':7}")).isEqualTo(PERMITTED);
    assertThat(update(rules, ANN, "{'n':1,'code':7}", "{'n':2,'code':7}")).isEqualTo(PERMITTED);
    assertThat(update(rules, ANN, "{'n':1,'code':7}", "{'n':1,'code':8}")).isEqualTo(DENIED);
    assertThat(update(rules, ANN, "{'n':1,'code':7}", "{'n':1}")).isEqualTo(DENIED);
  }

  @Test
  void whoMayWriteEverythingMayDoEverything() {
    String rules = "{'roles':[{'write':true,'additional_fields':{}}]}";

    assertThat(sees(rules, ANN, "{'a':1}")).isTrue();
    assertThat(insert(rules, ANN, "{'a':1}")).isEqualTo(PERMITTED);
    assertThat(update(rules, ANN, "{'a':1}", "{'b':1}")).isEqualTo(PERMITTED);
    assertThat(delete(rules, ANN, "{'a':1}")).isEqualTo(PERMITTED);
  }

  @Test
  void documentFiltersAreAGate() {
    String rules =
        """
        {'roles': [{'document_filters': {
            'read': {'$or': [{'master': null}, {'master': '%%user.custom_data.masterId'}]}, 'write': false},
          'read': true, 'write': false}]}
        """;

    assertThat(sees(rules, ANN, "{'a':1}")).isTrue();
    assertThat(sees(rules, ANN, "{'master':'m1'}")).isTrue();
    assertThat(sees(rules, ANN, "{'master':'m2'}")).isFalse();
    assertThat(update(rules, ANN, "{'a':1}", "{'a':2}")).isEqualTo(DENIED);
    assertThat(insert(rules, ANN, "{'a':1}")).isEqualTo(DENIED);
    assertThat(delete(rules, ANN, "{'a':1}")).isEqualTo(DENIED);
  }

  @Test
  void aFunctionMayDecideAboutTheDocument() {
    String rules =
        """
        {'roles': [{'read': true, 'write':
          {'%%true': {'%function': {'name': 'owns', 'arguments': ['%%root']}}}}]}
        """;

    assertThat(update(rules, ANN, "{'owner_id':'ann'}", "{'owner_id':'ann','a':1}"))
        .isEqualTo(PERMITTED);
    assertThat(update(rules, ANN, "{'owner_id':'bob'}", "{'owner_id':'bob','a':1}"))
        .isEqualTo(DENIED);
    assertThat(delete(rules, ANN, "{'owner_id':'bob'}")).isEqualTo(DENIED);
  }

  @Test
  void aFunctionThatFailsMakesItsRoleNotApply() {
    String rules =
        """
        {'roles': [
          {'write': true, 'apply_when': {'%%true': {'%function': {'name': 'broken'}}}},
          {'write': true, 'apply_when': {'%not': {'%function': {'name': 'broken'}}}},
          {'read': true}]}
        """;

    assertThat(sees(rules, ANN, "{'a':1}")).isTrue();
    assertThat(delete(rules, ANN, "{'a':1}")).isEqualTo(DENIED);
  }

  @Test
  void theTemplatesMeanWhatTheirNamesSay() {
    String own = "{'owner_id':'%%user.id'}";
    String readAndWriteOwn =
        "{'roles':[{'document_filters':{'read':"
            + own
            + ",'write':"
            + own
            + "},'read':true,"
            + "'write':true,'insert':true,'delete':true}]}";
    String readAllWriteOwn =
        "{'roles':[{'document_filters':{'read':true,'write':"
            + own
            + "},'read':true,"
            + "'write':true,'insert':true,'delete':true}]}";
    String readAll =
        "{'roles':[{'document_filters':{'read':true,'write':false},'read':true,'write':false,"
            + "'insert':false,'delete':false}]}";
    String denyAll =
        "{'roles':[{'document_filters':{'read':false,'write':false},'read':false,'write':false,"
            + "'insert':false,'delete':false}]}";
    String mine = "{'owner_id':'ann'}";
    String others = "{'owner_id':'bob'}";

    assertThat(sees(readAndWriteOwn, ANN, mine)).isTrue();
    assertThat(sees(readAndWriteOwn, ANN, others)).isFalse();
    assertThat(delete(readAndWriteOwn, ANN, mine)).isEqualTo(PERMITTED);
    assertThat(delete(readAndWriteOwn, ANN, others)).isEqualTo(DENIED);
    assertThat(insert(readAndWriteOwn, ANN, others)).isEqualTo(DENIED);
    assertThat(sees(readAllWriteOwn, ANN, others)).isTrue();
    assertThat(update(readAllWriteOwn, ANN, others, mine)).isEqualTo(DENIED);
    assertThat(update(readAllWriteOwn, ANN, mine, others)).isEqualTo(DENIED);
    assertThat(insert(readAllWriteOwn, ANN, mine)).isEqualTo(PERMITTED);
    assertThat(sees(readAll, ANN, others)).isTrue();
    assertThat(update(readAll, ANN, mine, "{'owner_id':'ann','a':1}")).isEqualTo(DENIED);
    assertThat(sees(denyAll, ANN, mine)).isFalse();
  }

  @Test
  void aRoleThatMayOnlyInsertSeesNothing() {
    String rules =
        """
        {'roles': [{'insert': true, 'delete': false, 'write': {'%%prevRoot': {'%exists': false}},
          'additional_fields': {}}]}
        """;

    assertThat(insert(rules, ANN, "{'a':1}")).isEqualTo(PERMITTED);
    assertThat(sees(rules, ANN, "{'a':1}")).isFalse();
    assertThat(update(rules, ANN, "{'a':1}", "{'a':2}")).isEqualTo(DENIED);
    assertThat(delete(rules, ANN, "{'a':1}")).isEqualTo(DENIED);
  }

  @Test
  void withoutARoleNothingIsPermitted() {
    assertThat(sees("{'roles':[]}", ANN, "{'a':1}")).isFalse();
    assertThat(insert("{'roles':[]}", ANN, "{'a':1}")).isEqualTo(NO_ROLE);
    assertThat(insert("{'roles':[{'insert':true,'delete':true,'search':true}]}", ANN, "{'a':1}"))
        .isEqualTo(DENIED);
    assertThat(insert("{'roles':[{'insert':true}]}", ANN, "{}")).isEqualTo(DENIED);
  }

  @Test
  void nobodyGainsARoleByTheChangeItself() {
    String rules = "{'roles':[{'apply_when':{'owner_id':'%%user.id'},'write':true},{'read':true}]}";

    assertThat(update(rules, ANN, "{'owner_id':'bob'}", "{'owner_id':'ann'}")).isEqualTo(DENIED);
    assertThat(update(rules, ANN, "{'owner_id':'ann'}", "{'owner_id':'bob'}")).isEqualTo(PERMITTED);
  }
}
