package dev.berth.jsruntime;

import dev.berth.jsruntime.packages.BuiltIns;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/// Turns ES modules of packages into scripts that `require` can run.
///
/// That happens in a context of its own, which sees nothing but the source and is thrown away, so
/// that what app code did to its world has no part in what other invocations run. The limits of
/// the invocation hold there as well.
final class EsModules {

  private static final List<Source> TRANSLATOR =
      List.of(source("npm/acorn/dist/acorn.js"), source("esm.js"));

  private final JsEngine engine;
  private volatile @Nullable Context running;
  private volatile boolean cancelled;

  EsModules(JsEngine engine) {
    this.engine = engine;
  }

  private static Source source(String path) {
    return Source.newBuilder(JsEngine.LANGUAGE, BuiltIns.text(path), "berth:" + path)
        .internal(true)
        .buildLiteral();
  }

  /// A script that does what the ES module does.
  ///
  /// @throws IllegalArgumentException with a message for app code, when it is no ES module
  String toScript(String text, String path) {
    Context context = engine.newContext();
    running = context;
    try {
      if (cancelled) {
        engine.end(context);
      }
      TRANSLATOR.forEach(context::eval);
      Value answer = context.getBindings(JsEngine.LANGUAGE).getMember("toScript").execute(text);
      String script = answer.asString();
      if (script.startsWith("!")) {
        throw new IllegalArgumentException("node_modules/" + path + ": " + script.substring(1));
      }
      return script.substring(1);
    } catch (PolyglotException _) {
      // Ended by a limit, which ends the invocation as well, or nested too deeply.
      throw new IllegalArgumentException("node_modules/" + path + " could not be translated");
    } finally {
      running = null;
      engine.end(context);
    }
  }

  /// Ends a translation, from any thread.
  void cancel() {
    cancelled = true;
    Context context = running;
    if (context != null) {
      engine.end(context);
    }
  }
}
