package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.ValidationMethod;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Data API as it is on the wire, for callers who need no credentials.
class DataApiTest extends GatewayTestBase {

  static final String APP = "shop-abcde";
  private static final String BASE = "/app/" + APP + "/endpoint/data/v1/action/";
  private static final String PLACE =
      "'dataSource':'mongodb-atlas','database':'d','collection':'c'";

  @BeforeEach
  void deployShop() {
    deploy(shop().dataApi(settings(ReturnType.JSON, "v1")));
  }

  private static TestApps shop() {
    return TestApps.app(APP)
        .dataSource("mongodb-atlas")
        .with(HttpMethod.ANY, "/data/v1/action/find", "shadowed");
  }

  private static DataApi settings(ReturnType returnType, String... versions) {
    return new DataApi(
        false,
        List.of(versions),
        returnType,
        false,
        false,
        new RunAs.AsSystem(),
        ValidationMethod.NO_VALIDATION,
        null,
        false,
        new BsonDocument());
  }

  private HttpResponse<String> ask(String action, String fields) {
    return post(action, "{" + PLACE + (fields.isEmpty() ? "" : ",") + fields + "}");
  }

  private HttpResponse<String> post(String action, String body, String... headers) {
    HttpRequest.Builder request = request(BASE + action).POST(text(body.replace('\'', '"')));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private Invocation.DataCall theCall() {
    assertThat(invoker.dataCalls()).hasSize(1);
    return invoker.dataCalls().getFirst();
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String error, String code) {
    JsonObject body = new JsonObject(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(body.getString("error")).isEqualTo(error);
    assertThat(body.getString("error_code")).isEqualTo(code);
    assertThat(body.getString("link"))
        .endsWith("/apps/" + APP + "/logs?co_id=" + header(answer, "X-Berth-Request-Id"));
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "findOne    | 'filter':{'a':1},'projection':{'a':1}                        | FIND_ONE    | {query:{a:1},projection:{a:1}}",
        "findOne    | ``                                                           | FIND_ONE    | {}",
        "find       | 'filter':{'a':1},'sort':{'a':1},'limit':5,'skip':2           | FIND        | {query:{a:1},sort:{a:1},limit:5,skip:2}",
        "find       | 'limit':{'$numberLong':'7'}                                  | FIND        | {limit:{$numberLong:'7'}}",
        "find       | ``                                                           | FIND        | {limit:1000}",
        "insertOne  | 'document':{'_id':{'$oid':'639a521bbdec9b85ba94014b'}}       | INSERT_ONE  | {document:{_id:{$oid:'639a521bbdec9b85ba94014b'}}}",
        "insertMany | 'documents':[{'n':1},{'n':{'$numberLong':'2'}}]              | INSERT_MANY | {documents:[{n:1},{n:{$numberLong:'2'}}]}",
        "updateOne  | 'filter':{'a':1},'update':{'$set':{'a':2}},'upsert':true     | UPDATE_ONE  | {query:{a:1},update:{$set:{a:2}},upsert:true}",
        "updateMany | 'filter':{},'update':[{'$set':{'a':2}}]                      | UPDATE_MANY | {query:{},update:[{$set:{a:2}}]}",
        "replaceOne | 'filter':{'a':1},'replacement':{'b':1},'upsert':false        | REPLACE_ONE | {query:{a:1},update:{b:1},upsert:false}",
        "deleteOne  | 'filter':{'a':1}                                             | DELETE_ONE  | {query:{a:1}}",
        "deleteMany | 'filter':{'a':{'$gt':1}}                                     | DELETE_MANY | {query:{a:{$gt:1}}}",
        "aggregate  | 'pipeline':[{'$match':{'a':1}}]                              | AGGREGATE   | {pipeline:[{$match:{a:1}}]}",
      })
  void everyActionReachesItsDataSource(
      String action, String fields, DataOperation operation, String expected) {
    assertThat(ask(action, fields).statusCode()).isEqualTo(200);

    BsonDocument all = BsonDocument.parse("{database: 'd', collection: 'c'}");
    all.putAll(BsonDocument.parse(expected));
    assertThat(theCall().operation()).isEqualTo(operation);
    assertThat(theCall().dataSource()).isEqualTo("mongodb-atlas");
    assertThat(theCall().arguments()).isEqualTo(all);
    assertThat(theCall().request().route()).isEqualTo("/data/v1/action/" + action);
    assertThat(invoker.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "findOne    | ``                              | {a:1}                | {^document^:{^a^:1}}",
        "findOne    | ``                              | null                 | {^document^:null}",
        "find       | ``                              | [{a:1}]              | {^documents^:[{^a^:1}]}",
        "aggregate  | 'pipeline':[]                   | []                   | {^documents^:[]}",
        "insertOne  | 'document':{}                   | {insertedId:{$oid:'639a521bbdec9b85ba94014b'}} | {^insertedId^:^639a521bbdec9b85ba94014b^}",
        "updateOne  | 'filter':{},'update':{'$set':{'a':1}} | {matchedCount:1,modifiedCount:0} | {^matchedCount^:1,^modifiedCount^:0}",
        "deleteOne  | 'filter':{}                     | {deletedCount:1}     | {^deletedCount^:1}",
      })
  void answersHaveTheDocumentedShape(String action, String fields, String result, String expected) {
    invoker.answersData(
        new Outcome.Returned(
            BsonDocument.parse("{value: " + result + "}").getOrDefault("value", BsonNull.VALUE)));

    HttpResponse<String> answer = ask(action, fields);

    assertThat(answer.body()).isEqualTo(expected.replace('^', '"'));
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JSON  |                             | application/json",
        "JSON  | */*                         | application/json",
        "JSON  | application/ejson           | application/ejson",
        "EJSON | */*                         | application/ejson",
        "EJSON | application/json            | application/json",
        "EJSON | text/html, application/json | application/json",
      })
  void theFormatIsWhatTheClientAcceptsOrElseWhatTheAppSays(
      ReturnType returnType, @Nullable String accept, String expected) {
    deploy(shop().dataApi(settings(returnType, "v1")), 2);
    invoker.answersData(new Outcome.Returned(BsonDocument.parse("{matchedCount: 1}")));
    String body = "{" + PLACE + ",'filter':{},'update':{'$set':{'a':1}}}";

    HttpResponse<String> answer =
        accept == null ? post("updateOne", body) : post("updateOne", body, "Accept", accept);

    assertThat(header(answer, "Content-Type")).isEqualTo(expected);
    assertThat(answer.body())
        .isEqualTo(
            expected.endsWith("ejson")
                ? "{\"matchedCount\":{\"$numberInt\":\"1\"}}"
                : "{\"matchedCount\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/ejson",
        "application/x-www-form-urlencoded",
        "text/plain",
      })
  void aBodyIsReadAsExtendedJsonWhateverItsTypeSays(String contentType) {
    post(
        "insertOne",
        "{" + PLACE + ",'document':{'n':{'$numberLong':'1'},'i':1,'d':1.5}}",
        "Content-Type",
        contentType);

    BsonValue document = theCall().arguments().get("document");
    assertThat(document).isEqualTo(BsonDocument.parse("{n: {$numberLong: '1'}, i: 1, d: 1.5}"));
  }

