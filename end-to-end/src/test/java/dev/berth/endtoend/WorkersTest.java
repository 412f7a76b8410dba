package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// App code in worker processes, which really are killed here.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WorkersTest {

  private static final String SLOW =
      "exports = () => { console.log('it began'); return new Promise(r => setTimeout(r, 60000)); };";

  private static final String MASTER_KEY = "c29tZSBrZXkgdGhhdCBpcyBmb3IgdGhpcyB0ZXN0IG8=";

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

  /// Three workers have to die of it for that; what is refused harms no more of them.
  @Test
  void anAppThatEndsItsWorkersIsBrokenOffWhileItsNeighbourIsServed() {
    AppFolder.in(folder, "harmful").endpoint("slow", SLOW);
    AppFolder.in(folder, "harmless").endpoint("hello", "exports = () => 'hello';");
    try (BerthProcess berth = BerthProcess.dev(folder, "harmful", "harmless", "--workers", "1")) {
      String harmful = berth.appIds().getFirst();
      String harmless = berth.appIds().getLast();

      int crashed = 0;
      for (int deaths = 0; deaths < 3; deaths++) {
        crashed += endAWorkerDuring(() -> berth.getFrom(harmful, "/slow"), berth);
      }
      berth.awaitLine(line -> line.contains("an app keeps ending its workers"));

      // At once: a break is over after half a minute.
      HttpResponse<String> refused = berth.getFrom(harmful, "/slow");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      HttpResponse<String> served = berth.getFrom(harmless, "/hello");
      while (served.statusCode() == 503) {
        LockSupport.parkNanos(BerthProcess.POLL_NANOS);
        served = berth.getFrom(harmless, "/hello");
      }
      assertThat(served.body()).isEqualTo("\"hello\"");
      assertThat(timesSaid("a worker died; it is replaced", berth)).isEqualTo(crashed);
    }
  }

  /// Two workers that were started at the same moment cannot be told from outside: when the call
  /// goes on, the other one holds it.
  ///
  /// @return how many workers it took
  private static int endAWorkerDuring(Supplier<HttpResponse<String>> slowCall, BerthProcess berth) {
    int begun = timesSaid("it began", berth);
    CompletableFuture<HttpResponse<String>> held = CompletableFuture.supplyAsync(slowCall);
    while (timesSaid("it began", berth) == begun) {
      // Between two workers there is a moment without one.
      if (held.isDone()) {
        held = CompletableFuture.supplyAsync(slowCall);
      }
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
    int crashed = 0;
    for (boolean ended = false; !ended; ended = endsSoon(held)) {
      int died = timesSaid("a worker died", berth);
      crash(berth.theFirstWorker());
      crashed++;
      while (timesSaid("a worker died", berth) == died) {
        LockSupport.parkNanos(BerthProcess.POLL_NANOS);
      }
    }
    assertThat(held.join().statusCode()).isEqualTo(503);
    return crashed;
  }

  /// The calls of a worker end before it is said to have died; their answers are on the way.
  private static boolean endsSoon(CompletableFuture<?> held) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!held.isDone() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
    return held.isDone();
  }

  /// Ends it by a signal that a JVM does not expect; one that is killed is nobody's fault. Others
  /// would have it write its memory to a file first.
  private static void crash(ProcessHandle worker) {
    try {
      new ProcessBuilder("kill", "-ALRM", Long.toString(worker.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int timesSaid(String text, BerthProcess berth) {
    return berth.output().split(text, -1).length - 1;
  }

  @Test
  void workersRetireUnderLoadWithoutACallFailing() {
    AppFolder app =
        app().endpoint("nap", "exports = () => new Promise(r => setTimeout(() => r(1), 1500));");
    try (BerthProcess berth =
        BerthProcess.run(
            folder,
            Map.of("BERTH_WORKER_RETIRE_AFTER_INVOCATIONS", "100", "BERTH_MASTER_KEY", MASTER_KEY),
            "dev",
            app.path().toString(),
            "--port=0",
            "--workers=1")) {
      berth.awaitLine(line -> line.startsWith("Ready in"));
      ProcessHandle first = berth.theFirstWorker();
      assertDoesNotKnow(first, MASTER_KEY);
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (String route : List.of("/hello", "/nap", "/hello", "/nap")) {
        clients.add(CompletableFuture.runAsync(() -> callUntilTwoRetired(berth, first, route)));
      }

      CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();

      assertThat(berth.output()).doesNotContain("died");
    }
  }

  /// Looks where the system shows what a process was started with, and only there is a check.
  private static void assertDoesNotKnow(ProcessHandle process, String secret) {
    Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
    if (Files.isReadable(environment)) {
      try {
        assertThat(Files.readString(environment, StandardCharsets.ISO_8859_1))
            .contains("PATH=")
            .doesNotContain(secret);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void callUntilTwoRetired(BerthProcess berth, ProcessHandle first, String route) {
    while (first.isAlive()) {
      assertServes(berth, route);
    }
    ProcessHandle second = berth.theFirstWorker();
    while (second.isAlive()) {
      assertServes(berth, route);
    }
  }

  private static void assertServes(BerthProcess berth, String route) {
    HttpResponse<String> response = berth.get(route);
    assertThat(response.statusCode())
        .as(() -> response.body() + "\n" + berth.output())
        .isEqualTo(200);
  }

  @Test
  void whatIsSetWronglyIsSaidInOneLine() {
    assertThat(mistake(Map.of(), "--workers=1", "--worker-heap=64m"))
        .contains("--worker-heap must be at least 128m, written like 512m or 2g, and is 64m");
    assertThat(mistake(Map.of("BERTH_WORKER_RETIRE_AFTER", "soon"), "--workers=1"))
        .contains("BERTH_WORKER_RETIRE_AFTER must be a duration like 90s, 30m or 12h");
  }

  private String mistake(Map<String, String> environment, String... options) {
    List<String> arguments = new ArrayList<>(List.of("dev", "x"));
    arguments.addAll(List.of(options));
    try (BerthProcess berth =
        BerthProcess.run(folder, environment, arguments.toArray(String[]::new))) {
      assertThat(berth.awaitExit()).isEqualTo(2);
      return berth.output();
    }
  }

  @Test
  void whatWorkersMeasureCanBeFoundAndRead() {
    try (BerthProcess berth =
        BerthProcess.dev(folder, app().path().toString(), "--workers=1", "--metrics-port=0")) {
      berth.get("/hello");
      URI listing = berth.metrics().resolve("/targets");

      JsonArray targets =
          new JsonArray(BerthProcess.send(HttpRequest.newBuilder(listing).GET()).body());

      List<String> ofWorkers =
          targets.stream()
              .map(target -> ((JsonObject) target).getJsonArray("targets").getString(0))
              .map(address -> HttpRequest.newBuilder(URI.create("http://" + address + "/metrics")))
              .map(request -> BerthProcess.send(request.GET()).body())
              .toList();
      assertThat(ofWorkers)
          .filteredOn(
              text -> text.contains("berth_invocations_seconds_count{outcome=\"responded\"} 1"))
          .hasSize(1);
      String ofMain = BerthProcess.send(HttpRequest.newBuilder(berth.metrics()).GET()).body();
      assertThat(ofMain)
          .contains("berth_workers_replaced_total 0.0", "berth_apps_broken_off 0.0")
          .contains("berth_requests_seconds_count{status=\"2xx\"} 1")
          .contains("berth_app_requests_total{app=\"" + berth.appIds().getFirst() + "\"");
      URI all = berth.metrics().resolve("/metrics/all");
      assertThat(BerthProcess.send(HttpRequest.newBuilder(all).GET()).body())
          .contains("\nberth_workers_replaced_total 0.0")
          .containsPattern(
              "berth_invocations_seconds_count\\{process=\"[a-z0-9-]+\",outcome=\"responded\"} 1");
      assertThat(ofMain)
          .contains("berth_deployments_total 1.0", "berth_apps 1.0")
          .contains("berth_bus_calls_seconds_count{outcome=\"responded\"} 1");
      assertThat(String.join("", ofWorkers))
          .contains("berth_contexts_made_total", "berth_contexts_evicted_total 0.0")
          .contains("berth_contexts_live", "berth_invocations_waiting 0.0")
          .contains("berth_guest_threads_busy", "berth_database_connections 0.0")
          .contains("berth_invocation_cpu_seconds_total", "berth_database_connections_in_use 0.0");
      assertThat(ofMain + String.join("", ofWorkers)).contains(Observability.metricsNamed());
    }
  }

  @Test
  void workersAreACountThatFits() {
    try (BerthProcess berth = BerthProcess.run(folder, Map.of(), "dev", "x", "--workers", "-1")) {
      assertThat(berth.awaitExit()).isEqualTo(2);
      assertThat(berth.output()).contains("--workers must be between 0 and 64, and is -1");
    }
  }
}
