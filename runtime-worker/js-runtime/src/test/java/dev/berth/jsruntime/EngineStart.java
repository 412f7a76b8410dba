package dev.berth.jsruntime;

import org.graalvm.polyglot.Context;

/// Starts the engine in a JVM of its own, and says how that went.
final class EngineStart {

  private EngineStart() {}

  /// Starts it once.
  ///
  /// @param arguments `late` when somebody has used the engine before
  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      try (Context context = Context.create("js")) {
        context.eval("js", "[1n].map(String).join('')");
      }
    }
    try {
      JsEngine.start().close();
      System.out.println("started");
    } catch (IllegalStateException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }
}
