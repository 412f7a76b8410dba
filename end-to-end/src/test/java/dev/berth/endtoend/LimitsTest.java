package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client, an operator and Prometheus see when an invocation passes a limit.
class LimitsTest {

  @TempDir private static Path folder;
  private static BerthProcess berth;

  /// Takes connections and says nothing.
  private static ServerSocket silence;

  @BeforeAll
  static void start() throws IOException {
    silence = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    AppFolder app =
        AppFolder.in(folder, "app")
            .endpoint("fine", "exports = () => 'fine';")
            .endpoint("time", stubborn("await new Promise(() => setTimeout(() => {}, 1e9));"))
            .endpoint("cpu_time", stubborn("for (;;) { try { for (;;); } catch (e) {} }"))
            .endpoint("memory", stubborn("const a = []; for (;;) a.push(new Uint8Array(4e6));"))
            .endpoint(
                "stack_frames", stubborn("(function f() { try { f(); } catch (e) { f(); } })();"))
            .endpoint(
                "async_operations",
                stubborn(
                    "await Promise.all([...Array(51)].map(() => new Promise(r => setTimeout(r, 9))));"))
            .endpoint(
                "sockets",
                "const port = %d;%n".formatted(silence.getLocalPort())
                    + stubborn(
                        "await Promise.all([...Array(6)].map(() => context.http.get({ url: 'http://127.0.0.1:' + port })));"))
            .endpoint("response_size", "exports = () => 'x'.repeat(3e6);")
            .endpoint(
                "log_lines", "exports = () => { for (let i = 0; i < 9; i++) console.log(i); };");
    berth =
        BerthProcess.dev(
            folder,
            app.path().toString(),
            "--metrics-port=0",
            "--limit=time=8s",
            "--limit=cpu-time=500ms",
            "--limit=memory=100m",
            "--limit=async-operations=50",
            "--limit=sockets=5",
            "--limit=response-size=2m",
            "--limit=log-lines=5",
            "--limit=request-size=10k");
  }

  /// Does that within everything app code has to keep an end away.
  private static String stubborn(String body) {
    return """
        exports = async () => {
          try {
            %s
          } catch (e) {
            return 'caught ' + e;
          } finally {
            return 'still here';
          }
        };
        """
        .formatted(body);
  }

  @AfterAll
  static void stop() throws IOException {
    berth.close();
    silence.close();
  }

  @ParameterizedTest
  @CsvSource({
    "time, ExecutionTimeLimitExceeded, execution time limit exceeded",
    "cpu_time, ExecutionTimeLimitExceeded, CPU time limit exceeded",
    "memory, FunctionExecutionError, memory limit exceeded",
    "stack_frames, FunctionExecutionError, maximum call depth of 4000 frames exceeded",
    "async_operations, FunctionExecutionError, exceeded max async work queue size of 50",
    "sockets, FunctionExecutionError, exceeded max number of open sockets of 5",
    "response_size, FunctionExecutionError, the response is larger than 2097152 bytes",
  })
  void aPassedLimitIsAnsweredLoggedAndCountedOnceAndLeavesTheAppWell(
      String limit, String errorCode, String message) {
    assertThat(berth.get("/fine").body()).isEqualTo("\"fine\"");
    int before = counted(limit);
    int overBefore = ended("over_limit");

    HttpResponse<String> answer = berth.get("/" + limit);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(message, "\"error_code\":\"" + errorCode + "\"");
    assertThat(berth.get("/fine").body()).isEqualTo("\"fine\"");
    assertThat(counted(limit)).isEqualTo(before + 1);
    assertThat(ended("over_limit")).isEqualTo(overBefore + 1);
    berth.awaitLine(
        line ->
            line.contains("an invocation passed a limit")
                && line.contains("limit=\"" + limit.toUpperCase(Locale.ROOT) + "\"")
                && line.contains("function=\"" + limit + "\""));
  }

  @Test
  void linesPastTheLimitAreDroppedWithANoteAndTheCallGoesOn() {
    int before = counted("log_lines");

    HttpResponse<String> answer = berth.get("/log_lines");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(counted("log_lines")).isEqualTo(before + 1);
    berth.awaitLine(line -> line.contains("later lines of this invocation are not shown"));
    berth.awaitLine(line -> line.contains("limit=\"LOG_LINES\""));
    assertThat(berth.output()).contains("] 4\n").doesNotContain("] 5\n");
  }

  @Test
  void aRequestThatIsTooLargeRunsNothing() {
    int before = ended("responded");

    HttpResponse<String> answer = berth.post("/fine", "x".repeat(10 * 1024 + 1));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("ReadSizeLimitExceeded");
    assertThat(ended("responded")).isEqualTo(before);
  }

  @Test
  void aLimitThatDoesNotExistStopsTheStartWithTheOnesThatDo() {
    try (BerthProcess wrong =
        BerthProcess.run(
            folder, Map.of(), "dev", "app", "--limit=tmie=3s", "--limit=memory=much")) {
      assertThat(wrong.awaitExit()).isEqualTo(2);
      assertThat(wrong.output())
          .contains("there is no limit \"tmie\"; there are time, cpu-time, memory,")
          .contains("memory must be a size such as 64k, 512m or 2g, and is \"much\"");
    }
  }

  private static int counted(String limit) {
    return meter("berth_limits_passed_total\\{limit=\"" + limit + "\"}");
  }

  private static int ended(String outcome) {
    return meter("berth_invocations_seconds_count\\{outcome=\"" + outcome + "\"}");
  }

  private static int meter(String name) {
    String all = BerthProcess.send(HttpRequest.newBuilder(berth.metrics()).GET()).body();
    Matcher value = Pattern.compile("(?m)^" + name + " ([0-9.]+)$").matcher(all);
    assertThat(value.find()).as(name + " in " + all).isTrue();
    return (int) Double.parseDouble(value.group(1));
  }
}