  @Test
  void aBodyMayComeWithGet() {
    String body = ("{" + PLACE + "}").replace('\'', '"');

    assertThat(send(request(BASE + "findOne").method("GET", text(body))).statusCode())
        .isEqualTo(200);
    assertThat(theCall().operation()).isEqualTo(DataOperation.FIND_ONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find       | ``                                                  | missing parameter: 'dataSource'",
        "find       | 'dataSource':'mongodb-atlas','collection':'c'       | missing parameter: 'database'",
        "find       | 'dataSource':'mongodb-atlas','database':'d'         | missing parameter: 'collection'",
        "insertOne  | PLACE                                               | missing parameter: 'document'",
        "insertOne  | PLACE,'document':null                               | missing parameter: 'document'",
        "insertMany | PLACE                                               | missing parameter: 'documents'",
        "updateOne  | PLACE,'update':{'$set':{'a':1}}                     | missing parameter: 'filter'",
        "updateMany | PLACE,'filter':{}                                   | missing parameter: 'update'",
        "replaceOne | PLACE,'filter':{}                                   | missing parameter: 'replacement'",
        "deleteOne  | PLACE                                               | missing parameter: 'filter'",
        "deleteMany | PLACE                                               | missing parameter: 'filter'",
        "aggregate  | PLACE                                               | missing parameter: 'pipeline'",
      })
  void whatIsMissingIsNamedAndNothingReachesTheData(String action, String fields, String error) {
    assertRefused(
        post(action, "{" + fields.replace("PLACE", PLACE) + "}"), 400, error, "MissingParameter");
    assertThat(invoker.dataCalls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find       | 'dataSource':1                 | 'dataSource' must be a string",
        "find       | 'database':{}                  | 'database' must be a string",
        "find       | 'collection':['c']             | 'collection' must be a string",
        "find       | 'filter':[]                    | 'filter' must be an object",
        "find       | 'filter':'{}'                  | 'filter' must be an object",
        "find       | 'projection':1                 | 'projection' must be an object",
        "find       | 'sort':[['a',1]]               | 'sort' must be an object",
        "find       | 'limit':'5'                    | 'limit' must be a whole number that is not negative",
        "find       | 'limit':-1                     | 'limit' must be a whole number that is not negative",
        "find       | 'limit':1.5                    | 'limit' must be a whole number that is not negative",
        "find       | 'skip':{'$numberLong':'9999999999'} | 'skip' must be a whole number that is not negative",
        "insertOne  | 'document':[]                  | 'document' must be an object",
        "insertMany | 'documents':{}                 | 'documents' must be an array of objects",
        "insertMany | 'documents':[{},1]             | 'documents' must be an array of objects",
        "updateOne  | 'filter':{},'update':'x'       | 'update' must be an object or an array of objects",
        "updateOne  | 'filter':{},'update':[1]       | 'update' must be an object or an array of objects",
        "updateOne  | 'filter':{},'update':{},'upsert':1 | 'upsert' must be true or false",
        "replaceOne | 'filter':{},'replacement':[]   | 'replacement' must be an object",
        "aggregate  | 'pipeline':{}                  | 'pipeline' must be an array of objects",
      })
  void aWrongTypeIsNamedAndNothingReachesTheData(String action, String fields, String error) {
    // Of a field given twice the last one counts.
    assertRefused(ask(action, fields), 400, "invalid parameter: " + error, "InvalidParameter");
    assertThat(invoker.dataCalls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "'text'", "null", "{", "no json", "{'a':{'$oid':'x'}}"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertRefused(post("find", body), 400, "the body must be a JSON object", "BadRequest");
  }

  @Test
  void aBodyThatIsNestedTooDeepIsRefused() {
    String deep = "{'a':".repeat(5000) + "1" + "}".repeat(5000);

    assertRefused(
        ask("find", "'filter':" + deep), 400, "the body must be a JSON object", "BadRequest");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    assertRefused(
        post("find", " ".repeat(MAX_REQUEST_BYTES + 1)),
        413,
        "the request body is larger than the limit of 65536 bytes",
        "ReadSizeLimitExceeded");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertRefused(
        post("find", "{'dataSource':'other','database':'d','collection':'c'}"),
        404,
        "service not found: 'other'",
        "ServiceNotFound");
    assertRefused(ask("drop", ""), 404, "action not found: 'drop'", "EndpointNotFound");
    assertRefused(
        send(request("/app/" + APP + "/endpoint/data/v1/other").POST(text("{}"))),
        404,
        "no matching endpoint",
        "EndpointNotFound");
    assertThat(invoker.dataCalls()).isEmpty();
  }

  @Test
  void anActionIsNotAskedForWithOtherMethods() {
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      assertRefused(
          send(request(BASE + "find").method(method, text("{}"))),
          405,
          "actions are asked for with POST",
          "BadRequest");
    }
  }

