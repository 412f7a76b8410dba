package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import org.bson.BsonBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What errors say: the app's own files and lines, and nothing of ours.
class StackTraceTest {

  /// Names and places that are none of app code's business.
  private static final String OURS =
      "/berth:|dev[./]berth|com[./]oracle|org[./]graalvm|java[./]|polyglot|prelude|\\\\.jar|\\\\/work|\\\\/root|\\\\/home/i";

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private String logged() {
    assertThat(app.lines).hasSize(1);
    assertThat(app.lines.getFirst().level()).isEqualTo(GuestLog.Level.ERROR);
    assertThat(app.lines.getFirst().text())
        .doesNotContainIgnoringCase("berth")
        .doesNotContain("graalvm", "oracle", "java.");
    return app.lines.getFirst().text();
  }

  @Test
  void theLogShowsTheFilesAndLinesOfAllFunctionsOnTheWay() {
    app.function("deep/er", "\n\nexports = (a) => {\n  return a.b.c;\n};");
    app.function(
        "main",
        "exports = () => {\n  const x = 1;\n  return context.functions.execute('deep/er', {});\n};");

    Outcome outcome = app.call("main");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> {
              assertThat(threw.code()).isEqualTo("FunctionExecutionError");
              assertThat(threw.message()).isEqualTo("Cannot read property 'c' of undefined");
            });
    assertThat(logged()).contains("functions/deep/er.js:4", "functions/main.js:3");
  }

  @Test
  void anErrorAfterAnAwaitHasItsLine() {
    app.function(
        "main",
        "exports = async () => {\n  await new Promise((done) => setTimeout(done, 1));\n  throw new RangeError('late');\n};");

    assertThat(app.call("main")).isEqualTo(new Outcome.Threw("FunctionExecutionError", "late"));
    assertThat(logged()).contains("RangeError: late", "functions/main.js:3");
  }

  @Test
  void aRejectionThatNobodyHandlesIsLoggedWithItsLine() {
    app.function(
        "main",
        """
        const fail = async () => {
          throw new Error('unseen');
        };
        exports = () => { fail(); return 1; };
        """);

    app.returned("main");

    assertThat(logged()).contains("uncaught in promise", "unseen", "functions/main.js:2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const p = Promise.reject(new Error('late')); await null; await p.catch(() => {});",
        "const p = Promise.reject(new Error('late')); setTimeout(() => p.catch(() => {}), 1);",
        "try { await (async () => { throw new Error('x'); })(); } catch (e) {}",
        "await Promise.allSettled([Promise.reject(new Error('x'))]);",
      })
  void aRejectionThatSomebodyHandlesIsNotLogged(String code) {
    app.function("main", "exports = async () => { " + code + " };");

    app.returned("main");

    assertThat(app.lines).isEmpty();
  }

  @Test
  void aRejectionOfACallIsLoggedOnce() {
    app.function("main", "exports = async () => { throw new Error('once'); };");

    app.call("main");

    assertThat(app.lines).hasSize(1);
  }

  @Test
  void whatOneCallRejectedIsNotLoggedByTheNext() {
    app.function(
        "stuck",
        "exports = () => { Promise.reject(new Error('old')); return new Promise(() => {}); };");
    app.function("fine", "exports = () => 1;");
    app.call("stuck");
    app.lines.clear();

    app.returned("fine");

    assertThat(app.lines).isEmpty();
  }

  /// Each asks for the frames of an error in another way.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Error('x').stack",
        "(() => { const o = {}; Error.captureStackTrace(o); return o.stack; })()",
        "(() => { try { BSON.ObjectId('x'); } catch (e) { return e.stack + e; } })()",
        "(() => { try { EJSON.parse('{'); } catch (e) { return e.stack + e; } })()",
        "(() => { try { utils.crypto.hash('x', 'y'); } catch (e) { return e.stack + e; } })()",
        "(() => { try { new URL('x'); } catch (e) { return e.stack + e; } })()",
        "(() => { try { context.functions.execute('none'); } catch (e) { return e.stack + e; } })()",
        "(() => { try { new Function('}'); } catch (e) { return e.stack + e; } })()",
        "(() => { try { eval('('); } catch (e) { return e.stack + e; } })()",
        "(() => { try { (function f() { f(); })(); } catch (e) { return e.stack + e; } })",
        "(() => { try { JSON.parse('['.repeat(100000)); } catch (e) { return e.stack + e; } })()",
        "(() => { Error.prepareStackTrace = (e, sites) => sites.map(describe).join(); return new Error('x').stack; })()",
        "(() => { Error.prepareStackTrace = (e, sites) => sites.map(describe).join(); try { BSON.ObjectId('x'); } catch (e) { return e.stack; } })()",
        "(() => { Error.stackTraceLimit = Infinity; return context.functions.execute('stack'); })()",
        "(() => { let s; [1].forEach(() => { s = new Error('x').stack; }); return s; })()",
        "new Promise((done) => setTimeout(() => done(new Error('x').stack), 1))",
        "Promise.resolve().then(() => new Error('x').stack)",
        "(async () => { await null; return new Error('x').stack; })()",
        "import('x').catch((e) => e.stack + e)",
        "context.http.get(null).catch((e) => e.stack + e)",
        "context.services.get('mongodb-atlas').db('a').collection('b').findOne(5).catch((e) => e.stack + e)",
        "(() => { try { null[Symbol.iterator]; } catch (e) { return e.stack + e; } })()",
        "(() => { try { structuredClone(Symbol()); } catch (e) { return e.stack + e; } })()",
        "String(Object.getOwnPropertyNames(new Error('x'))) + JSON.stringify(new Error('x'))",
      })
  void noWayToAStackLeadsToAnythingOfOurs(String expression) {
    app.services.put(
        "mongodb",
        (scope, operation, arguments) ->
            java.util.concurrent.CompletableFuture.failedFuture(
                new IllegalStateException("secret of the host")));
    app.function("stack", "exports = () => new Error('x').stack;");
    app.function(
        "main",
        """
        const describe = (s) => [s, s.getFileName(), s.getFunctionName(), s.getMethodName(), s.getTypeName(), s.getEvalOrigin(),
          s.getScriptNameOrSourceURL && s.getScriptNameOrSourceURL(), s.getThis(), s.getFunction(), s.getLineNumber()].map(String).join(' ');
        exports = async () => {
          const text = String(await %s);
          return { clean: !%s.test(text) && !text.includes('secret of the host'), text };
        };
        """
            .formatted(expression, OURS.replace("\\\\", "\\")));

    var result = app.returned("main").asDocument();

    assertThat(result.get("clean")).as("%s", result).isEqualTo(BsonBoolean.TRUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new Error('plain')                         | plain",
        "throw new TypeError('typed')                     | typed",
        "throw 'text'                                     | text",
        "throw { code: 5 }                                | {\"code\":5}",
        "throw null                                       | null",
        "throw undefined                                  | undefined",
        "throw new Error({ errorCode: 1 })                | [object Object]",
        "null.x                                           | Cannot read property 'x' of null",
        "undefinedName                                    | undefinedName is not defined",
        "context.functions.execute('none')                | function not found: 'none'",
      })
  void theCallerGetsTheMessage(String code, String message) {
    app.function("main", "exports = () => { " + code + "; };");

    assertThat(app.call("main"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class, threw -> assertThat(threw.message()).isEqualTo(message));
  }

  @Test
  void theFailureOfACallIsLoggedHoweverMuchWasPrinted() {
    app.limits = app.limits.withLog(2, 10);
    app.function(
        "main",
        "exports = () => { for (let i = 0; i < 9; i++) console.log(i); throw new Error('the end of it all'); };");

    app.call("main");

    assertThat(app.lines).hasSize(4);
    assertThat(app.lines.getLast().text()).contains("the end of it all", "functions/main.js:1");
  }

  @Test
  void aLineIsCutToItsBytesAndHoldsWholeCharacters() {
    app.limits = app.limits.withLog(5, 10);
    app.function(
        "main",
        "exports = () => { console.log('ä'.repeat(6)); console.log('ä'.repeat(5)); console.log('a' + '😀'.repeat(3)); console.log('\\ud800'.repeat(20)); };");

    app.returned("main");

    assertThat(app.lines).extracting(GuestLog.Line::text).startsWith("äääää…", "äääää", "a😀😀…");
  }

  @Test
  void twentyFiveLinesOf512BytesAreKept() {
    app.function(
        "main", "exports = () => { for (let i = 0; i < 30; i++) console.log('x'.repeat(600)); };");

    app.returned("main");

    assertThat(app.lines).hasSize(26);
    assertThat(app.lines.getFirst().text()).isEqualTo("x".repeat(512) + "…");
    assertThat(app.lines.getLast().text())
        .isEqualTo("… later lines of this invocation are not shown");
  }
}
