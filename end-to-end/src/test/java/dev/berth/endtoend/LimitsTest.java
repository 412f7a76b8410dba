package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client, an operator and Prometheus see when an invocation passes a limit, in the process
/// of `berth dev` and in a worker process.
@ParameterizedClass(name = "with {0} worker processes")
@ValueSource(ints = {0, 1})
class LimitsTest {

  private static final int AT_ONCE = 3;
  private static final int MAY_WAIT = 2;

  @TempDir private static Path folder;
  private static BerthProcess berth;

  /// Takes connections and says nothing.
  private static ServerSocket silence;

  @Parameter private int workers;

  @BeforeParameterizedClassInvocation
  static void start(int workers) throws IOException {
    silence = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    AppFolder app =
        AppFolder.in(folder, "app")
            .endpoint("fine", "exports = () => 'fine';")
            .endpoint(
                "nap", "exports = () => new Promise(r => setTimeout(() => r('slept'), 1000));")
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
            "--limit=memory=50m",
            "--limit=async-operations=50",
            "--limit=sockets=5",
            "--limit=response-size=2m",
            "--limit=log-lines=5",
            "--limit=invocations-per-app=" + AT_ONCE,
            "--limit=waiting-per-app=" + MAY_WAIT,
            "--limit=request-size=10k",
            "--workers=" + workers);
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

  @AfterParameterizedClassInvocation
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
    assertThat(counted(limit)).as("with %d workers", workers).isEqualTo(before + 1);
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
  void callsForWhichThereIsNoRoomAreRefusedAndTheOthersRun() {
    int before = refused("too_many_waiting");
    List<CompletableFuture<HttpResponse<String>>> calls =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> berth.get("/nap"), ownThreads()))
            .limit(2 * (AT_ONCE + MAY_WAIT))
            .toList();

    List<HttpResponse<String>> answers = calls.stream().map(CompletableFuture::join).toList();

    assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
        .hasSizeGreaterThanOrEqualTo(AT_ONCE + MAY_WAIT);
    assertThat(answers.stream().filter(answer -> answer.statusCode() == 503))
        .isNotEmpty()
        .hasSize(refused("too_many_waiting") - before)
        .allSatisfy(
            answer ->
                assertThat(answer.body())
                    .contains("the app cannot take this request now", "InternalServerError"));
    berth.awaitLine(
        line ->
            line.contains("request not taken by any worker")
                && line.contains("reason=\"too many calls of this app are waiting\""));
    assertThat(berth.get("/fine").body()).isEqualTo("\"fine\"");
  }

  private static Executor ownThreads() {
    return task -> Thread.ofVirtual().start(task);
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
    return meter("berth_limits_passed_total", "limit=\"" + limit + "\"");
  }

  private static int ended(String outcome) {
    return meter("berth_invocations_seconds_count", "outcome=\"" + outcome + "\"");
  }

  private static int refused(String reason) {
    return meter("berth_invocations_refused_total", "reason=\"" + reason + "\"");
  }

  /// Of all processes together.
  private static int meter(String name, String label) {
    URI all = berth.metrics().resolve("/metrics/all");
    String text = BerthProcess.send(HttpRequest.newBuilder(all).GET()).body();
    Pattern line = Pattern.compile("(?m)^" + name + "\\{(?:process=[^,]*,)?" + label + "} (.+)$");
    List<MatchResult> values = line.matcher(text).results().toList();
    assertThat(values).as(name + " in " + text).isNotEmpty();
    return values.stream().mapToInt(value -> (int) Double.parseDouble(value.group(1))).sum();
  }
}
