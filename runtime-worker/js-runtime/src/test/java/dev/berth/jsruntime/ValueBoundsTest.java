package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.bounds.ValueBounds;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One value may only get so large. App code hears of it in time to do something else, and its
/// next request is served.
class ValueBoundsTest {

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
      })
  void aStringHasABound(String expression) {
    assertThat(caught("const s = 'x'.repeat(2 ** 24);", expression))
        .isEqualTo("RangeError: Invalid string length");
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
