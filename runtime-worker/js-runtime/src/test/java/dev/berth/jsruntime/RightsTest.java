package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With whose rights functions act that other functions call. The database here does nothing but
/// tell whether it is the system that asks.
class RightsTest {

  private static final Caller.SignedIn ANN =
      new Caller.SignedIn("ann", "normal", new BsonDocument(), new BsonDocument(), List.of());

  private static final String THINGS =
      "const things = () => context.services.get('mongodb-atlas').db('d').collection('things');\n";

  private final RunningApp app = new RunningApp();

  @BeforeEach
  void beAUser() {
    app.caller = ANN;
    app.services.put(
        "mongodb",
        (scope, operation, _) ->
            CompletableFuture.completedFuture(answer(operation, scope.runsAsSystem())));
    system("elevated", "exports = () => things();");
    system("whole", "exports = () => context;");
  }

  private static BsonValue answer(String operation, boolean asSystem) {
    BsonBoolean bySystem = new BsonBoolean(asSystem);
    return switch (operation) {
      case "openCursor" ->
          new BsonDocument("batch", new BsonArray(List.of(bySystem)))
              .append("exhausted", BsonBoolean.TRUE);
      case "find" -> new BsonArray(List.of(bySystem));
      default -> bySystem;
    };
  }

  @AfterEach
  void close() {
    app.close();
  }

  private void system(String name, String source) {
    app.function(name, new RunAs.AsSystem(), THINGS + source);
  }

  private void caller(String name, String source) {
    app.function(name, new RunAs.Caller(), THINGS + source);
  }

  private BsonValue returned(String source) {
    caller("main", source);
    return app.returned("main");
  }

  private static BsonArray array(String json) {
    return BsonArray.parse(json);
  }

  @Test
  void aFunctionThatRunsAsSystemDoesSoWhoeverCallsIt() {
    system("count", "exports = async () => [context.runningAsSystem(), await things().count()];");

    assertThat(
            returned(
                """
                exports = async () => [context.runningAsSystem(), await things().count(),
                  ...await context.functions.execute('count'),
                  context.runningAsSystem(), await things().count()];
                """))
        .isEqualTo(array("[false, false, true, true, false, false]"));
  }

  @Test
  void aFunctionThatIsNotConfiguredRunsAsWhoCallsIt() {
    caller("plain", "exports = async () => [context.runningAsSystem(), await things().count()];");
    system("relay", "exports = () => context.functions.execute('plain');");

    assertThat(
            returned(
                "exports = async () => [...await context.functions.execute('plain'), ...await context.functions.execute('relay')];"))
        .isEqualTo(array("[false, false, true, true]"));
  }