  @Test
  void onlyTheVersionsOfTheAppAnswer() {
    deploy(shop().dataApi(settings(ReturnType.JSON, "beta")), 2);
    String body = ("{" + PLACE + "}").replace('\'', '"');

    HttpResponse<String> beta =
        send(request("/app/" + APP + "/endpoint/data/beta/action/find").POST(text(body)));
    HttpResponse<String> other =
        send(request("/app/" + APP + "/endpoint/data/v2/action/find").POST(text(body)));

    assertThat(beta.statusCode()).isEqualTo(200);
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(errorCode(other)).isEqualTo("EndpointNotFound");
  }

  @Test
  void whereTheDataApiIsDisabledItsUrlsBelongToTheEndpoints() {
    deploy(shop(), 2);

    assertThat(ask("find", "").statusCode()).isEqualTo(204);
    assertThat(ask("findOne", "").statusCode()).isEqualTo(404);
    assertThat(invoker.onlyCall().function()).isEqualTo("shadowed");
    assertThat(invoker.dataCalls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NoMatchingRuleFound, 403",
    "InvalidParameter, 400",
    "MongoDBError, 400",
    "SchemaValidationFailedWrite, 400",
    "InternalServerError, 500",
  })
  void whatTheDataSourceRefusesHasItsStatus(String code, int status) {
    invoker.answersData(new Outcome.Threw(code, "not permitted"));

    assertRefused(ask("find", ""), status, "not permitted", code);
  }

