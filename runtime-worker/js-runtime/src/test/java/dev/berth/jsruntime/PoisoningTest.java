package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.frames.FrameLimit;
import java.time.Duration;
import java.util.List;
import org.bson.BsonValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The attack that would break classes of the JVM for everybody, until it is restarted: to use up
/// the stack and call built-ins there that have never run before.
///
/// What is broken shows in a fresh engine and context without any attack, so that is where the
/// probes run. Where JavaScript is compiled, the attack goes on until it runs as machine code.
@Tag("own-jvm")
class PoisoningTest {

  /// The first of everything takes its time on a busy machine, most of all compiled.
  private static final Duration PATIENCE = Duration.ofSeconds(55);

  /// Each alone, so that a broken one names itself.
  private static final List<String> PROBES =
      List.of(
          "JSON.stringify({ a: [1, 'x', null, true, 1.5] })",
          "JSON.parse('{\"a\":[1,{\"b\":2}]}').a[1].b",
          "[3, 1, 2].sort().join()",
          "[3, 1, 2].toSorted((a, b) => b - a).join()",
          "new Map([[1, 2]]).get(1)",
          "[...new Set([1, 1, 2])].join()",
          "new WeakMap([[{}, 1]]) instanceof WeakMap",
          "[1, 2].map(x => x * 2).filter(x => x > 2).reduce((a, b) => a + b, 0)",
          "[1, [2, [3]]].flat(2).join()",
          "Array.from({ length: 3 }, (_, i) => i).join()",
          "[1, 2, 3].includes(2)",
          "[1, 2, 3].splice(1, 1).join()",
          "new Proxy({}, { get: () => 7 }).x",
          "Reflect.ownKeys({ a: 1 }).join()",
          "Object.entries({ a: 1 }).join()",
          "Object.getOwnPropertyNames(class { static m() {} }).join()",
          "structuredCloneLike({ a: 1 }).a",
          "(1.5).toString()",
          "(255).toString(16)",
          "(1 / 3).toFixed(5)",
          "(1e21).toPrecision(3)",
          "(123456789).toExponential(2)",
          "parseInt('7f', 16)",
          "parseFloat('1.25e3')",
          "Number('0x1f')",
          "Math.hypot(3, 4)",
          "Math.pow(2, 0.5).toFixed(3)",
          "BigInt('123456789012345678901234567890') * 3n + ''",
          "(2n ** 70n).toString(36)",
          "'a-b-c'.split('-').length",
          "'a-b'.replace(/-/g, '+')",
          "/(?<year>\\d{4})/.exec('in 2026').groups.year",
          "[...'a1b2'.matchAll(/\\d/g)].join()",
          "/(a)\\1/u.test('aa')",
          "'x'.padStart(5, 'ab')",
          "'\\u00e9'.normalize('NFD').length",
          "'ABC'.toLowerCase().localeCompare('abd')",
          "'\\ud83d\\ude00'.codePointAt(0)",
          "encodeURIComponent('\\u00fc/?')",
          "decodeURIComponent('%C3%BC')",
          "new Intl.NumberFormat('en').format(1234.5)",
          "new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(new Date(0))",
          "new Date(0).toISOString()",
          "new Date('2026-02-03T04:05:06Z').getTime()",
          "new Date(2026, 1, 3).toString()",
          "new Uint8Array([1, 2, 3]).map(x => x + 1).join()",
          "new DataView(new ArrayBuffer(8)).getFloat64(0)",
          "new TextDecoder().decode(new TextEncoder().encode('\\u00fc'))",
          "`${Symbol('x').toString()}`",
          "String(new Error('e'))",
          "new Error('e').stack.length > 0",
          "(() => { try { null.x; } catch (e) { return e.name; } })()",
          "[...(function* () { yield* [1, 2]; })()].join()",
          "new Function('a', 'return a + 1')(1)",
          "eval('1 + 1')",
          "(({ a, ...rest }) => rest.b)({ a: 1, b: 2 })",
          "new (class A { #p = 1; get p() { return this.#p; } })().p",
          "EJSON.stringify({ d: new Date(0), n: 1 })",
          "EJSON.parse('{\"$numberLong\":\"5\"}') + ''",
          "new BSON.ObjectId('507f1f77bcf86cd799439011').toString()");

  private static final String PROBE =
      "const structuredCloneLike = value => JSON.parse(JSON.stringify(value));\n"
          + "exports = () => ["
          + String.join(",\n", PROBES.stream().map(probe -> "() => String(" + probe + ")").toList())
          + "].map(f => { try { return f(); } catch (e) { return 'broken: ' + e; } });";

  /// What a stack that ends would break is called at its end, in the order of the list.
  private static final List<String> ATTACKS =
      List.of(
          """
          JSON.stringify({ a: [1] }); [3, 1].sort(); new Map([[1, 2]]); [1].map(x => x).join();
          new Proxy({}, {}).x; Reflect.ownKeys({}); new WeakMap(); Symbol('s').toString();
          """,
          """
          new Intl.NumberFormat('de').format(1); new Date().toLocaleString('de'); (1.5).toFixed(1);
          BigInt('5') ** 3n; (2n ** 70n).toString(36); parseFloat('1e3'); new Uint8Array(8).map(x => x);
          """,
          """
          /(a)|b/.exec('a'); 'a-b'.split('-'); 'a'.normalize('NFD'); encodeURIComponent('x');
          eval('1'); new Function('return 1')();
          """,
          """
          console.log({ a: new Date() }); setTimeout(attack, 0); context.values.get('x');
          EJSON.stringify({ d: new Date() }); new BSON.ObjectId();
          """);

  /// Nothing may have run before in this JVM, neither the probes nor another test: what is
  /// initialised in peace can no longer be broken.
  @Test
  @Timeout(300)
  void builtInsAtTheEndOfTheStackBreakNothing() {
    for (String handler : ATTACKS) {
      attack(
          "const attack = () => { try { attack(); } catch (e) { %1$s } finally { %1$s } };"
              .formatted(handler));
    }

    BsonValue answers = probe();

    assertThat(answers.asArray())
        .hasSize(PROBES.size())
        .extracting(answer -> answer.asString().getValue())
        .noneMatch(answer -> answer.startsWith("broken"));
  }

  private static void attack(String source) {
    Outcome ended = new Outcome.OverLimit(Limit.STACK_FRAMES, FrameLimit.EXCEEDED);
    try (MachineCode compiled = new MachineCode();
        RunningApp app = new RunningApp()) {
      app.timeLimit = PATIENCE;
      app.function("main", source + " exports = attack;");
      do {
        assertThat(app.call("main")).isEqualTo(ended);
      } while (!RunningApp.engine().isInterpreted() && !compiled.of("attack"));
      assertThat(app.call("main")).isEqualTo(ended);
    }
  }

  /// In an engine and a context that have nothing to do with the attack but the JVM.
  private static BsonValue probe() {
    try (JsEngine engine = JsEngine.start();
        RunningApp app = new RunningApp(engine)) {
      app.timeLimit = PATIENCE;
      return app.function("probe", PROBE).returned("probe");
    }
  }
}
