package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppValue;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = function (a, b) { return a + b; };",
        "exports = (a, b) => a + b",
        "exports = async function add(a, b) { return a + b; };",
        "exports = async (a, b) => { await null; return a + b; }; // the end",
        "'use strict'; const plus = (a, b) => a + b; exports = plus;",
        "exports = function (a, b) { return new Promise(done => setTimeout(() => done(a + b), 1)); };",
        "module.exports = (a, b) => a + b;",
        "exports = (a, b) => a + b; if (typeof module !== 'undefined') { module.exports = exports; }",
        "let module = 1; exports = (a, b) => a + b;",
        "exports = (a, b) => ({ then: resolve => resolve(a + b) });",
        "var sum = add; exports = sum; function add(a, b) { return a + b; }",
      })
  void everyFormOfExportRuns(String source) {
    app.function("add", source);

    BsonValue sum = app.returned("add", new BsonInt32(2), new BsonInt32(40));

    assertThat(sum).isEqualTo(new BsonInt32(42));
  }

  @Test
  void aFileWithoutAFunctionIsSaidToBeInvalid() {
    app.function("nothing", "const a = 1;");

    assertThat(app.call("nothing"))
        .isEqualTo(
            new Outcome.Threw(
                "FunctionInvalid", "function 'nothing' must assign a function to exports"));
  }

  @Test
  void aThrownErrorBecomesItsMessageAndALogLineWithFileAndLine() {
    app.function("fails", "exports = () => {\n  throw new Error('no luck');\n};");

    Outcome outcome = app.call("fails");

    assertThat(outcome).isEqualTo(new Outcome.Threw("FunctionExecutionError", "no luck"));
    assertThat(app.lines).hasSize(1);
    assertThat(app.lines.getFirst().level()).isEqualTo(GuestLog.Level.ERROR);
    assertThat(app.lines.getFirst().text())
        .contains("no luck", "functions/fails.js:2")
        .doesNotContain("berth:", "dev.berth", "org.graalvm", "com.oracle");
  }

  @Test
  void aThrownStringIsTheMessage() {
    app.function("fails", "exports = async () => { throw 'plain'; };");

    assertThat(app.call("fails")).isEqualTo(new Outcome.Threw("FunctionExecutionError", "plain"));
  }

  @Test
  void aFunctionCallsAnotherSynchronouslyAndByReference() {
    app.function("mark", "exports = (headers) => { headers.user = 'ann'; return headers; };");
    app.function(
        "main",
        """
        exports = () => {
          const headers = {};
          const same = context.functions.execute('mark', headers);
          return { same: same === headers, user: headers.user };
        };
        """);

    assertThat(app.returned("main")).isEqualTo(BsonDocument.parse("{same: true, user: 'ann'}"));
  }

  @Test
  void whatAFileKeepsAtFileLevelLivesAsLongAsTheInvocation() {
    app.function("count", "let n = 0; exports = () => ++n;");
    app.function(
        "main", "exports = () => [1, 2, 3].map(() => context.functions.execute('count')).join();");

    assertThat(app.returned("main")).isEqualTo(new BsonString("1,2,3"));
    assertThat(app.returned("main")).isEqualTo(new BsonString("1,2,3"));
  }

  @Test
  void callingAnUnknownFunctionThrows() {
    app.function("main", "exports = () => context.functions.execute('toString');");

    assertThat(app.call("main"))
        .isEqualTo(new Outcome.Threw("FunctionNotFound", "function not found: 'toString'"));
  }

  @Test
  void theContextTellsOfTheAppAndItsEnvironment() {
    app.value(new AppValue.Plain("limits", BsonDocument.parse("{max: {$numberLong: '5'}}")));
    app.value(new AppValue.FromSecret("apiKey", "key"));
    app.function(
        "main",
        """
        exports = () => ({
          max: context.values.get('limits').max,
          key: context.values.get('apiKey'),
          none: context.values.get('toString') === undefined,
          tag: context.environment.tag,
          greeting: context.environment.values.greeting,
          missing: context.environment.values.missing === undefined,
          app: context.app.clientAppId,
          system: context.runningAsSystem(),
          user: context.user.type,
          service: context.services.get('nothing') === undefined,
        });
        """);

    assertThat(app.returned("main"))
        .isEqualTo(
            BsonDocument.parse(
                """
                {max: 5, key: 's3cret', none: true, tag: 'qa', greeting: 'hello', missing: true,
                 app: 'test-abcde', system: true, user: 'system', service: true}
                """));
  }

  @Test
  void returningNothingIsUndefined() {
    app.function("main", "exports = () => {};");

    assertThat(app.returned("main")).isEqualTo(new BsonUndefined());
  }

  @Test
  void numbersBecomeTheSmallestTypeThatHoldsThem() {
    app.function("main", "exports = () => [1, 2 ** 40, 1.5, -0, 1e300, 10n];");

    assertThat(app.returned("main").asArray())
        .containsExactly(
            new BsonInt32(1),
            new BsonInt64(1L << 40),
            new org.bson.BsonDouble(1.5),
            new BsonInt32(0),
            new org.bson.BsonDouble(1e300),
            new BsonInt64(10));
  }

  @Test
  void timersRunBeforeTheInvocationEndsAndIntervalsDoNotKeepItAlive() {
    app.function(
        "main",
        """
        const seen = [];
        exports = async () => {
          setInterval(() => seen.push('tick'), 1);
          setTimeout((a, b) => seen.push(a + b), 5, 'x', 'y');
          clearTimeout(setTimeout(() => seen.push('never'), 0));
          return seen;
        };
        """);

    assertThat(app.returned("main").asArray()).contains(new BsonString("xy"));
    assertThat(app.returned("main").asArray()).doesNotContain(new BsonString("never"));
  }

  @Test
  void aPromiseThatNothingCanSettleFailsAtOnce() {
    app.function("main", "exports = () => new Promise(() => {});");

    assertThat(app.call("main"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class, threw -> assertThat(threw.message()).contains("never settles"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => { while (true) {} };",
        "exports = () => { while (true) { try { while (true) {} } catch (e) {} } };",
        "exports = () => { try { while (true) {} } finally { while (true) {} } };",
        "exports = async () => { for (;;) await null; };",
        "const again = () => Promise.resolve().then(again); exports = again;",
        "exports = () => new Promise(() => setInterval(() => {}, 1));",
        "exports = () => new Promise(() => setTimeout(() => {}, 1e9));",
      })
  void anEndlessFunctionEndsAtTheTimeLimitAndTheNextCallIsFine(String source) {
    app.timeLimit = Duration.ofMillis(200);
    app.function("endless", source).function("fine", "exports = () => 1;");

    Outcome outcome = app.call("endless");

    assertThat(outcome)
        .isEqualTo(new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded"));
    app.timeLimit = Duration.ofSeconds(20);
    assertThat(app.returned("fine")).isEqualTo(new BsonInt32(1));
  }

  @Test
  void consoleLinesCarryLevelFunctionAndRequest() {
    app.function(
        "main",
        """
        exports = () => {
          console.log('a', 1, { b: new BSON.ObjectId('507f1f77bcf86cd799439011'), d: new Date(0) });
          console.error(new Error('bad').message);
          const cyclic = {}; cyclic.self = cyclic; console.warn(cyclic);
        };
        """);

    app.returned("main");

    assertThat(app.lines)
        .extracting(GuestLog.Line::level)
        .containsExactly(GuestLog.Level.INFO, GuestLog.Level.ERROR, GuestLog.Level.WARN);
    assertThat(app.lines.getFirst().text())
        .isEqualTo(
            "a 1 {\"b\":{\"$oid\":\"507f1f77bcf86cd799439011\"},\"d\":\"1970-01-01T00:00:00.000Z\"}");
    assertThat(app.lines.getFirst().function()).isEqualTo("main");
    assertThat(app.lines.getLast().text()).contains("cyclic");
  }

  @Test
  void aFloodOfLogLinesIsCutOff() {
    app.limits = app.limits.withLog(10, 20);
    app.function(
        "main", "exports = () => { for (let i = 0; i < 100; i++) console.log('x'.repeat(100)); };");

    app.returned("main");

    assertThat(app.lines).hasSize(11);
    assertThat(app.lines.getFirst().text()).hasSize(21);
  }

  @Test
  void aResponseOverTheLimitIsRefused() {
    app.limits = app.limits.withResponseCharacters(1000);
    app.function("main", "exports = () => 'x'.repeat(1001);");

    assertThat(app.call("main"))
        .isInstanceOfSatisfying(
            Outcome.OverLimit.class,
            over -> assertThat(over.limit()).isEqualTo(Limit.RESPONSE_SIZE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ a: Promise.resolve(1), b: [later(2)], c: { d: later({ e: 3 }) } } | {a: 1, b: [2], c: {d: {e: 3}}}",
        "Promise.resolve({ a: later('x') }) | {a: 'x'}",
        "(() => { const p = later(1); return { a: p, b: p }; })() | {a: 1, b: 1}",
        "{ a: new Promise(() => {}) } | {a: {}}",
      })
  void promisesInsideAResultBecomeWhatTheyCameTo(String expression, String expected) {
    app.function(
        "main",
        "const later = (value) => new Promise((done) => setTimeout(() => done(value), 1)); exports = () => ("
            + expression
            + ");");

    assertThat(app.returned("main")).isEqualTo(BsonDocument.parse(expected));
  }

  @Test
  void aRejectedPromiseInsideAResultFailsTheCall() {
    app.function("main", "exports = () => ({ a: Promise.reject(new Error('inside')) });");

    assertThat(app.call("main")).isEqualTo(new Outcome.Threw("FunctionExecutionError", "inside"));
  }

  @Test
  void tooManyOperationsAtOnceEndTheInvocation() {
    app.function(
        "main", "exports = () => { for (let i = 0; i < 1001; i++) setTimeout(() => {}, 1e6); };");

    assertThat(app.call("main"))
        .isEqualTo(
            new Outcome.OverLimit(
                Limit.ASYNC_OPERATIONS, "exceeded max async work queue size of 1000"));
  }
}
