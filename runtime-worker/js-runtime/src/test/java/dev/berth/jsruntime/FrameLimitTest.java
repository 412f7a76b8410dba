package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.frames.FrameLimit;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// App code cannot run the stack of the JVM out, and so cannot break classes for its neighbours.
class FrameLimitTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  /// The attack that breaks a JVM: recurse, and call built-ins where the stack is about to end.
  private static final String PROBE =
      """
      exports = () => [JSON.stringify({ a: [1] }), [3, 1, 2].sort().join(), new Map([[1, 2]]).size,
        [1, 2].map(x => x).join(), new Proxy({}, {}) instanceof Object, (1.5).toString(), parseInt('7'),
        'a-b'.split('-').length, /(a)/.exec('a')[1], new Intl.NumberFormat('en').format(1234),
        new Date(0).toISOString(), `${Symbol('x').toString()}`, BigInt(5).toString(),
        EJSON.stringify({ d: new Date(0) }), BSON.ObjectId('507f1f77bcf86cd799439011').toString(),
        Object.entries({ a: 1 }).length, [...new Set([1])].length].join('|');
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const f = () => f(); exports = f;",
        "const f = () => { try { f(); } catch (e) { } }; exports = f;",
        "const f = () => { try { f(); } catch (e) { JSON.stringify({ a: [1] }); [3, 1].sort(); } }; exports = f;",
        "const f = () => { try { f(); } finally { new Map([[1, 2]]); /(a)/.exec('a'); } }; exports = f;",
        "const f = () => { try { f(); } catch (e) { new Intl.NumberFormat('de').format(1); BigInt(5) ** 3n; } }; exports = f;",
        "const f = () => { try { f(); } catch (e) { console.log({ a: new Date() }); setTimeout(f, 0); } }; exports = f;",
        "exports = () => { const a = { get a() { return this.a; } }; return a.a; };",
        "exports = () => { const p = new Proxy({}, { get: (t, k, r) => r[k] }); return p.x; };",
        "exports = () => { const a = { toString() { return '' + this; } }; return '' + a; };",
        "exports = () => { const a = { toJSON() { return JSON.stringify(this); } }; return JSON.stringify(a); };",
        "exports = () => { const f = () => [1, 2].sort(f); return f(); };",
        "exports = () => { const f = () => 'a'.replace(/a/, f); return f(); };",
        "exports = () => { const f = () => context.functions.execute('attack'); return f(); };",
        "class A { constructor() { new A(); } } exports = () => new A();",
        "function* g() { yield* g(); } exports = () => [...g()];",
        "const f = async () => { await f(); }; exports = f;",
        "const f = () => { try { f(); } catch (e) { f.call.call(f); } }; exports = f;",
      })
  void recursionEndsTheInvocationAndNothingElse(String source) {
    app.function("attack", source).function("probe", PROBE);
    String before = app.returned("probe").asString().getValue();

    Outcome outcome = app.call("attack");

    assertThat(outcome).isEqualTo(new Outcome.OverLimit(Limit.STACK_FRAMES, FrameLimit.EXCEEDED));
    assertThat(app.returned("probe")).isEqualTo(new BsonString(before));
  }

  /// These nest without a call of app code, so nothing counts them: the engine must survive by
  /// itself.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return JSON.stringify(a); };",
        "exports = () => { let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); return f(); };",
        "exports = () => { let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x; };",
        "exports = () => eval('('.repeat(1e5) + '1' + ')'.repeat(1e5));",
        "exports = () => new RegExp('('.repeat(1e5) + ')'.repeat(1e5)).test('a');",
        "exports = () => JSON.parse('['.repeat(1e6) + ']'.repeat(1e6));",
        "exports = () => eval('[' .repeat(1e5));",
        "exports = () => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a.flat(Infinity); };",
        "exports = () => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return '' + a; };",
      })
  void nestingThatIsNoCallLeavesTheEngineIntact(String source) {
    app.function("attack", source).function("probe", PROBE);
    String before = app.returned("probe").asString().getValue();

    app.call("attack");

    assertThat(app.returned("probe")).isEqualTo(new BsonString(before));
  }

  @Test
  void ordinaryRecursionIsFine() {
    app.function("main", "const f = n => n === 0 ? 0 : 1 + f(n - 1); exports = () => f(3000);");

    assertThat(app.returned("main")).isEqualTo(new BsonInt32(3000));
  }

  @Test
  void waitingIsNotNesting() {
    app.function(
        "main",
        """
        const step = async (n) => { await null; return n + 1; };
        async function* numbers() { for (let i = 0; i < 5000; i++) yield i; }
        function* plain() { for (let i = 0; i < 10000; i++) yield i; }
        exports = async () => {
          let n = 0;
          for (let i = 0; i < 10000; i++) n = await step(n);
          for await (const i of numbers()) n++;
          for (const i of plain()) n++;
          for (let i = 0; i < 10000; i++) { try { throw new Error('x'); } catch (e) { n++; } }
          return n;
        };
        """);

    assertThat(app.returned("main")).isEqualTo(new BsonInt32(35_000));
  }
}
