package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is asked of `require`, nothing of the machine is read and nothing of the loader
/// breaks.
class HostileModulesTest {

  private final RunningApp app =
      new RunningApp()
          .file("fine/index.js", "module.exports = 'fine';")
          .function("fine", "exports = () => require('fine');");

  @AfterEach
  void close() {
    app.close();
  }

  private String thrownBy(String source) {
    app.function("main", source);
    String message =
        switch (app.call("main")) {
          case Outcome.Threw threw -> threw.message();
          case Outcome other -> throw new AssertionError("did not throw: " + other);
        };
    assertThat(message + app.lines).doesNotContain("java.", "graalvm", "dev.berth", "berth:");
    assertThat(app.returned("fine")).isEqualTo(new BsonString("fine"));
    return message;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'../../etc/passwd'",
        "'../../../../../../../../etc/passwd'",
        "'/etc/passwd'",
        "'file:///etc/passwd'",
        "'..%2f..%2fetc/passwd'",
        "'..\\\\..\\\\etc\\\\passwd'",
        "'fine/../../../etc/passwd'",
        "'/node_modules/../../etc/passwd'",
        "'/node_modules/../fine/index.js/../../../x'",
        "'fine\\u0000'",
        "'fine/index.js\\u0000.json'",
        "'@'",
        "'@/x'",
        "'@fine'",
        "''",
        "'.'",
        "'..'",
        "'/'",
        "'#x'",
        "'node:'",
        "'node:../x'",
        "'b:node/fs.js'",
        "'p:fine/index.js'",
        "'!'",
        "'constructor'",
        "'__proto__'",
        "'toString'",
        "'C:\\\\x'",
        "'x'.repeat(1 << 20)",
        "'../'.repeat(1 << 18)",
        "'fine/' + '../fine/'.repeat(1 << 17)",
        "'fs/../../etc/passwd'",
      })
  void aRequestThatIsNoPackageFindsNothing(String request) {
    assertThat(thrownBy("exports = () => require(" + request + ");"))
        .startsWith("Cannot find module")
        .hasSizeLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "undefined",
        "null",
        "1",
        "NaN",
        "10n",
        "Symbol('fine')",
        "['fine']",
        "{ toString() { return 'fine'; } }",
        "{ n: 0, toString() { return this.n++ ? '/etc/passwd' : 'fine'; } }",
        "new String('fine')",
        "new Proxy({}, { get() { throw new Error('trap'); } })",
        "{ then(f) { f('fine'); } }",
        "(() => { const a = {}; a.a = a; return a; })()",
        "() => 'fine'",
      })
  void aRequestThatIsNoTextIsRefused(String request) {
    assertThat(thrownBy("exports = () => require(" + request + ");"))
        .isEqualTo("The \"id\" argument must be of type string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Map.prototype.get = Map.prototype.set = Map.prototype.delete = () => { throw new Error('mine'); };",
        "String.prototype.slice = String.prototype.lastIndexOf = () => '/etc/passwd';",
        "JSON.parse = () => 'mine'; Reflect.apply = () => 'mine';",
        "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => 'mine';",
        "Object.prototype.exports = 'mine'; Object.prototype.get = () => 'mine';",
        "Object.defineProperty(Object.prototype, 'loaded', { set() { throw new Error('mine'); } });",
        "Object.freeze(Object.prototype); Object.freeze(Function.prototype); Object.freeze(globalThis);",
        "Array.prototype[Symbol.iterator] = function* () { yield 'mine'; };",
        "Object.preventExtensions(globalThis);",
        "require.cache['/node_modules/fine/index.js'] = { exports: 'mine' };",
        "require.resolve = () => '/etc/passwd'; require.extensions['.js'] = () => 'mine';",
        "module.constructor._load = () => 'mine'; module.require = () => 'mine';",
        "delete require.cache; module.children.push(module); module.paths.push('/etc');",
      })
  void aPackageThatPatchesItsWorldDoesNotReachTheLoaderOrTheNextCall(String patch) {
    app.file("patch/index.js", "try {" + patch + "} catch (e) { exports.e = e; }")
        .function(
            "main",
            "exports = () => { require('patch'); const fine = require('fine'); return fine; };");

    Outcome outcome = app.call("main");

    assertThat(outcome).isEqualTo(new Outcome.Returned(new BsonString("fine")));
    assertThat(app.returned("fine")).isEqualTo(new BsonString("fine"));
  }

  @Test
  void aChainOfTenThousandModulesEndsAtTheLimitOnCalls() {
    for (int i = 0; i < 10_000; i++) {
      app.file("m" + i + "/index.js", "module.exports = require('m" + (i + 1) % 10_000 + "');");
    }
    app.function("main", "exports = () => require('m0');");

    assertThat(app.call("main")).isInstanceOf(Outcome.OverLimit.class);
    assertThat(app.returned("fine")).isEqualTo(new BsonString("fine"));
  }

  @Test
  void aModuleThatNeverEndsIsEndedWithItsInvocation() {
    app.timeLimit = java.time.Duration.ofMillis(500);
    app.file("loop/index.js", "for (;;) { try { for (;;) {} } catch (e) {} }")
        .function("main", "exports = () => { try { require('loop'); } catch (e) { return 1; } };");

    assertThat(app.call("main")).isInstanceOf(Outcome.OverLimit.class);
    assertThat(app.returned("fine")).isEqualTo(new BsonString("fine"));
  }

  @Test
  void anEsModuleThatIsHardToTranslateIsEndedWithItsInvocation() {
    app.timeLimit = java.time.Duration.ofSeconds(1);
    app.file("deep/index.mjs", "export default " + "[".repeat(20_000) + "]".repeat(20_000) + ";")
        .file("long/index.mjs", "export const x = 1;" + "x+1;".repeat(500_000))
        .function("deep", "exports = () => require('deep/index.mjs');")
        .function("long", "exports = () => require('long/index.mjs').x;");

    assertThat(app.call("deep")).isNotInstanceOf(Outcome.Returned.class);
    assertThat(app.call("long")).isInstanceOf(Outcome.OverLimit.class);
    assertThat(app.returned("fine")).isEqualTo(new BsonString("fine"));
  }

  @Test
  void aFileThatIsTooLongIsRefused() {
    app.file("long/index.js", "//" + "x".repeat(5 << 20));

    assertThat(thrownBy("exports = () => require('long');"))
        .isEqualTo("the file 'node_modules/long/index.js' is too long to be loaded");
  }

  @Test
  void aWorldThatAppCodeBrokeBeforeGivesNoDoorOut() {
    String message =
        thrownBy(
            "exports = () => { Function.prototype.call = null; Map.prototype.get = null; "
                + "globalThis.Error = class { constructor() { throw 1; } }; return require('nothing'); };");

    assertThat(message).isNotEmpty();
  }
}
