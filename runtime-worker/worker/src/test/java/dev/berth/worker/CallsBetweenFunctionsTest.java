package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DataSource.ReadPreference;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Header;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that call others which say who may call them, or run as the system.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallsBetweenFunctionsTest {

  private static final Caller.SignedIn ANN =
      new Caller.SignedIn("ann", "normal", new BsonDocument(), new BsonDocument(), List.of());

  private static final RequestFacts REQUEST =
      new RequestFacts("127.0.0.1", "", "", "", List.of(new Header("X-Key", "k")));

  private final RunningWorker worker = RunningWorker.start();
  private final Map<String, FunctionDefinition> functions = new HashMap<>();
  private AppId app = RunningWorker.newApp();

  @BeforeEach
  void useANewApp() {
    app = RunningWorker.newApp();
    functions.clear();
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  private void function(String name, String canEvaluate, RunAs runAs, String source) {
    BsonValue condition =
        BsonDocument.parse("{c: " + canEvaluate + "}").get("c", BsonBoolean.FALSE);
    functions.put(
        name,
        new FunctionDefinition(
            name, "functions/" + name + ".js", source, false, condition, true, runAs));
  }

  private void function(String name, String canEvaluate, String source) {
    function(name, canEvaluate, new RunAs.Caller(), source);
  }

  /// Deploys the functions with this one, and calls it.
  private Outcome call(Caller caller, String main) {
    function("main", "{}", main);
    var owners =
        new RuleSet(
            List.of(
                new Role(
                    "owner",
                    BsonDocument.parse("{owner: '%%user.id'}"),
                    null,
                    BsonBoolean.TRUE,
                    BsonBoolean.TRUE,
                    BsonBoolean.TRUE,
                    BsonBoolean.TRUE,
                    BsonBoolean.TRUE,
                    Map.of(),
                    new Role.FieldPermission(null, null, Map.of()))),
            List.of());
    var source =
        new DataSource(
            "mongodb-atlas",
            "mongodb-atlas",
            null,
            ReadPreference.PRIMARY,
            new BsonDocument(),
            null,
            List.of(new CollectionDefinition(app.value(), "things", owners, null, List.of())));
    var definition =
        new AppDefinition(
            "test",
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of()),
            List.of(),
            functions,
            Map.of("open", new AppValue.Plain("open", BsonBoolean.TRUE)),
            List.of(source));
    worker.catalog.apply(
        new AppChange.Deployed(
            new DeployedApp(app, new Revision(1), definition, Secrets.of(Map.of()))));
    return worker.outcome(app, "main", caller, REQUEST);
  }

  private BsonValue returned(String main) {
    return switch (call(ANN, main)) {
      case Outcome.Returned(BsonValue value) -> value;
      case Outcome other -> throw new AssertionError("did not return: " + other + worker.lines);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                        | true",
        "true                                                      | true",
        "false                                                     | false",
        "{'%%user.id': 'ann'}                                      | true",
        "{'%%user.id': 'bob'}                                      | false",
        "{'%not': {'%%user.id': 'bob'}}                            | true",
        "{'%%user.custom_data.missing': true}                      | false",
        "{'%%request.requestHeaders.X-Key': ['k']}                 | true",
        "{'%%request.remoteIPAddress': '127.0.0.2'}                | false",
        "{'%%values.open': true}                                   | true",
        "{'%%values.missing': {'%exists': true}}                   | false",
        "{'%%true': {'%function': {'name': 'yes'}}}                | true",
        "{'%%true': {'%function': {'name': 'no'}}}                 | false",
        "{'%%true': {'%function': {'name': 'one'}}}                | false",
        "{'%%true': {'%function': {'name': 'throws'}}}             | false",
        "{'%%true': {'%function': {'name': 'rejects'}}}            | false",
        "{'%%true': {'%function': {'name': 'cyclic'}}}             | false",
        "{'%%true': {'%function': {'name': 'guarded'}}}            | false",
        "{'%%true': {'%function': {'name': 'bob'}}}                | false",
        "{'%%true': {'%function': {'name': 'nothing'}}}            | false",
        "{'%not': {'%%true': {'%function': {'name': 'throws'}}}}   | false",
        "{'%%true': {'%function': {'name': 'later'}}}              | true",
        "{'%%true': {'%function': {'name': 'isAnn', 'arguments': ['%%user.id']}}}     | true",
        "{'%%true': {'%function': {'name': 'isAnn', 'arguments': ['%%user.missing']}}} | false",
        "{'%%true': {'%function': {'name': 'isSystem'}}}           | true",
        "{'%and': [{'%%true': {'%function': {'name': 'later'}}}, {'%%true': {'%function': {'name': 'yes'}}}]} | true",
        "{'%or': [{'%%true': {'%function': {'name': 'no'}}}, {'%%true': {'%function': {'name': 'later'}}}]}   | true",
      })
  void aFunctionIsCalledOnlyWhenItsExpressionIsTrue(String canEvaluate, boolean called) {
    function("callee", canEvaluate, "exports = (x) => x + 1;");
    function("yes", "{}", "exports = () => true;");
    function("no", "{}", "exports = () => false;");
    function("one", "{}", "exports = () => 1;");
    function("throws", "{}", "exports = () => { throw new Error('x'); };");
    function("rejects", "{}", "exports = async () => { throw new Error('x'); };");
    function("cyclic", "{}", "exports = () => { const a = {}; a.a = a; return a; };");
    function("later", "{}", "exports = () => new Promise((done) => setTimeout(done, 5, true));");
    function("isAnn", "{}", "exports = (id) => id === 'ann' && context.user.id === 'ann';");
    function("isSystem", "{}", new RunAs.AsSystem(), "exports = () => context.runningAsSystem();");
    function("guarded", "{'%%user.id': 'ann'}", "exports = () => true;");
    function("bob", "{}", new RunAs.AsUser("bob"), "exports = () => true;");

    BsonValue result =
        returned(
            """
            exports = async () => {
              try { return await context.functions.execute('callee', 1); } catch (error) { return [error.message, error.code].join(); }
            };
            """);

    assertThat(result)
        .isEqualTo(
            called
                ? new BsonInt32(2)
                : new BsonString(
                    "function 'callee' may not be called: its can_evaluate is not true,NoMatchingRuleFound"));
  }

  @Test
  void aRefusedCallIsNoPromiseAndRunsNothing() {
    function("callee", "{'%%user.id': 'bob'}", "console.log('ran'); exports = () => 1;");

    assertThat(call(ANN, "exports = () => context.functions.execute('callee');"))
        .isEqualTo(
            new Outcome.Threw(
                "NoMatchingRuleFound",
                "function 'callee' may not be called: its can_evaluate is not true"));
    app = RunningWorker.newApp();
    assertThat(
            returned(
                "exports = () => { try { context.functions.execute('callee'); } catch (e) { return 'caught'; } };"))
        .isEqualTo(new BsonString("caught"));
    assertThat(worker.lines).noneMatch(line -> line.text().contains("ran"));
  }

  @Test
  void anAllowedCallReturnsWhatItsFunctionDoes() {
    function("callee", "{'%%true': {'%function': {'name': 'yes'}}}", "exports = (x) => x;");
    function("yes", "{}", "exports = () => true;");

    assertThat(
            returned(
                "exports = () => { const a = {}; return context.functions.execute('callee', a) === a; };"))
        .isEqualTo(BsonBoolean.TRUE);
  }

  @Test
  void theSystemIsAskedForItsReasonsToo() {
    function("callee", "{'%%user.id': 'ann'}", "exports = () => 1;");

    assertThat(call(Caller.system(), "exports = () => context.functions.execute('callee');"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> assertThat(threw.code()).isEqualTo("NoMatchingRuleFound"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Promise.prototype.then = () => 1; Map.prototype.get = () => true; JSON.parse = () => true;",
        "Object.defineProperty(Object.prototype, 'callee', { get: () => undefined, set() {} });",
        "Object.prototype.guarded = {}; Object.prototype['+'] = 1; String.prototype.slice = () => '+';",
        "Array.prototype[Symbol.iterator] = function* () { yield '+'; };",
        "globalThis.EJSON = { parse: () => true }; Function.prototype.call = Function.prototype.bind = () => () => '+';",
      })
  void aCallerCannotDecideForTheExpression(String patch) {
    function("callee", "{'%%true': {'%function': {'name': 'no'}}}", "exports = () => 'called';");
    function("no", "{}", "exports = () => false;");

    Outcome outcome =
        call(ANN, "exports = () => { " + patch + " return context.functions.execute('callee'); };");

    assertThat(outcome.toString()).doesNotContain("called,").doesNotContain("value='called'");
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
  }

  @Test
  void endlessQuestionsEndWithTheirInvocation() {
    function("callee", "{'%%true': {'%function': {'name': 'again'}}}", "exports = () => 1;");
    function("again", "{}", "exports = () => context.functions.execute('callee');");

    assertThat(call(ANN, "exports = () => context.functions.execute('callee');"))
        .isNotInstanceOf(Outcome.Returned.class);
  }

  @Test
  void dataIsReadWithTheRightsOfTheFunctionThatReadsIt() {
    worker.insert(app, "{_id: 1, owner: 'ann'}", "{_id: 2, owner: 'bob'}", "{_id: 3}");
    String things =
        "const things = () => context.services.get('mongodb-atlas').db('%s').collection('things');"
            .formatted(app);
    function(
        "all",
        "{}",
        new RunAs.AsSystem(),
        things
            + "exports = async () => (await things().find({}).sort({ _id: 1 }).toArray()).map((d) => d._id);");
    function("handle", "{}", new RunAs.AsSystem(), things + "exports = () => things();");
    function(
        "cursor",
        "{}",
        new RunAs.AsSystem(),
        things + "exports = () => things().find({ _id: 3 });");

    BsonValue result =
        returned(
            things
                + """
                exports = async () => {
                  const ids = async (cursor) => (await cursor.toArray()).map((d) => d._id);
                  const before = await ids(things().find({}));
                  const all = await context.functions.execute('all');
                  const leaked = await ids(context.functions.execute('handle').find({}));
                  const query = await ids(context.functions.execute('cursor'));
                  const first = await context.functions.execute('cursor').next();
                  return [before, all, leaked, query, first._id, await ids(things().find({}))];
                };
                """);

    assertThat(result).isEqualTo(BsonArray.parse("[[1], [1, 2, 3], [1], [3], 3, [1]]"));
  }
}
