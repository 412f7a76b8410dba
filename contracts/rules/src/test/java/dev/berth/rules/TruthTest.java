package dev.berth.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What expressions come to, one row each.
class TruthTest {

  private void assertTruth(String expression, Truth truth) {
    assertThat(Samples.decide(expression)).as(expression).isEqualTo(truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true                                              | TRUE
          false                                             | FALSE
          {}                                                | TRUE
          '%%true'                                          | TRUE
          '%%false'                                         | FALSE
          '%%user.data.admin'                               | TRUE
          '%%user.data.word'                                | UNDECIDED
          '%%user.data.missing'                             | UNDECIDED
          {'status':'new','count':7}                        | TRUE
          {'status':'new','count':8}                        | FALSE
          {'%and':[true,{'status':'new'}]}                  | TRUE
          {'$and':[true,false]}                             | FALSE
          {'%or':[false,{'status':'new'}]}                  | TRUE
          {'$or':[false,false]}                             | FALSE
          {'%nor':[false,false]}                            | TRUE
          {'$nor':[false,true]}                             | FALSE
          {'%not':false}                                    | TRUE
          {'$not':{'status':'new'}}                         | FALSE
          {'%not':'%%user.data.missing'}                    | UNDECIDED
          {'%and':['%%user.data.missing',false]}            | FALSE
          {'%and':['%%user.data.missing',true]}             | UNDECIDED
          {'%or':['%%user.data.missing',true]}              | TRUE
          {'%or':['%%user.data.missing',false]}             | UNDECIDED
          {'%nor':['%%user.data.missing',false]}            | UNDECIDED
          {'%or':[{'%and':[true,{'%not':false}]},false]}    | TRUE
          {'count':{'%and':[{'$gt':0},{'$lte':42}]}}        | TRUE
          {'count':{'%or':[{'$gt':10},{'$lt':3}]}}          | FALSE
          {'status':{'%or':['old','new']}}                  | TRUE
          {'status':{'%nor':['old','new']}}                 | FALSE
          {'count':{'$not':{'$gt':10}}}                     | TRUE
          {'count':{'$not':7}}                              | FALSE
          """)
  void logic(String expression, Truth truth) {
    assertTruth(expression, truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'count':7}                                                 | TRUE
          {'count':7.0}                                               | TRUE
          {'count':{'$numberLong':'7'}}                               | TRUE
          {'count':{'$numberDecimal':'7.0'}}                          | TRUE
          {'count':'7'}                                               | FALSE
          {'decimal':7.5}                                             | TRUE
          {'big':9007199254740992.0}                                  | FALSE
          {'big':{'$numberDecimal':'9007199254740993'}}               | TRUE
          {'count':{'$numberDouble':'NaN'}}                           | FALSE
          {'status':{'$eq':'new'}}                                    | TRUE
          {'status':{'%ne':'new'}}                                    | FALSE
          {'status':{'$ne':'old'}}                                    | TRUE
          {'missing':{'$ne':'old'}}                                   | TRUE
          {'missing':'old'}                                           | FALSE
          {'missing':null}                                            | TRUE
          {'nothing':null}                                            | TRUE
          {'status':null}                                             | FALSE
          {'missing':{'$ne':null}}                                    | FALSE
          {'when':{'$date':'2024-01-02T00:00:00Z'}}                   | TRUE
          {'tags':'x'}                                                | TRUE
          {'tags':'z'}                                                | FALSE
          {'tags':['x','y']}                                          | TRUE
          {'tags':['y','x']}                                          | FALSE
          {'numbers':[1.0,2,3]}                                       | TRUE
          {'workspace':['red','blue']}                                | FALSE
          {'workspace':'%%user.custom_data.workspaces'}               | TRUE
          {'status':'%%user.custom_data.workspaces'}                  | FALSE
          {'workspace':{'$ne':'%%user.custom_data.workspaces'}}       | FALSE
          {'empty':{}}                                                | TRUE
          {'status':{}}                                               | FALSE
          {'missing':{}}                                              | FALSE
          {'nested':{'$eq':{'deep':{'er':1.0}}}}                      | TRUE
          {'nested':{'$eq':{'deep':{'er':1,'or':2}}}}                 | FALSE
          {'nested':{'deep':{'er':1}}}                                | TRUE
          {'nested':{'deep.er':{'$gt':0}}}                            | TRUE
          {'nested.deep.er':1}                                        | TRUE
          {'nested.deep.er.none':1}                                   | FALSE
          {'members.name':'bob'}                                      | TRUE
          {'members.name':'cid'}                                      | FALSE
          {'members.0.name':'bob'}                                    | FALSE
          {'members.1.name':'bob'}                                    | TRUE
          {'members.9.name':'bob'}                                    | FALSE
          {'members.roles':'w'}                                       | TRUE
          {'%%user.custom_data':{'account_type':'admin'}}             | TRUE
          {'%%user.custom_data':{'account_type':'admin','level':6}}   | FALSE
          {'%%user.custom_data.level':5}                              | TRUE
          {'%%user.identities.provider_type':'api-key'}               | TRUE
          {'owner_id':'%%user.id'}                                    | TRUE
          {'_id':'%%user.id'}                                         | FALSE
          {'%%root._id':{'$oid':'628e47baf4c2ac2796fc8a91'}}          | TRUE
          {'owner_id':'%%user.data.missing'}                          | UNDECIDED
          {'missing':'%%user.data.missing'}                           | UNDECIDED
          {'missing':'%%user.data.nothing'}                           | UNDECIDED
          {'owner_id':{'$ne':'%%user.data.missing'}}                  | UNDECIDED
          {'%not':{'owner_id':'%%user.data.missing'}}                 | UNDECIDED
          {'%%user.data.missing':null}                                | TRUE
          """)
  void equality(String expression, Truth truth) {
    assertTruth(expression, truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'count':{'$gt':6}}                                            | TRUE
          {'count':{'$gt':7}}                                            | FALSE
          {'count':{'$gte':7}}                                           | TRUE
          {'count':{'%lt':7.5}}                                          | TRUE
          {'count':{'$lte':6}}                                           | FALSE
          {'count':{'$gt':0,'$lt':5}}                                    | FALSE
          {'count':{'$gt':'%%prevRoot.count'}}                           | TRUE
          {'%%this':{'$lte':'%%prev'}}                                   | FALSE
          {'count':{'$lt':'%%values.limit'}}                             | TRUE
          {'count':{'$gt':'6'}}                                          | FALSE
          {'count':{'$gt':{'$numberDecimal':'-Infinity'}}}               | TRUE
          {'count':{'$gt':{'$numberDecimal':'-0'}}}                      | TRUE
          {'count':{'$lt':{'$numberDecimal':'1E+6000'}}}                 | TRUE
          {'count':{'$lt':{'$numberDouble':'NaN'}}}                      | FALSE
          {'missing':{'$gt':1}}                                          | FALSE
          {'missing':{'$lt':1}}                                          | FALSE
          {'count':{'$gt':'%%user.data.missing'}}                        | UNDECIDED
          {'status':{'$gt':'a'}}                                         | TRUE
          {'when':{'$lt':{'$date':'2024-01-03T00:00:00Z'}}}              | TRUE
          {'numbers':{'$gt':2}}                                          | TRUE
          {'numbers':{'$gt':3}}                                          | FALSE
          {'status':{'$in':['old','new']}}                               | TRUE
          {'status':{'%in':[]}}                                          | FALSE
          {'status':{'$nin':['old']}}                                    | TRUE
          {'missing':{'$nin':['old']}}                                   | TRUE
          {'missing':{'$in':[null]}}                                     | TRUE
          {'tags':{'$in':['y','z']}}                                     | TRUE
          {'count':{'$in':[7.0]}}                                        | TRUE
          {'workspace':{'$in':'%%user.custom_data.workspaces'}}          | TRUE
          {'workspace':{'$in':['green','%%user.custom_data.workspaces.0']}} | TRUE
          {'workspace':{'$in':['green','%%user.data.missing']}}          | UNDECIDED
          {'workspace':{'$nin':['green','%%user.data.missing']}}         | UNDECIDED
          {'workspace':{'$in':['red','%%user.data.missing']}}            | TRUE
          {'workspace':{'$in':'%%user.data.missing'}}                    | UNDECIDED
          {'workspace':{'$nin':'%%user.data.missing'}}                   | UNDECIDED
          {'workspace':{'$in':'%%values.key'}}                           | UNDECIDED
          {'missing':{'$in':'%%values.holes'}}                           | FALSE
          {'workspace':{'$in':'%%values.holes'}}                         | TRUE
          {'tags':{'$all':['y','x']}}                                    | TRUE
          {'tags':{'%all':['x','z']}}                                    | FALSE
          {'tags':{'$all':[]}}                                           | FALSE
          {'missing':{'$all':['x']}}                                     | FALSE
          {'tags':{'$all':['x','%%user.data.missing']}}                  | UNDECIDED
          {'tags':{'$size':2}}                                           | TRUE
          {'tags':{'%size':3}}                                           | FALSE
          {'status':{'$size':1}}                                         | FALSE
          {'status':{'$exists':true}}                                    | TRUE
          {'status':{'%exists':false}}                                   | FALSE
          {'missing':{'$exists':false}}                                  | TRUE
          {'nothing':{'$exists':true}}                                   | TRUE
          {'status':{'$exists':1}}                                       | TRUE
          {'missing':{'$exists':0}}                                      | TRUE
          {'status':{'$exists':'%%true'}}                                | TRUE
          {'status':{'$exists':'%%false'}}                               | FALSE
          {'%%user.id':{'$exists':true}}                                 | TRUE
          """)
  void operators(String expression, Truth truth) {
    assertTruth(expression, truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'_id':{'%stringToOid':'%%user.id'}}                                  | TRUE
          {'_id':{'$stringToOid':'628e47baf4c2ac2796fc8a91'}}                   | TRUE
          {'_id':{'%stringToOid':'628e47baf4c2ac2796fc8a92'}}                   | FALSE
          {'_id':{'%stringToOid':'not hex'}}                                    | UNDECIDED
          {'%not':{'_id':{'%stringToOid':'not hex'}}}                           | UNDECIDED
          {'_id':{'%stringToOid':'%%user.data.missing'}}                        | UNDECIDED
          {'_id':{'$ne':{'%stringToOid':'%%user.custom_data._id'}}}             | TRUE
          {'_id':{'$in':[{'%stringToOid':'%%user.id'}]}}                        | TRUE
          {'%%root._id':{'%stringToOid':'%%user.id'}}                           | TRUE
          {'owner_id':{'%oidToString':'%%root._id'}}                            | TRUE
          {'owner_id':{'%oidToString':'%%root.status'}}                         | UNDECIDED
          {'owner_id':{'%oidToString':{'$oid':'628e47baf4c2ac2796fc8a91'}}}     | TRUE
          {'uuid':{'%stringToUuid':'3B241101-E2BB-4255-8CAF-4136C566A962'}}     | TRUE
          {'uuid':{'%stringToUuid':'3b241101e2bb42558caf4136c566a962'}}         | UNDECIDED
          {'uuid':{'%stringToUuid':'3-241101-0000e2bb-4255-8caf-4136c566'}}     | UNDECIDED
          {'%%user.id':{'%uuidToString':'%%root.uuid'}}                         | FALSE
          {'%%user.id':{'$ne':{'%uuidToString':'%%root.uuid'}}}                 | TRUE
          {'%%user.id':{'%uuidToString':'%%root._id'}}                          | UNDECIDED
          """)
  void converters(String expression, Truth truth) {
    assertTruth(expression, truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'%%true':true}                                               | TRUE
          {'%%true':'%%user.data.admin'}                                | TRUE
          {'%%false':'%%user.data.admin'}                               | FALSE
          {'%%false':{'status':'old'}}                                  | TRUE
          {'%%true':{'%or':[{'status':'old'},{'count':7}]}}             | TRUE
          {'%%true':{'%not':{'%function':{'name':'no'}}}}               | TRUE
          {'%%true':{'$eq':'%%user.data.admin'}}                        | TRUE
          {'%%true':{'$in':['%%user.data.admin']}}                      | TRUE
          {'%%true':'yes'}                                              | FALSE
          {'%%true':1}                                                  | FALSE
          {'%%false':null}                                              | FALSE
          {'%%true':'%%user.data.word'}                                 | UNDECIDED
          {'%%false':'%%user.data.missing'}                             | UNDECIDED
          {'%%environment.tag':'production'}                            | TRUE
          {'%%environment.values.open':true}                            | TRUE
          {'%%environment':{'tag':'production'}}                        | TRUE
          {'%%values.key':'s3cret'}                                     | TRUE
          {'%%values.none':'s3cret'}                                    | FALSE
          {'%%request.httpMethod':'GET'}                                | TRUE
          {'%%request.webhookUrl':'/door'}                              | TRUE
          {'%%request.remoteIPAddress':'192.0.2.7'}                     | TRUE
          {'%%request.remoteIPAddress':{'$nin':['192.0.2.7']}}          | FALSE
          {'%%request.remoteIPAddress':{'$nin':'%%values.blocked'}}     | TRUE
          {'%%request.requestHeaders.x-secret-key':'my-secret'}         | TRUE
          {'%%request.requestHeaders.X-SECRET-KEY':'my-secret'}         | TRUE
          {'%%request.requestHeaders.X-Secret-Key.0':'my-secret'}       | TRUE
          {'%%request.requestHeaders':{'x-secret-key':'my-secret'}}     | TRUE
          {'%%request':{'requestHeaders':{'x-secret-key':'my-secret'}}} | TRUE
          {'%%request.requestHeaders.x-secret-key':'my-secre'}          | FALSE
          {'%%request.requestHeaders.x-secret-key':'My-secret'}         | FALSE
          {'%%request.requestHeaders.x-other':'my-secret'}              | FALSE
          {'%%request.requestHeaders.x-other':{'$exists':false}}        | TRUE
          {'%%request.requestHeaders.accept':'*/*'}                     | TRUE
          {'%%request.requestHeaders.accept':['text/plain','*/*']}      | TRUE
          {'%%request.httpmethod':'GET'}                                | FALSE
          {'%%user.type':'normal'}                                      | TRUE
          {'%%root.status':'new','%%prevRoot.status':'draft'}           | TRUE
          {'%%this':5,'%%prev':4}                                       | TRUE
          {'%%partition':'x'}                                           | FALSE
          """)
  void expansions(String expression, Truth truth) {
    assertTruth(expression, truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'%%true':{'%function':{'name':'yes','arguments':['%%root']}}}                | TRUE
          {'%%true':{'%function':{'name':'no'}}}                                        | FALSE
          {'%%false':{'%function':{'name':'no'}}}                                       | TRUE
          {'%function':{'name':'yes'}}                                                  | TRUE
          {'%function':{'name':'word'}}                                                 | UNDECIDED
          {'%%true':{'%function':{'name':'word'}}}                                      | UNDECIDED
          {'%%user.data.word':{'%function':{'name':'word'}}}                            | TRUE
          {'%%user.data.word':{'$ne':{'%function':{'name':'word'}}}}                    | FALSE
          {'workspace':{'$in':{'%function':{'name':'list'}}}}                           | TRUE
          {'workspace':{'%function':{'name':'list'}}}                                   | FALSE
          {'missing':{'%function':{'name':'null'}}}                                     | UNDECIDED
          {'missing':{'%function':{'name':'nothing'}}}                                  | UNDECIDED
          {'status':{'%function':{'name':'echo','arguments':['%%root.status']}}}        | TRUE
          {'status':{'%function':{'name':'echo','arguments':['%%user.data.missing']}}}  | UNDECIDED
          {'%%true':{'%function':{'name':'fails'}}}                                     | UNDECIDED
          {'%%true':{'%function':{'name':'throwsAtOnce'}}}                              | UNDECIDED
          {'%%false':{'%function':{'name':'fails'}}}                                    | UNDECIDED
          {'%not':{'%%true':{'%function':{'name':'fails'}}}}                            | UNDECIDED
          {'status':{'$ne':{'%function':{'name':'fails'}}}}                             | UNDECIDED
          {'%or':[{'%function':{'name':'fails'}},true]}                                 | TRUE
          {'%nor':[{'%function':{'name':'fails'}}]}                                     | UNDECIDED
          """)
  void functions(String expression, Truth truth) {
    assertTruth(expression, truth);
  }

  /// An insert has no document before it; a field can be written once.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'%%prevRoot':{'%exists':false}}                                        | TRUE      | FALSE
          {'%%prev':{'$exists':false}}                                            | TRUE      | FALSE
          {'%or':[{'%%prevRoot':{'%exists':true}},{'%%root.status':'old'}]}       | FALSE     | TRUE
          {'%%this':{'$lte':'%%prev'}}                                            | UNDECIDED | FALSE
          {'%%prev':'%%this'}                                                     | FALSE     | FALSE
          """)
  void beforeAnInsertAndBeforeAnUpdate(String expression, Truth insert, Truth update) {
    assertThat(Samples.decide(expression, Samples.factsOfInsert())).isEqualTo(insert);
    assertThat(Samples.decide(expression)).isEqualTo(update);
  }

  /// What exported apps say.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'email':'%%user.custom_data.manages'}                                                      | TRUE
          {'email':'%%user.data.email'}                                                               | FALSE
          {'workspace':{'$in':'%%user.custom_data.workspaces'}}                                       | TRUE
          {'$or':[{'%%root.userId':{'%stringToOid':'%%user.custom_data._id'}},{'%%root.owner_id':'%%user.id'}]} | TRUE
          {'$or':[{'master':null},{'master':'%%user.custom_data.masterId'}]}                          | TRUE
          {'%%request.remoteIPAddress':{'$nin':['192.0.2.7','192.0.2.8']}}                            | FALSE
          {'owner_id':'%%user.id'}                                                                    | TRUE
          {'%%true':{'%function':{'name':'no','arguments':['%%root']}}}                               | FALSE
          """)
  void expressionsOfExportedApps(String expression, Truth truth) {
    assertTruth(expression, truth);
  }
}
