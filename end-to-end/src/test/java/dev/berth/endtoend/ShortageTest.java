package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is seen when app code fills the heap of its process before it comes to its own limit.
class ShortageTest {

  private static final String HOARDER =
      "exports = async () => { const kept = []; for (;;) { try { %s } catch (e) { kept.push(e); } } };";

  @TempDir private Path folder;

  @Test
  void whoTookMostEndsAndTheOthersAreRefusedAtMostUntilThen() {
    AppFolder.in(folder, "hoarder")
        .endpoint("buffers", HOARDER.formatted("kept.push(new Uint8Array(4e6));"))
        .endpoint("objects", HOARDER.formatted("kept.push({ kept: [1, 2, 3] });"));
    AppFolder.in(folder, "other").endpoint("fine", "exports = () => 'fine';");
    try (BerthProcess berth = BerthProcess.dev(folder, "hoarder", "other", "--metrics-port=0")) {
      String hoarder = berth.appIds().getFirst();
      String other = berth.appIds().getLast();

      for (String route : new String[] {"/buffers", "/objects"}) {
        CompletableFuture<HttpResponse<String>> ended =
            CompletableFuture.supplyAsync(() -> berth.getFrom(hoarder, route));
        while (!ended.isDone()) {
          assertThat(berth.getFrom(other, "/fine").statusCode()).isIn(200, 503);
        }

        assertThat(ended.join().statusCode()).isEqualTo(400);
        assertThat(ended.join().body())
            .contains("the worker is short of memory", "FunctionExecutionError");
        while (berth.getFrom(other, "/fine").statusCode() != 200) {
          assertThat(berth.isAlive()).isTrue();
        }
      }

      berth.awaitLine(
          line -> line.contains("the worker is short of memory; new calls are refused"));
      berth.awaitLine(
          line -> line.contains("limit=\"MEMORY\"") && line.contains("function=\"objects\""));
      assertThat(berth.output()).doesNotContain("the heap is full although nothing runs");
      String text = BerthProcess.send(HttpRequest.newBuilder(berth.metrics()).GET()).body();
      assertThat(text)
          .contains("berth_limits_passed_total{limit=\"memory\"} 2.0")
          .contains("berth_invocations_refused_total{reason=\"short_of_memory\"}");
    }
  }
}
