package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing leads out of a context.
class SandboxTest {

  /// Everything that app code finds in its global scope. What is new here was put here on
  /// purpose.
  private static final List<String> GLOBALS =
      Arrays.asList(
          ("AggregateError Array ArrayBuffer BSON BigInt BigInt64Array BigUint64Array"
                  + " Boolean Buffer DataView Date EJSON Error EvalError Float16Array Float32Array"
                  + " Float64Array Function HTTPResponse Headers Infinity Int16Array Int32Array"
                  + " Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy"
                  + " RangeError ReferenceError Reflect RegExp Response Set String Symbol"
                  + " SyntaxError TextDecoder TextEncoder TypeError URIError URL URLSearchParams"
                  + " Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef"
                  + " WeakSet atob btoa clearImmediate clearInterval clearTimeout console context"
                  + " decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval fetch"
                  + " global globalThis isFinite isNaN parseFloat parseInt queueMicrotask"
                  + " setImmediate setInterval setTimeout structuredClone undefined unescape"
                  + " utils")
              .split(" "));

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  @Test
  void theGlobalScopeHoldsWhatItShouldAndNothingElse() {
    app.function("main", "exports = () => Object.getOwnPropertyNames(globalThis).sort();");

    assertThat(app.returned("main").asArray())
        .extracting(name -> name.asString().getValue())
        .containsExactlyElementsOf(GLOBALS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Java",
        "Packages",
        "Polyglot",
        "Graal",
        "load",
        "loadWithNewGlobal",
        "print",
        "SharedArrayBuffer",
        "Atomics",
        "WebAssembly",
        "FinalizationRegistry",
        "process",
        "java",
        "quit",
        "read",
        "Worker",
        "ShadowRealm",
        "Realm",
        "$262"
      })
  void noDoorOfTheEngineIsLeft(String name) {
    app.function(
        "main",
        "exports = () => typeof " + name + " === 'undefined' && !('" + name + "' in globalThis);");

    assertThat(app.returned("main")).isEqualTo(BsonBoolean.TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import('fs')",
        "import('file:///etc/passwd')",
        "import('data:text/javascript,export default 1')",
        "Promise.resolve().then(() => require('child_process'))",
        "Promise.resolve().then(() => require('vm'))",
      })
  void nothingCanBeImported(String expression) {
    app.function(
        "main", "exports = async () => { const m = await " + expression + "; return 1; };");

    assertThat(app.call("main"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw ->
                assertThat(threw.message())
                    .doesNotContain("java.", "com.oracle", "org.graalvm", "dev.berth", "/work"));
  }

  /// Walks constructors from all that is injected: each must end in the guest's own `Function`.
  @Test
  void noConstructorLeadsToAnythingButTheGuestsOwnGlobals() {
    app.function(
        "main",
        """
        exports = (request, response) => {
          const service = context.services.get('mongodb-atlas');
          const start = { request, response, context, console, EJSON, BSON, service,
            db: service.db('a'), collection: service.db('a').collection('b'),
            cursor: service.db('a').collection('b').find(), setTimeout,
            http: context.http, id: BSON.ObjectId(), binary: BSON.Binary.fromText('x'), headers: request.headers };
          const seen = new Set();
          const bad = [];
          const walk = (value, path) => {
            if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
            if (seen.has(value) || path.length > 120) return;
            seen.add(value);
            let maker;
            try { maker = value.constructor; } catch (e) { }
            if (typeof maker === 'function' && maker.constructor !== Function
                && Object.getPrototypeOf(maker) !== Function.prototype
                && typeof maker.constructor === 'function'
                && maker.constructor('return this')() !== globalThis) {
              bad.push(path);
            }
            for (const key of Reflect.ownKeys(value)) {
              let inner;
              try { inner = value[key]; } catch (e) { continue; }
              if (/^(java|com|org|dev)\\./.test(String(typeof inner === 'string' ? inner : ''))) {
                bad.push(path + '.' + String(key) + '=' + inner);
              }
              walk(inner, path + '.' + String(key));
            }
            walk(Object.getPrototypeOf(value), path + '.__proto__');
          };
          walk(start, '');
          response.setBody(JSON.stringify({ bad, many: seen.size > 200 }));
        };
        """);

    Outcome.Responded responded = app.responded("main", null);

    assertThat(responded.body())
        .isEqualTo(
            new Outcome.Body.Bytes(
                io.vertx.core.buffer.Buffer.buffer("{\"bad\":[],\"many\":true}"), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a; };",
        "exports = () => { const a = {}; a.a = a; return a; };",
        "exports = () => JSON.parse('['.repeat(1e6));",
        "exports = () => { throw { toString() { throw 1; }, get message() { throw 2; } }; };",
        "exports = () => { throw new Proxy({}, { get() { throw 3; } }); };",
        "exports = () => ({ get a() { throw new Error('getter'); } });",
        "exports = () => new Proxy([], { get() { throw new Error('trap'); } });",
        "exports = () => ({ '\\u0000': 'x' });",
        "exports = () => ({ '\\u0000': 'onothex' });",
        "exports = () => ({ '\\u0000': ['o'] });",
        "exports = () => ({ 'a\\u0000b': 1 });",
        "exports = () => 2n ** 70n;",
        "exports = () => BSON.Decimal128.fromString('1e99999');",
        "exports = () => context.functions.execute(Symbol('x'));",
        "exports = () => context.functions.execute({ toString() { return 'main'; } });",
        "exports = () => { JSON.stringify = null; JSON.parse = null; Promise.prototype.then = null; return { a: null.x }; };",
        "exports = () => { delete globalThis.Map; Map.prototype.get = null; };",
        "exports = () => { Object.defineProperty(Object.prototype, 'then', { get() { throw 5; } }); return {}; };",
        "const exports2 = 1; throw new Error('at file level');",
        "exports = { then() {} };",
        "exports = async () => { await { then() { throw new Error('thenable'); } }; };",
      })
  void hostileResultsEndAsAThrownErrorWithoutATraceOfTheHost(String source) {
    app.function("main", source).function("fine", "exports = () => 'ok';");

    Outcome outcome = app.call("main");

    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    assertThat(outcome.toString())
        .doesNotContain("java.", "com.oracle", "org.graalvm", "dev.berth", "berth:", "Internal");
    assertThat(app.lines.toString())
        .doesNotContain("java.", "com.oracle", "org.graalvm", "dev.berth", "berth:");
    assertThat(app.returned("fine")).isEqualTo(new BsonString("ok"));
  }

  @Test
  void prototypeKeysInDataStayData() {
    app.function(
        "main",
        "exports = (a) => [a.length, ({}).polluted === undefined, Object.keys(a[0])[0], a[0].__proto__.polluted];");

    BsonArray argument =
        new BsonArray(List.of(org.bson.BsonDocument.parse("{'__proto__': {polluted: 1}}")));

    assertThat(app.returned("main", argument))
        .isEqualTo(BsonArray.parse("[1, true, '__proto__', 1]"));
  }

  @Test
  void secretsAreOnlyReachedThroughValues() {
    app.function(
        "main",
        """
        exports = () => {
          const text = [];
          const seen = new Set();
          const walk = (value) => {
            if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return;
            seen.add(value);
            for (const key of Reflect.ownKeys(value)) {
              try { if (typeof value[key] === 'string') text.push(value[key]); walk(value[key]); } catch (e) { }
            }
          };
          walk(globalThis);
          return text.join().includes('s3cret');
        };
        """);

    assertThat(app.returned("main")).isEqualTo(BsonBoolean.FALSE);
  }
}
