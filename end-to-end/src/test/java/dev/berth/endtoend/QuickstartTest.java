package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The example app, called as its README says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuickstartTest {

  private static final String DOCUMENTED_BODY =
      """
      {
        "type": "event",
        "date": "2024-01-01T00:00:00.000Z",
        "name": "New Year Begins",
        "comment": "Happy New Year!"
      }""";

  private final Path data;
  private BerthProcess berth;

  QuickstartTest(@TempDir Path data) {
    this.data = data;
    this.berth = start(data);
  }

  private static BerthProcess start(Path data) {
    return BerthProcess.dev(data, Repository.quickstart().toString(), "--data", data + "/db");
  }

  @AfterAll
  void close() {
    berth.close();
  }

  @Test
  void itStartsWithoutASingleWarning() {
    assertThat(berth.output()).doesNotContain("WARN", "warning", "Exception", "OpenJDK");
  }

  @Test
  void theDocumentedCallIsAnsweredAsDocumented() {
    HttpResponse<String> answer =
        berth.post("/custom", DOCUMENTED_BODY, "Accept", "application/json");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"insertedId\":\"[0-9a-f]{24}\",\"message\":\"Successfully saved the request body\"}");
  }

  @Test
  void aMissingBodyIsSaidToBeMissing() {
    HttpResponse<String> answer = berth.post("/custom", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("Request body was not defined.");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
  }

  @Test
  void aBodyThatIsNotJsonIsTheFunctionsToRefuse() {
    assertThat(berth.post("/custom", "{oops").statusCode()).isEqualTo(400);
  }

  @Test
  void theFormatOfTheAnswerFollowsTheAcceptHeader() {
    berth.post("/hello", "{\"name\":\"Leafie\"}");

    assertThat(berth.get("/hello/latest", "Accept", "application/json").body())
        .matches(
            "\\{\"greeting\":\"Hello, \\w+!\",\"date\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z\"}");
    assertThat(berth.get("/hello/latest", "Accept", "application/ejson").body())
        .matches(
            "\\{\"greeting\":\"Hello, \\w+!\",\"date\":\\{\"\\$date\":\\{\"\\$numberLong\":\"\\d{13}\"}}}");
  }

  @Test
  void twoMethodsOfOneRouteAreTwoEndpoints() {
    HttpResponse<String> created = berth.post("/notes", "{\"text\":\"first\"}");

    assertThat(created.statusCode()).isBetween(200, 299);
    assertThat(berth.get("/notes").body()).contains("\"first\"");
  }

  @Test
  void whatDoesNotExistIsSaidSo() {
    assertThat(berth.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(berth.get("/nothing").body())
        .isEqualTo("{\"error\":\"no matching endpoint\",\"error_code\":\"EndpointNotFound\"}");
    assertThat(berth.get("/custom").statusCode()).as("another method").isEqualTo(404);
    URI unknown = berth.root().resolve("/app/nobody-abcde/endpoint/custom");
    HttpResponse<String> answer = BerthProcess.send(HttpRequest.newBuilder(unknown));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"cannot find app using Client App ID 'nobody-abcde'\"}");
  }

  @Test
  void healthIsReady() {
    URI health = berth.root().resolve("/health");

    assertThat(BerthProcess.send(HttpRequest.newBuilder(health)).statusCode()).isEqualTo(200);
  }

  @Test
  void dataAndUrlSurviveARestartAndAKill() {
    berth.post("/notes", "{\"text\":\"kept over a stop\"}");
    String url = berth.url("").getPath();
    berth.terminate();
    berth = start(data);
    assertThat(berth.get("/notes").body()).contains("kept over a stop");
    assertThat(berth.url("").getPath()).isEqualTo(url);

    berth.post("/notes", "{\"text\":\"kept over a kill\"}");
    berth.kill();
    berth = start(data);
    assertThat(berth.get("/notes").body()).contains("kept over a stop", "kept over a kill");
  }
}