  @Test
  void rightsLastWhileAnAsynchronousCallDoes() {
    system(
        "slow",
        """
        const wait = () => new Promise((done) => setTimeout(done, 5));
        exports = async () => { const seen = []; for (let i = 0; i < 3; i++) { await wait(); seen.push(await things().count()); } return seen; };
        """);

    assertThat(
            returned(
                """
                exports = async () => {
                  const slow = context.functions.execute('slow');
                  const own = [await things().count(), context.runningAsSystem()];
                  return [own, await slow, await things().count()];
                };
                """))
        .isEqualTo(array("[[false, false], [true, true, true], false]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => { throw new Error('no'); };",
        "exports = async () => { throw new Error('no'); };",
        "exports = async () => { await things().count(); throw new Error('no'); };",
        "throw new Error('no');",
        "exports = 1;",
        "exports = () => ({ get then() { throw new Error('no'); } });",
        "exports = () => ({ then(done, fail) { fail(new Error('no')); } });",
        "exports = () => new Proxy({}, { get() { throw new Error('no'); } });",
        "exports = () => Object.defineProperty(Promise.resolve(1), 'constructor', { get() { throw new Error('no'); } });",
        "exports = () => Object.defineProperty(Promise.resolve(1), 'constructor', { value: { [Symbol.species]: class { constructor() { throw new Error('no'); } } } });",
      })
  void theCallersRightsAreBackAfterACallThatThrew(String source) {
    system("broken", "globalThis.kept = things();" + source);

    assertThat(
            returned(
                """
                exports = async () => {
                  let thrown = 0;
                  try { await context.functions.execute('broken'); } catch { thrown = 1; }
                  return [thrown, context.runningAsSystem(), await things().count(), await kept.count()];
                };
                """))
        .isEqualTo(array("[1, false, false, false]"));
  }

  /// However something of the other function's was got hold of.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "execute('elevated')",
        "execute('whole').services.get('mongodb-atlas').db('d').collection('things')",
        "execute('whole').functions.execute('plain')",
        "execute('wrapped').inside",
        "execute('closure')()",
        "(execute('global'), globalThis.kept)",
        "(execute('argument', box), box.kept)",
        "execute('elevated').constructor === Object && Object.create(execute('elevated')) && execute('elevated')",
        "caught(() => execute('thrower'))",
        "(patch(), execute('user'), seen[0])",
        "(await execute('later')).inside",
        "(await execute('resolved'))",
      })
  void whatIsLeftOfACallActsForItsCaller(String leak) {
    caller("plain", "exports = () => things();");
    system("wrapped", "exports = () => ({ inside: things() });");
    system("closure", "exports = () => () => things();");
    system("global", "exports = () => { globalThis.kept = things(); };");
    system("argument", "exports = (box) => { box.kept = things(); };");
    system("thrower", "exports = () => { throw things(); };");
    system("user", "exports = () => { things().insertOne({}); };");
    system(
        "later", "exports = async () => { await things().count(); return { inside: things() }; };");
    system("resolved", "exports = () => new Promise((done) => setTimeout(done, 1, things()));");

    assertThat(
            returned(
                """
                const { execute } = context.functions;
                const box = {};
                const seen = [];
                const caught = (work) => { try { work(); } catch (thrown) { return thrown; } };
                const patch = () => {
                  const prototype = Object.getPrototypeOf(things());
                  const { insertOne } = prototype;
                  prototype.insertOne = function (document) { seen.push(this); return insertOne.call(this, document); };
                };
                exports = async () => {
                  const leaked = %s;
                  return [await leaked.count(), await leaked.findOne({}), await leaked.find({}).toArray(), await leaked.insertOne({})];
                };
                """
                    .formatted(leak)))
        .isEqualTo(array("[false, false, [false], false]"));
  }

  @Test
  void aLeakedContextIsThatOfItsCaller() {
    assertThat(
            returned(
                """
                exports = () => {
                  const leaked = context.functions.execute('whole');
                  return [leaked.runningAsSystem(), leaked.functions.execute('whole').runningAsSystem()];
                };
                """))
        .isEqualTo(array("[false, false]"));
  }

  @Test
  void aCursorThatIsReturnedCanBeRead() {
    system("query", "exports = () => things().find({ a: 1 });");
    system("asynchronous", "exports = async () => things().find({ a: 1 });");

    assertThat(
            returned(
                """
                exports = async () => [
                  await context.functions.execute('query'), await context.functions.execute('query').sort({ a: 1 }).next(),
                  await context.functions.execute('asynchronous'), await context.functions.execute('elevated').find({}),
                ];
                """))
        .isEqualTo(array("[[true], true, [true], [false]]"));
  }

  @Test
  void whatTheCallerHandsOverActsForTheCaller() {
    system(
        "use",
        "exports = async (collection) => [await collection.count(), await things().count()];");

    assertThat(returned("exports = () => context.functions.execute('use', things());"))
        .isEqualTo(array("[false, true]"));
  }

  @Test
  void whoCalledIsSeenWhateverTheRights() {
    system("who", "exports = () => [context.user.id, context.user.type];");
    String both =
        "exports = () => [context.user === undefined ? null : context.user.type, ...context.functions.execute('who')];";

    assertThat(returned(both)).isEqualTo(array("['normal', 'ann', 'normal']"));
    app.caller = Caller.nobody();
    assertThat(returned(both)).isEqualTo(array("[null, '', 'system']"));
  }

  @Test
  void theFileOfAFunctionIsEvaluatedOnceForEachCallWithOtherRights() {
    system(
        "counted",
        """
        let calls = 0;
        exports = (deep) => (deep > 0 ? context.functions.execute('counted', deep - 1) : 0) + ++calls;
        """);

    assertThat(
            returned(
                "exports = () => [context.functions.execute('counted', 2), context.functions.execute('counted', 0)];"))
        .isEqualTo(array("[6, 1]"));
  }

  @Test
  void aFileMayHaveAContextOfItsOwn() {
    app.function(
        "own",
        new RunAs.AsSystem(),
        "const context = { runningAsSystem: () => 'mine' }; exports = () => context.runningAsSystem();");

    assertThat(returned("exports = () => context.functions.execute('own');"))
        .isEqualTo(new BsonString("mine"));
  }

  @Test
  void rightsOfACallThatNeverEndsEndWithTheInvocation() {
    app.file(
        "keep/index.js",
        "let kept; exports.keep = (value) => { kept = value; }; exports.kept = () => kept;");
    system(
        "endless",
        "exports = () => { require('keep').keep(things()); return new Promise(() => {}); };");
    caller(
        "first",
        "exports = async () => { context.functions.execute('endless'); return [await require('keep').kept().count()]; };");
    caller(
        "second",
        "exports = async () => { const kept = require('keep').kept(); return [kept === undefined ? null : await kept.count()]; };");

    assertThat(app.returned("first")).isEqualTo(array("[true]"));
    assertThat(app.returned("second")).isEqualTo(array("[false]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "undefined",
        "null",
        "1",
        "NaN",
        "1n",
        "Symbol('who')",
        "['who']",
        "{ toString() { return 'who'; } }",
        "new String('who')",
        "new Proxy({}, {})",
        "{ then(done) { done('who'); } }",
        "(() => { const a = []; a[0] = a; return a; })()",
      })
  void aNameThatIsNoTextIsRefused(String name) {
    caller("main", "exports = () => context.functions.execute(" + name + ");");

    assertThat(app.call("main"))
        .isEqualTo(
            new Outcome.Threw(
                "FunctionExecutionError",
                "context.functions.execute takes the name of a function"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"__proto__", "constructor", "toString", "nothing", "", "run_as:scripted"})
  void aFunctionThatDoesNotExistIsNotFound(String name) {
    app.scripted("scripted", "exports = () => 1;", "exports = () => 'id';");
    caller("main", "exports = () => context.functions.execute('" + name + "');");

    assertThat(app.call("main"))
        .isEqualTo(new Outcome.Threw("FunctionNotFound", "function not found: '" + name + "'"));
  }

  @Test
  void aFunctionThatRunsAsAnotherUserIsNotCalled() {
    app.function("bob", new RunAs.AsUser("bob"), "exports = () => 1;");
    caller("main", "exports = () => context.functions.execute('bob');");

    assertThat(app.call("main"))
        .isEqualTo(
            new Outcome.Threw(
                "AuthError", "function 'bob' runs as a user of its own: functions cannot call it"));
  }

  @Test
  void brokenBuiltInsGiveNobodyTheRightsOfAnother() {
    system("count", "exports = async () => { await things().count(); };");

    assertThat(
            returned(
                """
                exports = async () => {
                  const own = things();
                  const { then } = Promise.prototype;
                  const seen = [];
                  Promise.prototype.then = function (...all) { seen.push(this); return then.apply(this, all); };
                  Object.defineProperty(Object.prototype, 'rights', { get() { seen.push(this); return undefined; }, set(value) { seen.push(value); }, configurable: true });
                  Object.defineProperty(Object.prototype, 'key', { get() { return 'system'; }, configurable: true });
                  Object.defineProperty(Object.prototype, 'open', { get() { return true; }, configurable: true });
                  Object.defineProperty(Object.prototype, 'run', { get() { return 0; }, configurable: true });
                  const made = things();
                  const counts = [await own.count(), await made.count()];
                  for (const each of seen) if (each !== null && typeof each === 'object' && 'key' in each) each.open = true;
                  return [...counts, await things().count()];
                };
                """))
        .isEqualTo(array("[false, false, false]"));
  }

  @Test
  void aCallThatIsRefusedALimitLeavesNoRights() {
    system(
        "deep", "exports = (n) => n === 0 ? things() : context.functions.execute('deep', n - 1);");
    caller("main", "exports = () => context.functions.execute('deep', 100000);");
    caller("after", "exports = async () => [await things().count(), context.runningAsSystem()];");

    assertThat(app.call("main")).isInstanceOf(Outcome.OverLimit.class);
    assertThat(app.returned("after")).isEqualTo(array("[false, false]"));
  }
}
