package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Outcome;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules of data that ask functions of the app, from JavaScript to the database and back.
class RulesWithFunctionsTest {

  private static final String ASKING =
      "{roles: [{write: {'%%true': {'%function': {name: 'may', arguments: ['%%prevRoot', '%%root']}}}}]}";

  // So few at once that a call would wait for ever if it stood behind the one that waits for it.
  private final RunningWorker worker = RunningWorker.start(RunningWorker.settings(1, 10));
  private final AppId app = RunningWorker.newApp();

  @AfterEach
  void stop() {
    worker.close();
  }

  private void deploy(String rules, String main, String may, RunAs mayRunAs) {
    worker.deploy(
        app,
        "things",
        rules,
        function("main", body(main), new RunAs.Caller()),
        function("may", body(may), mayRunAs));
  }

  private static FunctionDefinition function(String name, String source, RunAs runAs) {
    return new FunctionDefinition(
        name, "functions/" + name + ".js", source, false, new BsonDocument(), true, runAs);
  }

  private String body(String expression) {
    return "exports = async (before, after) => {\n"
        + "  const things = context.services.get('mongodb-atlas').db('"
        + app
        + "').collection('things');\n"
        + "  return "
        + expression
        + ";\n};";
  }

  private Outcome call() {
    return RunningWorker.outcome(worker.invokeAs("ann", app));
  }

  private static Outcome returned(String value) {
    return new Outcome.Returned(
        BsonDocument.parse("{value: " + value + "}").get("value", new BsonString("absent")));
  }

  @Test
  void aFunctionDecidesWhatMayBeSeenOfEachDocument() {
    worker.insert(app, "{_id: 1, n: 1}", "{_id: 2, n: 7}", "{_id: 3, n: 2}");
    deploy(
        ASKING,
        "things.find({}, {_id: 1}).sort({_id: 1}).toArray()",
        "after.n < 5 && context.user.id === 'ann'",
        new RunAs.Caller());

    assertThat(call()).isEqualTo(returned("[{_id: 1}, {_id: 3}]"));
  }

  @Test
  void aFunctionDecidesAboutAChangeByWhatItComesTo() {
    worker.insert(app, "{_id: 1, n: 1}");
    deploy(
        ASKING,
        "[await things.updateOne({_id: 1}, {$inc: {n: 1}}),"
            + " await things.updateOne({_id: 1}, {$inc: {n: 2}}).catch(e => e.message)]",
        "before !== undefined && after.n === before.n + 1",
        new RunAs.Caller());

    assertThat(call())
        .isEqualTo(returned("[{matchedCount: 1, modifiedCount: 1}, 'update not permitted']"));
    assertThat(worker.documents(app)).containsExactly(BsonDocument.parse("{_id: 1, n: 2}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing.of.the.kind", "'true'", "1", "undefined"})
  void whatIsNotTruePermitsNothing(String may) {
    worker.insert(app, "{_id: 1}");
    deploy(ASKING, "things.find().toArray()", may, new RunAs.Caller());

    assertThat(call()).isEqualTo(returned("[]"));
  }

  @Test
  void aFunctionThatRunsAsTheSystemReadsWhatItLikes() {
    worker.insert(app, "{_id: 1, open: true}", "{_id: 2}");
    deploy(ASKING, "things.count()", "(await things.findOne({_id: 1})).open", new RunAs.AsSystem());

    assertThat(call()).isEqualTo(returned("2"));
  }

  @Test
  void functionsDoNotDependOnOneAnotherWithoutEnd() {
    worker.insert(app, "{_id: 1}");
    deploy(ASKING, "things.find().toArray()", "(await things.count()) > 0", new RunAs.Caller());

    assertThat(call()).isEqualTo(returned("[]"));
  }

  @Test
  void whatNeedsTooManyFunctionsFailsAsAWhole() {
    worker.insert(
        app, IntStream.range(0, 1001).mapToObj(i -> "{_id: " + i + "}").toArray(String[]::new));
    deploy(
        ASKING,
        "things.find().toArray().then(a => a.length).catch(e => e.message)",
        "true",
        new RunAs.Caller());

    BsonValue answer = ((Outcome.Returned) call()).value();

    assertThat(answer).isEqualTo(new BsonString("the rules would call more than 1000 functions"));
  }
}
