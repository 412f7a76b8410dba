package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.bounds.ValueBounds;
import java.time.Duration;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that an administrator tries out without a deployment.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriedFunctionsTest {

  private static final String GREETING = "exports = (name) => 'Ahoy ' + name";

  private final RunningWorker running = RunningWorker.start();
  private AppId app = RunningWorker.newApp();

  @BeforeEach
  void deploy() {
    app = RunningWorker.newApp();
    running.deploy(app, 1, "exports = () => typeof tried + typeof secret + [].tried");
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          exports = (name) => 'Ahoy ' + name                 | exports('Ann')                     | Ahoy Ann
          exports = async (name) => 'Ahoy ' + name           | exports('Ann')                     | Ahoy Ann
          exports = async (name) => 'Ahoy ' + name           | exports('Ann').then(x => x + '!')  | Ahoy Ann!
          module.exports = (name) => 'Ahoy ' + name          | exports('Ann')                     | Ahoy Ann
          const exports = (name) => 'Ahoy ' + name           | exports('Ann')                     | Ahoy Ann
          'use strict'; exports = (name) => 'Ahoy ' + name   | exports('Ann')                     | Ahoy Ann
          const ship = 'Berth'; exports = () => 0            | 'Ahoy ' + ship                     | Ahoy Berth
          exports = () => 0 // that is all                   | const a = 'Ann'; `Ahoy ${a}` /* */ | Ahoy Ann
          exports = () => context.functions.execute('main')  | exports()                          | undefinedundefinedundefined
          exports = () => context.user.type                  | exports()                          | system
          exports = () => typeof request                     | exports()                          | undefined
          """)
  void aFunctionIsTriedAndTheExpressionSaysHow(String source, String expression, String result) {
    assertThat(outcome(source, expression)).isEqualTo(new Outcome.Returned(new BsonString(result)));
  }

  @Test
  void nothingOfItMeetsTheNextCall() {
    Outcome tried =
        outcome("globalThis.tried = 1; Array.prototype.tried = 2; exports = () => 1", "exports()");

    assertThat(tried).isEqualTo(new Outcome.Returned(new BsonInt32(1)));
    assertThat(RunningWorker.outcome(running.invoke(app, 1)))
        .isEqualTo(new Outcome.Returned(new BsonString("undefinedundefinedundefined")));
    assertThat(
            running.outcome(
                app, Invocation.SourceCall.FUNCTION, Caller.system(), RequestFacts.none()))
        .isEqualTo(new Outcome.NotFound(Invocation.SourceCall.FUNCTION));
  }

  @Test
  void aTrialDoesNotMeetTheOneBefore() {
    outcome("var counted = 1; exports = () => counted++", "exports()");

    assertThat(outcome("exports = () => typeof counted", "exports()"))
        .isEqualTo(new Outcome.Returned(new BsonString("undefined")));
  }

  /// It would run where no limit counts yet.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "}; while (true); {",
        "return 1}; while (true); () => {",
        "exports = () => 1}, (() => { while (true); })(), () => {",
        "/*",
        "`",
        "exports = ("
      })
  void codeThatOnlyFitsIntoWhatIsPutAroundItIsRefused(String source) {
    assertThat(outcome(source, "1"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> assertThat(threw.message()).contains("SyntaxError").contains("source.js"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exports(", "}", "*/ 1"})
  void anExpressionThatIsNoneIsAnErrorOfTheCall(String expression) {
    assertThat(outcome(GREETING, expression)).isInstanceOf(Outcome.Threw.class);
  }

  @Test
  void itsErrorsHaveTheLinesOfTheSource() {
    Outcome outcome = outcome("exports = () => {\n\n  throw new Error('no ship'); };", "exports()");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Threw.class, threw -> assertThat(threw.message()).isEqualTo("no ship"));
    assertThat(running.lines.toString()).contains("source.js:3");
  }

  @Test
  void limitsCountForIt() {
    assertThat(outcome("exports = () => { while (true); }", "exports()"))
        .isInstanceOfSatisfying(
            Outcome.OverLimit.class,
            over -> assertThat(over.limit()).isIn(Limit.CPU_TIME, Limit.TIME));
    assertThat(outcome("while (true);", "1")).isInstanceOf(Outcome.OverLimit.class);
    assertThat(outcome("exports = 1;" + " ".repeat(ValueBounds.FILE_CHARACTERS), "1"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class, threw -> assertThat(threw.code()).isEqualTo("FunctionInvalid"));
  }

  @Test
  void whatIsNoFunctionSaysSo() {
    assertThat(outcome("exports = 7", "exports")).isInstanceOf(Outcome.Returned.class);
    assertThat(outcome("exports = 7", "exports()")).isInstanceOf(Outcome.Threw.class);
  }

  private Outcome outcome(String source, String expression) {
    var envelope =
        new Invocation.Envelope(
            app, new Revision(1), RequestId.next(), Caller.system(), Duration.ofSeconds(5));
    return RunningWorker.outcome(
        running.worker.invoke(
            new Invocation.SourceCall(envelope, source, expression, RequestFacts.none())));
  }
}
