package dev.berth.jsruntime;

import dev.berth.appmodel.FunctionDefinition;
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
record FunctionFile(String name, Source plain, Source wrapped, Source shielded) {

  static FunctionFile of(FunctionDefinition function) {
    String source = function.source();
    return new FunctionFile(
        function.name(),
        source(function, source),
        source(function, "(exports, module, require) => {" + source + "\n;return exports}"),
        source(function, "(exports, module, require) => {{" + source + "\n}return exports}"));
  }

  /// What runs with a `context` that it is given, in the place of the global one.
  ///
  /// @param runnable what runs otherwise
  static Source bound(Source runnable) {
    String text = "(context) => " + runnable.getCharacters();
    return Source.newBuilder(JsEngine.LANGUAGE, text, runnable.getName()).buildLiteral();
  }

  private static Source source(FunctionDefinition function, CharSequence text) {
    return Source.newBuilder(JsEngine.LANGUAGE, text, function.file()).buildLiteral();
  }
}
