package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// App code in worker processes, which really are killed here.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WorkersTest {

  @TempDir private Path folder;

  private BerthProcess start(AppFolder app, int workers) {
    BerthProcess berth =
        BerthProcess.dev(folder, app.path().toString(), "--workers", Integer.toString(workers));
    berth.awaitLine(line -> line.startsWith("App code runs in"));
    return berth;
  }

  private AppFolder app() {
    return AppFolder.in(folder, "app")
        .endpoint("hello", "exports = () => { console.log('said hello'); return 'hello'; };")
        .endpoint("slow", "exports = () => new Promise(r => setTimeout(() => r('slow'), 60000));")
        .endpoint(
            "store",
            "exports = async () => {"
                + " const items = context.services.get('mongodb-atlas').db('d').collection('items');"
                + " await items.insertOne({ a: 1 }); return items.count(); };");
  }

  @Test
  void aCallRunsInAWorkerAndReachesTheDatabaseAndTheConsole() {
    AppFolder app = app();
    try (BerthProcess berth = start(app, 1)) {
      assertThat(berth.get("/hello").body()).isEqualTo("\"hello\"");
      berth.awaitLine(line -> line.contains("said hello"));
      assertThat(berth.get("/store").body()).isEqualTo("1");
      assertThat(berth.output()).contains("App code runs in a worker process of its own");

      app.write("functions/hello.js", "exports = () => 'changed';");

      berth.awaitLine(line -> line.contains("revision 2 is live"));
      assertThat(berth.get("/hello").body()).isEqualTo("\"changed\"");
    }
  }

  @Test
  void workersCompileJavaScriptUnlessToldOtherwise() {
    String[] arguments = {"dev", "--port", "0", "--workers", "1", app().path().toString()};
    try (BerthProcess berth = BerthProcess.run(folder, Map.of(), arguments)) {
      berth.awaitLine(line -> line.contains("JavaScript is compiled when it gets hot"));
      berth.awaitLine(line -> line.startsWith("Ready in"));

      assertThat(berth.get("/hello").body()).isEqualTo("\"hello\"");
      assertThat(berth.get("/store").body()).isEqualTo("1");
    }
  }

  /// The call a worker holds when it is killed fails at once, all later ones run elsewhere.
  @Test
  void aKilledWorkerIsReplacedAndTakesOnlyItsOwnCallsWithIt() {
    try (BerthProcess berth = start(app(), 1)) {
      berth.get("/hello");
      CompletableFuture<HttpResponse<String>> held =
          CompletableFuture.supplyAsync(() -> berth.get("/slow"));
      ProcessHandle worker = berth.theFirstWorker();
      // The worker answers in order of arrival, so the slow call is in it by then.
      assertThat(berth.get("/hello").statusCode()).isEqualTo(200);

      worker.destroyForcibly();

      HttpResponse<String> lost = held.join();
      assertThat(lost.statusCode()).isEqualTo(503);
      assertThat(lost.body()).contains("the app was stopped while it ran");
      assertThat(berth.untilAnswered("/hello").body()).isEqualTo("\"hello\"");
      berth.awaitLine(line -> line.contains("a worker died; it is replaced"));
    }
  }

  /// No way is known to end this call but with its process; meanwhile no other call fails.
  @Test
  void aWorkerWithACallThatCannotBeEndedIsReplacedWithoutAnotherCallFailing() {
    AppFolder app = app().endpoint("big", "exports = () => (3n ** (2n ** 26n)).toString().length;");
    try (BerthProcess berth = start(app, 1)) {
      assertThat(berth.get("/hello").statusCode()).isEqualTo(200);
      ProcessHandle worker = berth.theFirstWorker();

      assertThat(berth.get("/big").body()).contains("memory limit exceeded");

      int calls = 0;
      while (worker.isAlive()) {
        assertThat(berth.get("/hello").statusCode()).isEqualTo(200);
        calls++;
      }
      assertThat(berth.get("/hello").body()).isEqualTo("\"hello\"");
      assertThat(calls).isPositive();
      assertThat(berth.output()).contains("a worker holds a call that cannot be ended");
    }
  }

  @Test
  void workersEndWithTheProcessThatStartedThemHoweverItEnds() {
    BerthProcess berth = start(app(), 2);
    List<ProcessHandle> workers = berth.workers();
    assertThat(workers).hasSizeGreaterThanOrEqualTo(2);

    berth.kill();

    workers.forEach(worker -> worker.onExit().orTimeout(60, TimeUnit.SECONDS).join());
    BerthProcess again = start(app(), 1);
    List<ProcessHandle> others = again.workers();
    again.terminate();
    assertThat(others).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void whatWorkersMeasureCanBeFoundAndRead() {
    try (BerthProcess berth =
        BerthProcess.dev(folder, app().path().toString(), "--workers=1", "--metrics-port=0")) {
      berth.get("/hello");
      URI listing = berth.metrics().resolve("/targets");

      JsonArray targets =
          new JsonArray(BerthProcess.send(HttpRequest.newBuilder(listing).GET()).body());

      List<String> counted =
          targets.stream()
              .map(target -> ((JsonObject) target).getJsonArray("targets").getString(0))
              .map(address -> HttpRequest.newBuilder(URI.create("http://" + address + "/metrics")))
              .map(request -> BerthProcess.send(request.GET()).body())
              .filter(
                  text -> text.contains("berth_invocations_seconds_count{outcome=\"responded\"} 1"))
              .toList();
      assertThat(counted).hasSize(1);
      assertThat(BerthProcess.send(HttpRequest.newBuilder(berth.metrics()).GET()).body())
          .contains("berth_workers_replaced_total 0.0", "berth_apps_broken_off 0.0");
    }
  }

  @Test
  void workersAreACountThatFits() {
    try (BerthProcess berth =
        BerthProcess.run(folder, java.util.Map.of(), "dev", "x", "--workers", "-1")) {
      assertThat(berth.awaitExit()).isEqualTo(2);
      assertThat(berth.output()).contains("--workers must be between 0 and 64, and is -1");
    }
  }
}
