package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A module serves following invocations as long as it looks as it did when it was loaded.
class ModuleLifeTest {

  private static final String PACKAGE =
      """
      let hidden = 0;
      class Thing { #secret = 1; constructor() { this.open = 1; } set(x) { this.#secret = x; } }
      exports.count = () => ++hidden;
      exports.defaults = { headers: { common: {} }, list: [1, { deep: 1 }], words: ['a', 'b'], numbers: [1, 2.5] };
      exports.map = new Map([['a', { inner: 1 }]]);
      exports.set = new Set([1]);
      exports.date = new Date(0);
      exports.bytes = new Uint8Array(4);
      exports.view = new DataView(new ArrayBuffer(8));
      exports.pattern = /a/g;
      exports.thing = new Thing();
      exports.Thing = Thing;
      exports.fn = function () {};
      exports.frozen = Object.freeze({ inner: { x: 1 } });
      exports.proxied = new Proxy({ x: 1 }, {});
      exports.args = (function () { return arguments; })(1, { x: 1 });
      let settle; exports.promise = new Promise((resolve) => { settle = resolve; }); exports.settle = settle;
      Object.defineProperty(exports, 'lazy', { configurable: true, get() { return 'lazy'; } });
      """;

  private final RunningApp app = new RunningApp().file("p/index.js", PACKAGE);

  @AfterEach
  void close() {
    app.close();
  }

  static Stream<String> changes() {
    return Stream.of(
        "p.leak = 1",
        "p.defaults.headers.common.x = 1",
        "p.defaults.list.push(1)",
        "p.defaults.list[0] = 2",
        "p.defaults.list[1].deep = 2",
        "p.defaults.words[1] = 'c'",
        "p.defaults.numbers[1] = 3.5",
        "p.defaults.list.length = 1",
        "p.map.set('a', 1)",
        "p.map.get('a').inner = 2",
        "p.map.set('b', 1)",
        "p.map.delete('a')",
        "p.set.add(2)",
        "p.set.clear(); p.set.add(2)",
        "p.date.setTime(1)",
        "p.bytes[2] = 1",
        "p.view.setInt8(3, 1)",
        "p.pattern.test('a')",
        "p.thing.open = 2",
        "p.thing.set(2)",
        "p.Thing.prototype.leak = 1",
        "p.fn.leak = 1",
        "p.fn.prototype.leak = 1",
        "p.frozen.inner.x = 2",
        "p.proxied.x = 2",
        "p.args[0] = 2",
        "p.args[1].x = 2",
        "p.settle('leak')",
        "Object.defineProperty(p, 'lazy', { value: 1 })",
        "delete p.fn",
        "Object.freeze(p.defaults)",
        "Object.setPrototypeOf(p, { leak: 1 })",
        "require.cache.leak = 1",
        "require.leak = 1",
        "require.resolve.leak = 1",
        "Array.prototype.leak = 1");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeOfAModuleEndsItsContext(String change) {
    app.function("change", "exports = () => { const p = require('p'); " + change + "; };");

    app.returned("change");

    assertThat(app.contexts().idleCount()).as("contexts kept after: " + change).isZero();
  }

  @Test
  void aModuleThatWasOnlyUsedIsKept() {
    app.function("count", "exports = () => require('p').count() + require('p').defaults.list[0];");

    app.returned("count");

    assertThat(app.returned("count"))
        .as("what a package hides in closures lives on, as in Node.js")
        .isEqualTo(new BsonInt32(3));
    assertThat(app.contexts().idleCount()).isEqualTo(1);
  }

  @Test
  void aPackageThatPatchesBuiltInsWhileItLoadsKeepsItsContext() {
    app.file(
            "patch/index.js",
            "Array.prototype.last = function () { return this[this.length - 1]; };")
        .function("use", "require('patch'); exports = () => [1, 2].last();");

    app.returned("use");

    assertThat(app.returned("use")).isEqualTo(new BsonInt32(2));
    assertThat(app.contexts().idleCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Array.prototype.mine = 1; require('p'); delete Array.prototype.mine;",
        "const now = Date.now; Date.now = () => 0; require('p'); Date.now = now;",
        "require('p').leak = 1; require('q'); delete require('p').leak;",
      })
  void whatIsLoadedIntoAChangedWorldServesNoOtherCall(String body) {
    app.file("q/index.js", "").function("main", "exports = () => { " + body + " };");

    app.returned("main");

    assertThat(app.contexts().idleCount()).isZero();
  }

  @Test
  void aModuleThatIsLoadedLaterIsWatchedAsWell() {
    app.file("lazy/index.js", "exports.more = () => require('./more');")
        .file("lazy/more.js", "exports.list = [];")
        .function("load", "exports = () => { require('lazy').more(); };")
        .function("change", "exports = () => { require('lazy').more().list.push(1); };");

    app.returned("load");
    assertThat(app.contexts().idleCount()).isEqualTo(1);
    app.returned("change");

    assertThat(app.contexts().idleCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.exports = Array.from({ length: 30000 }, () => ({}));",
        "module.exports = new Array(200000).fill(1);",
        "module.exports = new Map(Array.from({ length: 80000 }, (_, i) => [i, i]));",
        "module.exports = new Uint8Array(2000000);",
      })
  void aModuleThatIsTooLargeToWatchServesOneCall(String source) {
    app.file("large/index.js", source).function("use", "exports = () => { require('large'); };");

    app.returned("use");

    assertThat(app.contexts().idleCount()).isZero();
  }

  @Test
  void aModuleSeesNothingOfTheCallThatLoadsIt() {
    app.file("spy/index.js", "module.exports = '' + typeof context + typeof globalThis.context;")
        .function("main", "exports = () => require('spy');");

    assertThat(app.returned("main")).isEqualTo(new BsonString("undefinedundefined"));
  }

  @Test
  void aFailedLoadKeepsItsContext() {
    app.file("broken/index.js", "Array.prototype.patched = 1; throw new Error('x');")
        .function(
            "main", "exports = () => { try { require('broken'); } catch (e) { return 'no'; } };");

    assertThat(app.returned("main")).isEqualTo(new BsonString("no"));
    assertThat(app.returned("main")).isEqualTo(new BsonString("no"));
  }
}
