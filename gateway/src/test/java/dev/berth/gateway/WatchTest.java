package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.ServiceTerms;
import dev.berth.invocation.Caller;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Watching through the client API, as it is on the wire.
@Timeout(60)
class WatchTest extends UsersTestBase {

  private static final String WATCH =
      "{'name':'watch','service':'mongodb-atlas','arguments':[{'database':'d','collection':'c'}]}";

  /// Of one app through one gateway.
  private static final int MOST_WATCHING = 200;

  private final Queue<Outcome> looks = new ConcurrentLinkedQueue<>();
  private Tokens bob = new Tokens("", "", "");

  @BeforeEach
  void deployShop() {
    deploy(shop(APP, false, new RunAs.Caller()).dataSource("mongodb-atlas"));
    bob = signUp(APP, EMAIL);
    invoker.forget();
    invoker.answersData(this::look);
  }

  private Future<Outcome> look(Invocation.DataCall call) {
    Outcome next = looks.poll();
    return Future.succeededFuture(next == null ? seen("[]", 0) : next);
  }

  private static Outcome seen(String events, int position) {
    return new Outcome.Returned(
        BsonDocument.parse("{events: " + events + ", position: {n: " + position + "}}"));
  }

  private static String url(String request, String more) {
    String json = request.replace('\'', '"');
    String base64 = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    return CLIENT
        + "/app/"
        + APP
        + "/functions/call?baas_request="
        + URLEncoder.encode(base64, StandardCharsets.UTF_8)
        + more;
  }

  private HttpResponse<String> refused(String request) {
    return ask("GET", url(request, ""), bob.access());
  }

