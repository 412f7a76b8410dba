package dev.berth.jsruntime;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.invocation.Invocation;
import org.graalvm.polyglot.Source;

/// A function's source, as the engine gets it.
///
/// The file becomes the body of an arrow function, so that what it declares at file level is new
/// each time it is evaluated, and `arguments.callee` cannot reach the wrapper. Nothing is put on
/// a line of its own before the source: line numbers are the file's.
///
/// @param plain the file as it is, a script: what a syntax check parses
/// @param wrapped what runs
/// @param shielded what runs when the file declares a name of its own that the wrapper uses
/// @param deployed whether it passed the checks of a deployment
record FunctionFile(String name, Source plain, Source wrapped, Source shielded, boolean deployed) {

  /// For messages: there is no file.
  private static final String TRIED = "source.js";

  static FunctionFile of(FunctionDefinition function) {
    String source = function.source();
    return new FunctionFile(
        function.name(),
        source(function, source),
        source(function, "(exports, module, require) => {" + source + "\n;return exports}"),
        source(function, "(exports, module, require) => {{" + source + "\n}return exports}"),
        true);
  }

  /// A function that nobody deployed: it takes no arguments, and returns what the expression says.
  static FunctionFile tried(Invocation.SourceCall call) {
    // Behind the source, where it sees what that declares and leaves the line numbers alone.
    String end =
        "\n;return ((exports) => () => eval("
            + JsonWriter.compact(new Json.Text(call.expression()))
            + "))(typeof exports === 'function' ? exports : module.exports)";
    String source = call.source();
    return new FunctionFile(
        call.function(),
        source(source, TRIED),
        source("(exports, module, require) => {" + source + end + "}", TRIED),
        source("(exports, module, require) => {{" + source + end + "}}", TRIED),
        false);
  }

  /// What runs with a `context` that it is given, in the place of the global one.
  ///
  /// @param runnable what runs otherwise
  static Source bound(Source runnable) {
    String text = "(context) => " + runnable.getCharacters();
    return Source.newBuilder(JsEngine.LANGUAGE, text, runnable.getName()).buildLiteral();
  }

  private static Source source(FunctionDefinition function, String text) {
    return source(text, function.file());
  }

  private static Source source(String text, String file) {
    return Source.newBuilder(JsEngine.LANGUAGE, text, file).buildLiteral();
  }
}
