package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Caller;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Data sources through the client API, as it is on the wire.
class DataSourceCallsTest extends UsersTestBase {

  private static final String CALL = CLIENT + "/app/" + APP + "/functions/call";

  private Tokens bob = new Tokens("", "", "");

  @BeforeEach
  void deployShop() {
    deploy(shop(APP, false, new RunAs.Caller()).dataSource("mongodb-atlas"));
    bob = signUp(APP, EMAIL);
    invoker.forget();
  }

  private HttpResponse<String> call(String name, String argument) {
    return send(
        "{\"service\": \"mongodb-atlas\", \"name\": \"%s\", \"arguments\": [%s]}"
            .formatted(name, argument));
  }

  private HttpResponse<String> send(String body) {
    return send(request(CALL).POST(text(body)).header("Authorization", "Bearer " + bob.access()));
  }

  private Invocation.DataCall theCall() {
    assertThat(invoker.dataCalls()).hasSize(1);
    return invoker.dataCalls().getFirst();
  }

  private void assertRefused(HttpResponse<String> answer, int status, String error, String code) {
    JsonObject body = new JsonObject(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(body.getString("error")).isEqualTo(error);
    assertThat(body.getString("error_code")).isEqualTo(code);
    assertThat(body.getString("link")).contains("/apps/" + APP + "/logs?co_id=");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find              | 'query':{'a':1},'project':{'a':1},'sort':{'a':-1},'limit':{'$numberLong':'5'} | FIND                 | {query:{a:1},projection:{a:1},sort:{a:-1},limit:{$numberLong:'5'}}",
        "find              | 'project':{},'sort':{}                                                        | FIND                 | {}",
        "findOne           | 'query':{'_id':{'$oid':'639a521bbdec9b85ba94014b'}}                           | FIND_ONE             | {query:{_id:{$oid:'639a521bbdec9b85ba94014b'}}}",
        "aggregate         | 'pipeline':[{'$match':{}}]                                                    | AGGREGATE            | {pipeline:[{$match:{}}]}",
        "count             | 'query':{'a':1},'limit':3                                                     | COUNT                | {query:{a:1},limit:3}",
        "insertOne         | 'document':{'n':{'$numberInt':'1'}}                                           | INSERT_ONE           | {document:{n:1}}",
        "insertMany        | 'documents':[{},{}]                                                           | INSERT_MANY          | {documents:[{},{}]}",
        "updateOne         | 'query':{},'update':{'$set':{'a':1}},'upsert':true,'arrayFilters':[{'e':1}]   | UPDATE_ONE           | {query:{},update:{$set:{a:1}},upsert:true,arrayFilters:[{e:1}]}",
        "updateMany        | 'query':{},'update':{'$set':{'a':1}}                                          | UPDATE_MANY          | {query:{},update:{$set:{a:1}}}",
        "deleteOne         | 'query':{'a':1}                                                               | DELETE_ONE           | {query:{a:1}}",
        "deleteMany        | 'query':{'a':1}                                                               | DELETE_MANY          | {query:{a:1}}",
        "findOneAndUpdate  | 'filter':{'a':1},'update':{'$set':{'a':2}},'projection':{'a':1},'returnNewDocument':true | FIND_ONE_AND_UPDATE | {query:{a:1},update:{$set:{a:2}},projection:{a:1},returnNewDocument:true}",
        "findOneAndReplace | 'filter':{'a':1},'update':{'a':2},'upsert':true                                | FIND_ONE_AND_REPLACE | {query:{a:1},update:{a:2},upsert:true}",
        "findOneAndDelete  | 'filter':{'a':1},'sort':{'a':1}                                                | FIND_ONE_AND_DELETE  | {query:{a:1},sort:{a:1}}",
        "findOneAndReplace | 'filter':{'a':1},'sort':{'a':1}                                                | FIND_ONE_AND_DELETE  | {query:{a:1},sort:{a:1}}",
      })
  void everyOperationReachesItsDataSource(
      String name, String argument, DataOperation operation, String expected) {
    call(name, "{'database':'d','collection':'c',%s}".formatted(argument).replace('\'', '"'));

    assertThat(theCall().operation()).isEqualTo(operation);
    assertThat(theCall().dataSource()).isEqualTo("mongodb-atlas");
    BsonDocument all = BsonDocument.parse("{database: 'd', collection: 'c'}");
    all.putAll(BsonDocument.parse(expected));
    assertThat(theCall().arguments()).isEqualTo(all);
  }