  private HttpResponse<InputStream> open(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<InputStream> watch() {
    return open(request(url(WATCH, "")).header("Authorization", "Bearer " + bob.access()));
  }

  /// Reads so many lines that are not empty; fewer when the stream ends before.
  private static List<String> lines(HttpResponse<InputStream> response, int count) {
    try {
      var reader =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isEmpty()) {
          lines.add(line);
        }
        if (lines.size() == count) {
          break;
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void eventsArriveInTheFormThatClientsUndo() {
    looks.add(seen("[]", 1));
    looks.add(seen("[{operationType: 'insert', fullDocument: {t: '100%\\n', n: 1}}]", 2));
    looks.add(seen("[{operationType: 'delete'}]", 3));

    HttpResponse<InputStream> response = watch();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("text/event-stream");
    assertThat(lines(response, 3))
        .containsExactly(
            ":",
            "data: {\"operationType\":\"insert\",\"fullDocument\":{\"t\":\"100%25\\n\","
                + "\"n\":{\"$numberInt\":\"1\"}}}",
            "data: {\"operationType\":\"delete\"}");
    assertThat(invoker.dataCalls().getFirst().arguments())
        .isEqualTo(BsonDocument.parse("{database: 'd', collection: 'c'}"));
    assertThat(invoker.dataCalls().get(1).arguments())
        .isEqualTo(BsonDocument.parse("{database: 'd', collection: 'c', position: {n: 1}}"));
    assertThat(invoker.dataCalls().get(2).arguments().getDocument("position"))
        .isEqualTo(BsonDocument.parse("{n: 2}"));
    assertThat(invoker.dataCalls().getFirst().operation()).isEqualTo(DataOperation.CHANGES);
    assertThat(invoker.dataCalls().getFirst().envelope().caller())
        .isInstanceOfSatisfying(
            Caller.SignedIn.class, user -> assertThat(user.id()).isEqualTo(bob.userId()));
  }

  @Test
  void theTokenMayStandInTheUrlAndIsNotShownToRules() {
    HttpResponse<InputStream> response = open(request(url(WATCH, "&baas_at=" + bob.access())));

    assertThat(lines(response, 1)).containsExactly(":");
    assertThat(invoker.dataCalls().getFirst().request().rawQueryString()).isEmpty();
  }

  @Test
  void idsAndFiltersReachTheDataSource() {
    lines(
        open(
            request(
                    url(
                        "{'name':'watch','service':'mongodb-atlas','arguments':[{'database':'d',"
                            + "'collection':'c','ids':[{'$numberInt':'1'}],'limit':5}]}",
                        ""))
                .header("Authorization", "Bearer " + bob.access())),
        1);
    lines(
        open(
            request(
                    url(
                        "{'name':'watch','service':'mongodb-atlas','arguments':[{'database':'d',"
                            + "'collection':'c','filter':{'fullDocument.a':1}}]}",
                        ""))
                .header("Authorization", "Bearer " + bob.access())),
        1);

    List<BsonDocument> arguments =
        invoker.dataCalls().stream()
            .map(Invocation.DataCall::arguments)
            .filter(given -> !given.containsKey("position"))
            .toList();
    assertThat(arguments)
        .containsExactly(
            BsonDocument.parse("{database: 'd', collection: 'c', ids: [1]}"),
            BsonDocument.parse("{database: 'd', collection: 'c', query: {'fullDocument.a': 1}}"));
  }

  @Test
  void stitchAsksFirstAndGetsCompactEvents() {
    String compact =
        "{'name':'watch','service':'mongodb-atlas','arguments':[{'database':'d','collection':'c',"
            + "'useCompactEvents':true}]}";
    String url =
        url(compact, "&stitch_at=" + bob.access()).replace("baas_request", "stitch_request");

    HttpResponse<String> asked = get(url + "&stitch_validate=true");
    looks.add(seen("[]", 1));
    looks.add(
        seen(
            """
            [{_id: 1, operationType: 'update', documentKey: {_id: 1}, fullDocument: {_id: 1},
              updateDescription: {updatedFields: {}, removedFields: []}}]
            """,
            2));
    HttpResponse<InputStream> response = open(request(url));

    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(lines(response, 2).getLast())
        .isEqualTo(
            "data: {\"ot\":\"update\",\"dk\":{\"_id\":{\"$numberInt\":\"1\"}},"
                + "\"fd\":{\"_id\":{\"$numberInt\":\"1\"}},"
                + "\"ud\":{\"updatedFields\":{},\"removedFields\":[]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'watch','service':'other','arguments':[{'database':'d','collection':'c'}]} | 404 | ServiceNotFound",
        "{'name':'find','service':'mongodb-atlas','arguments':[{'database':'d','collection':'c'}]} | 400 | InvalidParameter",
        "{'name':'watch','arguments':[{'database':'d','collection':'c'}]} | 400 | InvalidParameter",
        "{'name':'watch','service':'mongodb-atlas','arguments':[]}        | 400 | InvalidParameter",
        "{'name':'watch','service':'mongodb-atlas','arguments':[{'database':'d'}]} | 400 | MissingParameter",
        "[1]                                                              | 400 | InvalidParameter",
        "no json                                                          | 400 | InvalidParameter",
      })
  void whatMakesNoSenseIsAnOrdinaryError(String request, int status, String code) {
    HttpResponse<String> answer = refused(request);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(errorCode(answer)).isEqualTo(code);
    assertThat(invoker.dataCalls()).isEmpty();
  }

  @Test
  void rulesThatSayNoAtOnceAreAnOrdinaryError() {
    looks.add(new Outcome.Threw("NoMatchingRuleFound", "no rule exists for this collection"));

    HttpResponse<String> answer = refused(WATCH);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(errorCode(answer)).isEqualTo("NoMatchingRuleFound");
  }

  @Test
  void whoFindsNoWorkerIsToldWhenToComeAgain() {
    looks.add(new Outcome.Unavailable("no worker is there"));

    HttpResponse<String> answer = refused(WATCH);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "Retry-After")).isEqualTo("1");
  }

  @Test
  void whoComesWhenTheAppHasAsManyRequestsAsItMayIsToldWhenToComeAgain() throws IOException {
    List<HttpResponse<InputStream>> watching = new ArrayList<>();
    for (int i = 0; i < MAX_CONCURRENT; i++) {
      watching.add(watch());
    }

    HttpResponse<String> answer = refused(WATCH);
    for (HttpResponse<InputStream> each : watching) {
      each.body().close();
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "Retry-After")).isEqualTo("1");
  }

