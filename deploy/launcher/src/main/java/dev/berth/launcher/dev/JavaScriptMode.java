package dev.berth.launcher.dev;

import dev.berth.jsruntime.JsCompiler;
import dev.berth.launcher.console.StartFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How JavaScript is to run: compiled in worker processes where the JDK can, and interpreted in
/// one process, which starts in a fraction of the time. `BERTH_JS` says otherwise.
///
/// @param jvmOptions for worker processes
/// @param whyInterpreted what a person is told when it turns out to be interpreted
/// @param mustCompile whether being interpreted then is a failure
public record JavaScriptMode(List<String> jvmOptions, String whyInterpreted, boolean mustCompile) {

  static final String VARIABLE = "BERTH_JS";

  public JavaScriptMode {
    jvmOptions = List.copyOf(jvmOptions);
  }

  /// The mode for a process.
  ///
  /// @param asked what `BERTH_JS` says
  /// @param workers processes for app code; with 0 it runs in this JVM, whose options are given
  /// @throws StartFailure when it says something else, or something that cannot be had
  public static JavaScriptMode choose(@Nullable String asked, int workers, JsCompiler compiler)
      throws StartFailure {
    return switch (asked == null ? "" : asked) {
      case "interpreted" -> new JavaScriptMode(List.of(), VARIABLE + "=interpreted", false);
      case "compiled" -> compiled(workers, compiler);
      case "" -> usual(workers, compiler);
      default ->
          throw new StartFailure(
              VARIABLE + " must be 'compiled' or 'interpreted', and is '" + asked + "'");
    };
  }

  private static JavaScriptMode compiled(int workers, JsCompiler compiler) throws StartFailure {
    return switch (compiler) {
      case JsCompiler.Available(List<String> options) ->
          workers == 0
              ? new JavaScriptMode(
                  List.of(), "this JVM was started without the options that ./berth gives it", true)
              : new JavaScriptMode(options, "the JVM did not take the compiler", true);
      case JsCompiler.Missing(String reason) -> throw cannot(reason);
    };
  }

  private static JavaScriptMode usual(int workers, JsCompiler compiler) {
    return switch (compiler) {
      case JsCompiler.Available(List<String> options) ->
          workers == 0
              ? new JavaScriptMode(List.of(), "starts faster; --workers runs it compiled", false)
              : new JavaScriptMode(options, "the JVM did not take the compiler", false);
      case JsCompiler.Missing(String reason) -> new JavaScriptMode(List.of(), reason, false);
    };
  }

  /// For the person who starts it, how it turned out.
  ///
  /// @throws StartFailure when it had to be compiled and is not
  public String text(boolean interpreted) throws StartFailure {
    if (interpreted && mustCompile) {
      throw cannot(whyInterpreted);
    }
    return interpreted ? "interpreted: " + whyInterpreted : "compiled when it gets hot";
  }

  private static StartFailure cannot(String reason) {
    return new StartFailure(
        VARIABLE + "=compiled, but JavaScript can only be interpreted: " + reason);
  }
}