  @Test
  void theCallerIsTheUserOfTheTokenAndNeverTheSystem() {
    call("find", "{\"database\": \"d\", \"collection\": \"c\"}");

    assertThat(theCall().envelope().caller())
        .isInstanceOfSatisfying(
            Caller.SignedIn.class, user -> assertThat(user.id()).isEqualTo(bob.userId()));
    assertThat(theCall().request().remoteIpAddress()).isEqualTo("127.0.0.1");
  }

  @Test
  void whatIsNoArgumentOfAClientDoesNotGetThrough() {
    call(
        "find",
        """
        {"database": "d", "collection": "c", "service": "other", "skip": 1, "allowDiskUse": true,
         "cursor": 1, "runAsSystem": true}
        """);

    assertThat(theCall().arguments())
        .isEqualTo(BsonDocument.parse("{database: 'd', collection: 'c'}"));
  }

  @Test
  void resultsAreCanonicalExtendedJson() {
    invoker.answersData(
        new Outcome.Returned(
            BsonArray.parse("[{_id: {$oid: '639a521bbdec9b85ba94014b'}, n: 1, d: 1.5}]")));

    HttpResponse<String> answer = call("find", "{\"database\": \"d\", \"collection\": \"c\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "[{\"_id\":{\"$oid\":\"639a521bbdec9b85ba94014b\"},\"n\":{\"$numberInt\":\"1\"},"
                + "\"d\":{\"$numberDouble\":\"1.5\"}}]");
  }

  @Test
  void aLargeResultArrivesWhole() {
    BsonArray documents = new BsonArray();
    for (int i = 0; i < 5000; i++) {
      documents.add(new BsonDocument("n", new BsonInt32(i)));
    }
    invoker.answersData(new Outcome.Returned(documents));

    HttpResponse<String> answer = call("find", "{\"database\": \"d\", \"collection\": \"c\"}");

    assertThat(BsonArray.parse(answer.body())).isEqualTo(documents);
  }

  @Test
  void countsAreLongAndNothingIsNull() {
    invoker.answersData(new Outcome.Returned(new BsonInt32(3)));
    assertThat(call("count", "{\"database\": \"d\", \"collection\": \"c\"}").body())
        .isEqualTo("{\"$numberLong\":\"3\"}");

    invoker.answersData(new Outcome.Returned(BsonNull.VALUE));
    assertThat(call("findOne", "{\"database\": \"d\", \"collection\": \"c\"}").body())
        .isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({
    "NoMatchingRuleFound, 403",
    "ServiceNotFound, 404",
    "InvalidParameter, 400",
    "MongoDBError, 400",
    "SchemaValidationFailedWrite, 400",
    "ReadSizeLimitExceeded, 400",
    "InternalServerError, 500",
  })
  void whatTheDataSourceRefusesHasItsStatus(String code, int status) {
    invoker.answersData(new Outcome.Threw(code, "insert not permitted"));

    assertRefused(
        call("insertOne", "{\"database\": \"d\", \"collection\": \"c\", \"document\": {}}"),
        status,
        "insert not permitted",
        code);
  }

  @Test
  void limitsAndWorkersEndAsForFunctions() {
    String argument = "{\"database\": \"d\", \"collection\": \"c\"}";
    invoker.answersData(new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded"));
    assertRefused(
        call("find", argument), 400, "execution time limit exceeded", "ExecutionTimeLimitExceeded");

    invoker.answersData(new Outcome.Unavailable("no worker is there"));
    HttpResponse<String> unavailable = call("find", argument);
    assertThat(unavailable.statusCode()).isEqualTo(503);
    assertThat(header(unavailable, "Retry-After")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'service':'mongo-db','name':'find','arguments':[{}]}           | 404 | ServiceNotFound        | service not found: 'mongo-db'",
        "{'service':'','name':'find','arguments':[{}]}                   | 404 | ServiceNotFound        | service not found: ''",
        "{'service':7,'name':'find','arguments':[{}]}                    | 400 | InvalidParameter       | invalid parameter: 'service' must be a string",
        "{'service':'mongodb-atlas','arguments':[{}]}                    | 400 | MissingParameter       | missing parameter: 'name'",
        "{'service':'mongodb-atlas','name':'drop','arguments':[{}]}      | 404 | ServiceCommandNotFound | service command not found: 'drop'",
        "{'service':'mongodb-atlas','name':'openCursor','arguments':[{}]} | 404 | ServiceCommandNotFound | service command not found: 'openCursor'",
        "{'service':'mongodb-atlas','name':'replaceOne','arguments':[{}]} | 404 | ServiceCommandNotFound | service command not found: 'replaceOne'",
        "{'service':'mongodb-atlas','name':'find'}                       | 400 | InvalidParameter       | invalid parameter: 'arguments' must be an array of one object",
        "{'service':'mongodb-atlas','name':'find','arguments':{}}        | 400 | InvalidParameter       | invalid parameter: 'arguments' must be an array",
        "{'service':'mongodb-atlas','name':'find','arguments':['x']}     | 400 | InvalidParameter       | invalid parameter: 'arguments' must be an array of one object",
        "{'service':'mongodb-atlas','name':'find','arguments':[{},{}]}   | 400 | InvalidParameter       | invalid parameter: 'arguments' must be an array of one object",
        "{'service':'mongodb-atlas','name':'find','arguments':[{'collection':'c'}]} | 400 | MissingParameter | missing parameter: 'database'",
        "{'service':'mongodb-atlas','name':'find','arguments':[{'database':'d','collection':null}]} | 400 | MissingParameter | missing parameter: 'collection'",
        "{'service':'mongodb-atlas','name':'find','arguments':[{'database':'d','collection':['c']}]} | 400 | InvalidParameter | invalid parameter: 'collection' must be a string",
        "{'service':'mongodb-atlas','name':'aggregate','arguments':[{'database':'d','collection':'c'}]} | 400 | MissingParameter | missing parameter: 'pipeline'",
        "{'service':'mongodb-atlas','name':'deleteOne','arguments':[{'database':'d','collection':'c','query':{},'filter':{}}]} | 400 | InvalidParameter | invalid parameter: 'filter' must be given once",
      })
  void aCallThatMakesNoSenseIsRefusedAndReachesNoData(
      String body, int status, String code, String error) {
    assertRefused(send(body.replace('\'', '"')), status, error.replace('"', '\''), code);
    assertThat(invoker.dataCalls()).isEmpty();
  }

  @Test
  void aNullServiceIsNone() {
    BsonValue three = new BsonInt32(3);
    invoker.answersFunctions(_ -> Future.succeededFuture(new Outcome.Returned(three)));

    assertThat(send("{\"service\": null, \"name\": \"sum\"}").body())
        .isEqualTo("{\"$numberInt\":\"3\"}");
  }

  @Test
  void nobodyCallsWithoutAToken() {
    String body =
        "{\"service\": \"mongodb-atlas\", \"name\": \"find\", \"arguments\":"
            + " [{\"database\": \"d\", \"collection\": \"c\"}]}";

    assertThat(send(request(CALL).POST(text(body))).statusCode()).isEqualTo(401);
    pass(Duration.ofHours(1));
    HttpResponse<String> expired = send(body);

    assertThat(expired.statusCode()).isEqualTo(401);
    assertThat(errorCode(expired)).isEqualTo("InvalidSession");
    assertThat(invoker.dataCalls()).isEmpty();
  }
}
