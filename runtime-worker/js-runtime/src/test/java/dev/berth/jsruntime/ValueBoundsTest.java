package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import dev.berth.jsruntime.bounds.ValueBounds;
import dev.berth.jsruntime.frames.GuestThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One value may only get so large. App code hears of it in time to do something else, and its
/// next request is served.
class ValueBoundsTest {

  private static final String DEEP_JSON = "JSON.parse('['.repeat(depth) + ']'.repeat(depth))";

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'x'.repeat(2 ** 25 + 1)",
        "'x'.padStart(2 ** 29)",
        "'x'.padEnd(2 ** 25 + 1)",
        "s + s + s",
        "`${s}${s}${s}`",
        "s.concat(s, s)",
        "[s, s, s].join('')",
        "new Array(2 ** 32 - 1).join('xx')",
        "JSON.stringify([s, s, s])",
        "String.raw({ raw: [s, s, s] })",
        "'x'.repeat(2 ** 12).replaceAll('x', 'y'.repeat(2 ** 16))",
        "'x'.repeat(2 ** 12).replace(/x/g, 'y'.repeat(2 ** 16))",
        "'x'.repeat(2 ** 12).replaceAll('x', () => 'y'.repeat(2 ** 16))",
        "encodeURIComponent('\\u0fff'.repeat(2 ** 22))",
        "escape('\\u0fff'.repeat(2 ** 23))",
        "'\\ufdfa'.repeat(2 ** 21).normalize('NFKD')",
      })
  void aStringHasABound(String expression) {
    assertThat(caught("const s = 'x'.repeat(2 ** 24);", expression))
        .isEqualTo("RangeError: Invalid string length");
  }

  @Test
  void aTextOfJsonNestsOnlySoDeep() {
    assertThat(caught("const depth = " + ValueBounds.JSON_DEPTH + " + 1;", DEEP_JSON))
        .isEqualTo("RangeError: Cannot parse JSON constructs nested that deep");
  }

  @Test
  void aTextOfJsonMayNestFarDeeperThanADocument() {
    assertThat(caught("const depth = " + ValueBounds.JSON_DEPTH + ";", DEEP_JSON))
        .isEqualTo("fine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Uint8Array(2 ** 25 + 1)",
        "new Float64Array(2 ** 22 + 1)",
        "new ArrayBuffer(2 ** 25 + 1)",
        "new ArrayBuffer(1, { maxByteLength: 2 ** 25 + 1 })",
        "new Uint8Array({ length: 2 ** 26 })",
        "Uint8Array.from({ length: 2 ** 26 })",
        "new ArrayBuffer(1).transfer(2 ** 25 + 1)",
      })
  void aBufferHasABound(String expression) {
    assertThat(caught("", expression)).startsWith("RangeError: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Math.max(...new Array(65536))",
        "Math.max.apply(null, new Array(65536))",
        "Math.max.apply(null, { length: 2 ** 31 })",
        "Reflect.apply(Math.max, null, new Array(65536))",
        "Reflect.construct(Array, new Array(65536))",
        "new Array(...new Array(65536))",
      })
  void aCallHasABoundOnItsArguments(String expression) {
    assertThat(caught("", expression)).startsWith("RangeError: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (let i = a.length; ; i++) a[i] = i",
        "for (let i = a.length; ; i++) a[i] = i + 0.5",
        "for (;;) a = a.concat(a)",
        "a = new Array(16).fill(a).flat()",
      })
  void anArrayHasABound(String code) {
    assertThat(caught("let a = new Array(2 ** 20).fill(1);", code))
        .isEqualTo("RangeError: Invalid array length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval('x=1;'.repeat(3e6))",
        "(0, eval)('x=1;'.repeat(3e6))",
        "Function('x=1;'.repeat(3e6))",
        "new Function('a,'.repeat(2e5), '')",
        "(async () => {}).constructor('x=1;'.repeat(3e6))",
        "(function* () {}).constructor('x=1;'.repeat(3e6))",
        "(async function* () {}).constructor('x=1;'.repeat(3e6))",
      })
  void anEvaluatedSourceHasABound(String expression) {
    assertThat(caught("", expression))
        .isEqualTo("RangeError: the source is longer than 262144 characters");
  }

  @Test
  void aFunctionFileHasABound() throws InterruptedException {
    app.function("large", "exports = () => 1;" + " ".repeat(1 << 20));
    List<Problem> problems = new ArrayList<>();
    Thread check =
        new GuestThread(
            "check",
            () -> problems.addAll(SyntaxCheck.problems(RunningApp.engine(), app.definition())));

    check.start();
    check.join();

    assertThat(problems)
        .containsExactly(
            Problem.error(
                "functions/large.js", "", 0, "the file has 1048594 characters, more than 1048576"));
  }

  @Test
  void whatIsWithinTheBoundsWorks() {
    app.function(
        "main",
        """
        exports = () => [
          'x'.repeat(2 ** 25).length === 2 ** 25,
          new Uint8Array(2 ** 25).length === 2 ** 25,
          Math.max(...new Array(60000).fill(7)),
          String.fromCharCode.apply(null, new Uint16Array(65535).fill(65)).length,
        ].join();
        """);

    assertThat(app.returned("main"))
        .isEqualTo(new BsonString("true,true,7," + ValueBounds.ARGUMENTS));
  }

  /// What app code catches when it evaluates the expression.
  private String caught(String before, String expression) {
    app.timeLimit = Duration.ofMinutes(1);
    // Boxed numbers alone may come to more than an invocation may allocate, before the bound does.
    app.limits = app.limits.withAllocatedBytes(Long.MAX_VALUE);
    app.function(
        "main",
        "exports = () => { "
            + before
            + " try { "
            + expression
            + "; return 'fine'; } catch (e) { return '' + e; } };");
    app.function("fine", "exports = () => 1;");

    String caught = app.returned("main").asString().getValue();

    assertThat(app.returned("fine")).isEqualTo(new BsonInt32(1));
    return caught;
  }
}