  @Test
  void whoFindsNoPlaceAmongThoseWhoWatchIsToldWhenToComeAgain() throws IOException {
    ServiceTerms many = new ServiceTerms(1, List.of(ServiceTerms.EVERYWHERE), null, 1000);
    TestApps app = shop(APP, false, new RunAs.Caller()).dataSource("mongodb-atlas");
    catalog.apply(new AppChange.Deployed(app.at(2).on(many)));
    List<HttpResponse<InputStream>> watching = new ArrayList<>();
    for (int i = 0; i < MOST_WATCHING; i++) {
      watching.add(watch());
      assertThat(watching.getLast().statusCode()).isEqualTo(200);
    }

    HttpResponse<String> answer = refused(WATCH);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(errorCode(answer)).isEqualTo("TooManyRequests");
    assertThat(header(answer, "Retry-After")).isEqualTo("5");
    for (HttpResponse<InputStream> each : watching) {
      each.body().close();
    }
    await(() -> admitted(watch()));
  }

  /// Leaves again.
  private static boolean admitted(HttpResponse<InputStream> response) {
    try {
      response.body().close();
      return response.statusCode() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nobodyWatchesWithoutAToken() {
    HttpResponse<String> answer = get(url(WATCH, ""));
    HttpResponse<String> wrong = get(url(WATCH, "&baas_at=x"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(errorCode(answer)).isEqualTo("MissingAuthReq");
    assertThat(errorCode(wrong)).isEqualTo("InvalidSession");
    assertThat(invoker.dataCalls()).isEmpty();
  }

  private void assertEndsWith(HttpResponse<InputStream> response, String code) {
    List<String> lines = lines(response, Integer.MAX_VALUE);

    assertThat(lines).contains("event: error");
    JsonObject error = new JsonObject(lines.getLast().substring("data: ".length()));
    assertThat(error.getString("error_code")).isEqualTo(code);
  }

  @Test
  void theStreamEndsWhenTheRulesNoLongerAllowIt() {
    looks.add(seen("[]", 1));
    looks.add(new Outcome.Threw("NoMatchingRuleFound", "no rule exists for this collection"));

    assertEndsWith(watch(), "NoMatchingRuleFound");
  }

  @Test
  void theStreamEndsWithTheToken() {
    HttpResponse<InputStream> response = watch();

    pass(Duration.ofHours(1));

    assertEndsWith(response, "InvalidSession");
  }

  @Test
  void theStreamEndsWithTheApp() {
    HttpResponse<InputStream> response = watch();
    catalog.apply(new AppChange.Removed(new AppId(APP)));

    assertThat(lines(response, Integer.MAX_VALUE)).contains("event: error");
  }

  @Test
  void aWorkerThatIsReplacedEndsNothing() {
    looks.add(seen("[]", 1));
    looks.add(new Outcome.Unavailable("no worker is there"));
    looks.add(new Outcome.Lost("worker 7 is gone"));
    looks.add(seen("[{operationType: 'insert'}]", 2));

    assertThat(lines(watch(), 2)).containsExactly(":", "data: {\"operationType\":\"insert\"}");
    assertThat(invoker.dataCalls().get(3).arguments().getDocument("position"))
        .isEqualTo(BsonDocument.parse("{n: 1}"));
  }

  @Test
  void aClientThatGoesIsCountedOut() throws IOException {
    for (int i = 0; i < MAX_CONCURRENT; i++) {
      HttpResponse<InputStream> response = watch();
      lines(response, 1);
      response.body().close();
    }

    String call = CLIENT + "/app/" + APP + "/functions/call";
    await(() -> post(call, JsonObject.of("name", "sum"), bob.access()).statusCode() != 429);
  }

  @Test
  void aStopDoesNotWaitForThoseWhoWatch() {
    HttpResponse<InputStream> response = watch();

    join(gateway.stop());

    assertThat(lines(response, Integer.MAX_VALUE)).doesNotContain("event: error");
  }
}