  @Test
  void limitsAndWorkersEndAsForEndpoints() {
    invoker.answersData(new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded"));
    assertRefused(
        ask("find", ""), 400, "execution time limit exceeded", "ExecutionTimeLimitExceeded");

    invoker.answersData(new Outcome.Lost("worker 7 is gone"));
    assertRefused(ask("find", ""), 503, "the app was stopped while it ran", "InternalServerError");
  }

  @Test
  void aPageOfAnotherOriginMayAskButNotWithAPassword() {
    HttpResponse<String> answer =
        send(
            request(BASE + "find")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://shop.example.com")
                .header("Access-Control-Request-Headers", "authorization, apiKey, password, x-a"));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Access-Control-Allow-Headers"))
        .contains("Authorization", "x-a")
        .doesNotContain("apiKey", "password");
  }

  @Test
  void aPageOfAnOriginThatIsNotListedMayNot() {
    deploy(shop().dataApi(settings(ReturnType.JSON, "v1")).origin("https://shop.example.com"), 2);

    HttpResponse<String> answer =
        post("find", "{" + PLACE + "}", "Origin", "https://other.example.com");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(invoker.dataCalls()).isEmpty();
  }

  @Test
  void theOpenApiDocumentListsEveryActionAndNothingOfTheData() {
    HttpResponse<String> answer = get("/app/" + APP + "/endpoint/data/v1/openapi.json");

    JsonObject document = new JsonObject(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(document.getJsonArray("servers").getJsonObject(0).getString("url"))
        .isEqualTo(
            "http://127.0.0.1:" + gateway.actualPort() + "/app/" + APP + "/endpoint/data/v1");
    assertThat(document.getJsonObject("paths").fieldNames())
        .containsExactlyInAnyOrder(
            "/action/findOne",
            "/action/find",
            "/action/insertOne",
            "/action/insertMany",
            "/action/updateOne",
            "/action/updateMany",
            "/action/replaceOne",
            "/action/deleteOne",
            "/action/deleteMany",
            "/action/aggregate");
    JsonObject body =
        document
            .getJsonObject("paths")
            .getJsonObject("/action/updateOne")
            .getJsonObject("post")
            .getJsonObject("requestBody")
            .getJsonObject("content")
            .getJsonObject("application/ejson")
            .getJsonObject("schema");
    assertThat(body.getJsonArray("required").encode())
        .isEqualTo("[\"dataSource\",\"database\",\"collection\",\"filter\",\"update\"]");
    assertThat(answer.body()).doesNotContain("mongodb-atlas");
    assertThat(document.getJsonArray("security").encode()).isEqualTo("[{}]");
  }

  private static String errorCode(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("error_code");
  }
}
