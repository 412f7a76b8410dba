package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import org.bson.BsonArray;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `require` finds and runs modules as Node.js does.
class RequireTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private void assertGives(String expression, String json) {
    app.function("main", "exports = () => " + expression + ";");

    assertThat(app.returned("main")).isEqualTo(BsonArray.parse(json));
  }

  private String failure(String expression) {
    app.function("main", "exports = () => " + expression + ";");
    return switch (app.call("main")) {
      case Outcome.Threw threw -> threw.message();
      case Outcome other -> throw new AssertionError("did not throw: " + other);
    };
  }

  @Test
  void aPackageIsFoundByMainAndByIndex() {
    app.file("a/package.json", "{\"main\": \"lib/a\"}")
        .file("a/lib/a.js", "module.exports = 'a';")
        .file("b/index.js", "exports.b = 1;")
        .file("@s/c/package.json", "{\"main\": \"./dist\"}")
        .file("@s/c/dist/index.js", "module.exports = require('../data');")
        .file("@s/c/data.json", "\uFEFF[1, 2]");

    assertGives(
        "[require('a'), require('b').b, require('@s/c'), require('a/lib/a.js')]",
        "['a', 1, [1, 2], 'a']");
  }

  @Test
  void requireWorksAtFileLevelToo() {
    app.file("a/index.js", "module.exports = 7;")
        .function("main", "const a = require('a'); exports = () => a;");

    assertThat(app.returned("main").asInt32().getValue()).isEqualTo(7);
  }

  @Test
  void aModuleSeesWhatNodeGivesIt() {
    app.file(
        "a/lib/x.js",
        """
        exports.same = this === exports && this === module.exports;
        exports.names = [__filename, __dirname, module.id, typeof module.require, require.main === module];
        """);

    assertGives(
        "[require('a/lib/x').same, ...require('a/lib/x').names]",
        "[true, '/node_modules/a/lib/x.js', '/node_modules/a/lib', '/node_modules/a/lib/x.js', 'function', false]");
  }

  @Test
  void aModuleRunsOnceAndCyclesSeeWhatIsThereSoFar() {
    app.file("a/index.js", "exports.x = 1; exports.b = require('b'); exports.y = 2;")
        .file(
            "b/index.js",
            "const a = require('a'); exports.seen = Object.keys(a); exports.later = () => a.y;");

    assertGives(
        "[require('a').b.seen, require('a').b.later(), require('a') === require('a/index')]",
        "[['x'], 2, true]");
  }

  @Test
  void aNestedPackageComesBeforeAnOuterOne() {
    app.file("a/index.js", "module.exports = require('b');")
        .file("a/lib/c.js", "module.exports = require('b');")
        .file("a/node_modules/b/index.js", "module.exports = 'inner';")
        .file("b/index.js", "module.exports = 'outer';");

    assertGives("[require('a'), require('a/lib/c'), require('b')]", "['inner', 'inner', 'outer']");
  }

  @Test
  void exportsSayWhichFilesThereAre() {
    app.file(
            "a/package.json",
            """
            {"name": "a", "exports": {
              ".": {"import": "./m.mjs", "browser": "./b.js", "require": "./r.js", "default": "./d.js"},
              "./lib/*": "./src/*.js", "./lib/secret": null, "./old/": "./src/",
              "./deep": [{"import": "./no.js"}, {"node": {"require": "./r.js"}}]},
             "imports": {"#in": "./src/in.js"}}
            """)
        .file("a/r.js", "module.exports = 'r' + require('#in') + require('a/lib/x');")
        .file("a/src/in.js", "module.exports = 'in';")
        .file("a/src/x.js", "module.exports = 'x';")
        .file("a/src/secret.js", "module.exports = 's';");

    assertGives(
        "[require('a'), require('a/lib/x'), require('a/old/x.js'), require('a/deep')]",
        "['rinx', 'x', 'x', 'rinx']");
    assertThat(failure("require('a/src/x.js')")).isEqualTo("Cannot find module 'a/src/x.js'");
    assertThat(failure("require('a/lib/secret')")).isEqualTo("Cannot find module 'a/lib/secret'");
  }

  @Test
  void aTargetOutsideOfItsPackageIsNoTarget() {
    app.file("a/package.json", "{\"exports\": {\"./x\": \"./../b/index.js\", \"./*\": \"./*\"}}")
        .file("b/index.js", "module.exports = 'b';");

    assertThat(failure("require('a/x')")).isEqualTo("Cannot find module 'a/x'");
    assertThat(failure("require('a/../b/index.js')")).startsWith("Cannot find module");
  }

  @Test
  void esModulesAreRequiredAsIfTheyWereScripts() {
    app.file("a/package.json", "{\"type\": \"module\", \"exports\": {\"import\": \"./index.js\"}}")
        .file(
            "a/index.js",
            """
            import def, { one as uno, count, bump } from './b.js';
            import * as ns from './b.js';
            import plain, { x } from 'c';
            export * from './b.js';
            export { x as fromC } from 'c';
            export const list = [def, uno, ns.one, plain.x, x], shorthand = { uno };
            export function live() { const before = count; bump(); return [before, count, ns.count]; }
            export const shadow = (uno) => uno;
            export const noThis = [1].map(function () { return this; })[0] === undefined && this === undefined;
            export default class Thing { static who = import.meta.url; }
            """)
        .file(
            "a/b.js",
            """
            export let count = 0;
            export function bump() { count++; }
            export const one = 1;
            export default function () { return this; }
            """)
        .file("c/index.js", "module.exports = { x: 'x' };");

    assertGives(
        """
        (() => { const a = require('a'); return [a.list.slice(1), a.shorthand.uno, a.live(), a.count, a.shadow(5), a.noThis,
          a.fromC, a.default.who, a.default.name, (0, a.list[0])() === undefined, a.__esModule, Object.keys(a).includes('one')]; })()""",
        """
        [[1, 1, 'x', 'x'], 1, [0, 1, 1], 1, 5, true, 'x', 'file:///node_modules/a/index.js', 'Thing', true, true, true]""");
  }

  @Test
  void whatOnlyParsesAsAnEsModuleIsOne() {
    app.file("a/index.js", "export const a = 1;\nexport { a as 'b-c' };");

    assertGives("[require('a').a, require('a')['b-c']]", "[1, 1]");
  }

  @Test
  void aModuleThatThrowsIsTriedAnewNextTime() {
    app.file("a/index.js", "exports.x = 1; throw new Error('half way');");

    assertGives(
        "[1, 2].map(() => { try { return require('a').x; } catch (e) { return e.message; } })",
        "['half way', 'half way']");
  }

  @Test
  void whatIsMissingIsSaidWithWhoWantsIt() {
    app.file("a/index.js", "require('./b');").file("a/b.js", "require('nowhere');");

    assertThat(failure("require('a')"))
        .isEqualTo("Cannot find module 'nowhere'\nRequire stack:\n- /node_modules/a/b.js");
    assertThat(failure("require('child_process')"))
        .isEqualTo(
            "Cannot find module 'child_process': this runtime does not have that module of Node.js");
    assertThat(failure("require('./other')")).contains("context.functions.execute");
    assertThat(failure("(() => { try { require('x'); } catch (e) { throw e.code; } })()"))
        .isEqualTo("MODULE_NOT_FOUND");
  }

  @Test
  void aSyntaxErrorNamesTheFileOfThePackageAndNothingOfOurs() {
    app.file("a/index.js", "\nconst = 1;").file("b/index.json", "{");

    assertThat(failure("require('a')"))
        .contains("node_modules/a/index.js:2")
        .doesNotContain("berth", "graal", "java.");
    assertThat(failure("require('b')")).contains("/node_modules/b/index.json");
  }

  @Test
  void nativeAddOnsAreRefusedByName() {
    app.file("a/package.json", "{\"main\": \"a.node\"}").file("a/a.node", "x");

    assertThat(failure("require('a')")).contains("native add-on 'a/a.node'");
  }

  @Test
  void stackTracesShowTheFilesOfPackages() {
    app.file("a/index.js", "exports.f = () => {\n  throw new Error('x'); };")
        .function(
            "main", "exports = () => { try { require('a').f(); } catch (e) { return e.stack; } };");

    assertThat(((BsonString) app.returned("main")).getValue())
        .contains("node_modules/a/index.js:2");
  }
}
