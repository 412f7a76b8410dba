package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.bson.BsonBoolean;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No trace of one request in the next, whatever its code did to the world it ran in.
class RequestTraceTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  /// Each changes something that the next call could see, if it ran in the same context.
  static Stream<String> changes() {
    return Stream.of(
        "globalThis.leak = 1",
        "leak = 1",
        "(0, eval)('var leak = 1')",
        "Function('leak = 1')()",
        "this.leak = 1",
        "Object.defineProperty(globalThis, 'leak', { value: 1, enumerable: false })",
        "globalThis[Symbol.for('leak')] = 1",
        "globalThis.context = 1; Object.defineProperty(globalThis, 'context', { writable: false })",
        "delete globalThis.context",
        "Object.freeze(globalThis)",
        "Object.preventExtensions(globalThis)",
        "Object.prototype.leak = 1",
        "Object.prototype[0] = 1",
        "Object.prototype.__defineGetter__('leak', () => 1)",
        "({}).__proto__.leak = 1",
        "Array.prototype.leak = 1",
        "Array.prototype.push(1)",
        "Array.prototype[3] = 1",
        "Array.prototype.length = 2",
        "Array.prototype.map = () => 1",
        "Array.prototype.push = Array.prototype.pop",
        "Array.prototype[Symbol.iterator] = null",
        "delete Array.prototype.map",
        "Object.freeze(Array.prototype)",
        "Object.seal(Array)",
        "Object.setPrototypeOf(Array.prototype, { leak: 1 })",
        "Object.setPrototypeOf(Math, { leak: 1 })",
        "Object.setPrototypeOf(JSON, null)",
        "JSON.parse = () => 1",
        "JSON = null",
        "undefined; Math.PI2 = 1",
        "Math.random = () => 4",
        "Promise = null",
        "Promise.prototype.then = () => 1",
        "Promise.resolve = () => 1",
        "Promise.leak = 1",
        "Symbol.prototype.leak = 1",
        "String.prototype.leak = 1",
        "String.prototype.trim = () => 1",
        "Number.prototype.leak = 1",
        "Boolean.prototype.leak = 1",
        "BigInt.prototype.leak = 1",
        "RegExp.prototype.exec = () => 1",
        "RegExp.leak = 1",
        "Date.now = () => 0",
        "Date.prototype.leak = 1",
        "Date = class extends Date {}",
        "Error.stackTraceLimit = 1",
        "Error.prepareStackTrace = () => 'leak'",
        "TypeError.prototype.name = 'leak'",
        "Map.prototype.get = () => 1",
        "new Map()[Symbol.iterator]().__proto__.next = () => 1",
        "[][Symbol.iterator]().__proto__.leak = 1",
        "''[Symbol.iterator]().__proto__.__proto__.leak = 1",
        "'a'.matchAll(/a/g).__proto__.leak = 1",
        "Object.getPrototypeOf(function* () {}).leak = 1",
        "Object.getPrototypeOf(function* () {}).prototype.leak = 1",
        "Object.getPrototypeOf(async function () {}).leak = 1",
        "Object.getPrototypeOf(async function* () {}).prototype.leak = 1",
        "Object.getPrototypeOf(Int8Array).leak = 1",
        "Object.getPrototypeOf(Int8Array.prototype).leak = 1",
        "Uint8Array.prototype.leak = 1",
        "Proxy.leak = 1",
        "Reflect.get = () => 1",
        "Intl.leak = 1",
        "Intl.DateTimeFormat.prototype.leak = 1",
        "TextEncoder.prototype.encode = () => 1",
        "Iterator.prototype.leak = 1",
        "[].values().map(x => x).__proto__.leak = 1",
        "(function () { return arguments })().__proto__.leak = 1",
        "(() => {}).__proto__.leak = 1",
        "setTimeout.leak = 1",
        "setTimeout = null",
        "console.log = () => 1",
        "console.leak = 1",
        "console = null",
        "EJSON.parse = () => 1",
        "Error.captureStackTrace = null",
        "delete globalThis.URL",
        "EJSON.stringify.leak = 1",
        "BSON.ObjectId = null",
        "BSON.ObjectId.leak = 1",
        "BSON.ObjectId.prototype.toString = () => 'leak'",
        "BSON.Int32(1).__proto__.leak = 1",
        "BSON.Int32(1).__proto__.__proto__.leak = 1",
        "BSON.MinKey().leak = 1",
        "BSON.MinKey().__proto__.leak = 1",
        "BSON.Binary.fromText('a').__proto__.text = () => 'leak'",
        "BSON.UUID.leak = 1",
        "HTTPResponse.prototype.setBody = () => 1",
        "context.services.get('mongodb-atlas').__proto__.leak = 1",
        "context.services.get('mongodb-atlas').db('a').__proto__.leak = 1",
        "context.services.get('mongodb-atlas').db('a').collection('b').__proto__.find = () => 1",
        "context.services.get('mongodb-atlas').db('a').collection('b').find().__proto__.leak = 1",
        "context.services.get('mongodb-atlas').db('a').collection('b').find().__proto__.__proto__.leak = 1",
        "context.services.get('mongodb-atlas').db('a').collection('b').aggregate([]).__proto__.leak = 1",
        "context.services.get('mongodb-atlas').db('a').collection('b').find().toArray.leak = 1",
        "BSON.ObjectId.prototype = {}",
        "setTimeout.prototype = {}",
        "setTimeout.prototype.leak = 1",
        "BSON.UUID.prototype.leak = 1",
        "Function.prototype.leak = 1",
        "new (class extends (class { constructor(o) { return o; } }) { #x = 1; })(Array.prototype.map)",
        "new WeakMap().set(Array.prototype.map, 1)",
        "Reflect.setPrototypeOf(Function.prototype, { leak: 1 })",
        "Object.defineProperty(Array.prototype, 'length', { writable: false })",
        "Array.prototype.constructor = 1",
        "BSON.ObjectId.prototype.constructor.leak = 1",
        "BSON.Int32(1).__proto__.__proto__.constructor.leak = 1",
        "Object.getOwnPropertyDescriptor(context, 'user').get.leak = 1; globalThis.leak = 1",
        "global.global = 1",
        "Object.defineProperty(globalThis, 'Array', { get() { return 1 } })");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aContextThatWasChangedServesNoOtherRequest(String change) {
    app.function("plain", "exports = () => 'ok';");
    app.function("change", "exports = () => { " + change + "; return 'done'; };");

    Outcome outcome = app.call("change");

    assertThat(outcome)
        .as("the change itself works")
        .isInstanceOfAny(Outcome.Returned.class, Outcome.Threw.class);
    assertThat(app.contexts().idleCount()).as("contexts kept after: " + change).isZero();
    assertThat(app.returned("plain")).isEqualTo(new BsonString("ok"));
  }

  /// The methods of the engine are frozen: there is nothing to find and nothing to forget.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object.setPrototypeOf(Array.prototype.map, { leak: 1 })",
        "Array.prototype.map.__proto__ = { leak: 1 }",
        "Array.prototype.map.leak = 1",
        "Array.prototype.map.call.leak = 1",
        "delete Array.prototype.map.name",
        "Object.defineProperty(Array.prototype.map, 'name', { value: 'leak' })",
        "Object.defineProperty(Array.prototype.map, 'length', { value: 7 })",
        "Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get.leak = 1",
      })
  void aBuiltInMethodCannotBeChanged(String change) {
    app.function("change", "exports = () => { " + change + "; };");
    app.function(
        "look",
        """
        exports = () => {
          const { map } = Array.prototype;
          const { get } = Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags');
          return [map.name, map.length, map.leak, map.call.leak, get.leak].join();
        };
        """);

    app.call("change");

    assertThat(app.returned("look")).isEqualTo(new BsonString("map,1,,,"));
  }

  /// What functions ordinarily do leaves their context as it was: it is kept.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => 1;",
        "exports = async () => { await null; return JSON.stringify({ a: [1, 2, 3].map(x => x + 1) }); };",
        "exports = () => { throw new Error('x'); };",
        "exports = () => /a(b)/.exec('ab')[1] + RegExp.$1;",
        "exports = () => { context.mine = 1; context.values.get = null; return context.request; };",
        "exports = () => new Intl.DateTimeFormat('de').format(new Date(0));",
        "exports = () => [...'abc'].entries().toArray().concat(Object.entries({ a: 1 }));",
        "exports = () => `${new Map([[1, 2]]).size}` + [3, 1].sort() + 'é'.normalize() + 'a-b'.split('-');",
        "exports = () => EJSON.stringify({ a: new BSON.ObjectId(), b: BSON.Binary.fromText('x'), c: new Date() });",
        "exports = () => new Promise(r => setTimeout(r, 1));",
        "exports = () => utils.crypto.hash('md5', 'x').toHex() + new URL('http://h').searchParams + btoa('a');",
        "exports = () => { utils.jwt.leak = 1; URL.prototype.leak = 1; fetch = null; atob.leak = Headers; utils = 1; };",
        "exports = () => { Promise.reject(1); };",
        "exports = () => Buffer.from('YQ==', 'base64').toString();",
        "exports = async () => { try { await context.http.get({ url: 'http://a.test' }); } catch (e) { return e.code; } };",
        "exports = () => Symbol.for('x').toString() + (1234.5).toLocaleString() + 'a'.localeCompare('b');",
        "class A { #x = 1; static y = 2; get x() { return this.#x; } } exports = () => new A().x;",
        "function* g() { yield 1; } exports = async () => { for await (const x of g()) return x; };",
        "exports = () => { console.log('x', { a: 1 }); return new Proxy({}, {}); };",
      })
  void anOrdinaryFunctionKeepsItsContextWarm(String source) {
    app.services.put(
        "http",
        (_, _, _) ->
            CompletableFuture.failedFuture(new GuestServiceException("HTTPError", "no", null)));
    app.function("ordinary", source);

    app.call("ordinary");
    app.call("ordinary");

    assertThat(app.contexts().idleCount()).isEqualTo(1);
  }

  /// Their promises, timers and operations are still in the context: nobody else gets it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => new Promise(() => {});",
        "exports = () => { for (let i = 0; i < 1001; i++) setTimeout(() => {}, 1e6); };",
      })
  void aContextWhoseInvocationDidNotConcludeServesNoOtherRequest(String source) {
    app.function("unfinished", source);

    app.call("unfinished");

    assertThat(app.contexts().idleCount()).isZero();
  }

  @Test
  void regularExpressionStaticsAreForgotten() {
    app.function("match", "exports = () => /(secret)/.test('a secret');");
    app.function("look", "exports = () => '' + RegExp.$1 + RegExp.lastMatch + RegExp.input;");

    app.returned("match");

    assertThat(app.returned("look")).isEqualTo(new BsonString(""));
  }

  @Test
  void fileLevelStateIsForgotten() {
    app.function(
        "count",
        "let n = 0; const seen = new Map(); exports = () => { seen.set(n, n); return ++n + seen.size; };");

    assertThat(app.returned("count")).isEqualTo(app.returned("count"));
  }

  @Test
  void aPendingPromiseAndItsTimerOfOneRequestNeverRunInTheNext() {
    app.timeLimit = java.time.Duration.ofMillis(300);
    app.function(
        "stuck",
        "exports = () => new Promise(() => setTimeout(() => { globalThis.late = true; }, 400));");
    app.function(
        "look",
        "exports = () => new Promise(r => setTimeout(() => r(typeof late === 'undefined'), 200));");

    app.call("stuck");
    app.timeLimit = java.time.Duration.ofSeconds(20);

    assertThat(app.returned("look")).isEqualTo(BsonBoolean.TRUE);
  }

  @Test
  void aLateAnswerOfAServiceFindsNobody() {
    var answers =
        new java.util.concurrent.LinkedBlockingQueue<
            java.util.concurrent.CompletableFuture<org.bson.BsonValue>>();
    app.services.put(
        "mongodb",
        (scope, operation, arguments) -> {
          var answer = new java.util.concurrent.CompletableFuture<org.bson.BsonValue>();
          answers.add(answer);
          return answer;
        });
    app.function(
        "ask",
        "exports = () => context.services.get('mongodb-atlas').db('a').collection('b').findOne({}).then(() => { globalThis.late = true; });");
    app.function("look", "exports = () => typeof late === 'undefined';");

    app.returned("look");
    app.timeLimit = java.time.Duration.ofSeconds(1);
    app.call("ask");
    answers.remove().complete(new org.bson.BsonDocument());
    app.timeLimit = java.time.Duration.ofSeconds(20);

    assertThat(app.returned("look")).isEqualTo(BsonBoolean.TRUE);
  }
}
