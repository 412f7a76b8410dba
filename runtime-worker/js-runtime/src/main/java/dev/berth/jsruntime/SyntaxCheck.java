package dev.berth.jsruntime;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Problem;
import dev.berth.jsruntime.bounds.ValueBounds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/// Finds the functions whose source is not JavaScript, without running any of it.
public final class SyntaxCheck {

  private SyntaxCheck() {}

  /// One problem per malformed file, with its line. Call it on a platform thread with a guest
  /// thread's stack: the parser is recursive.
  public static List<Problem> problems(JsEngine engine, AppDefinition app) {
    List<Problem> problems = new ArrayList<>();
    Context context = engine.newContext();
    try {
      app.code().stream()
          .sorted(Comparator.comparing(FunctionDefinition::file))
          .forEach(function -> check(context, function, problems));
    } finally {
      engine.end(context);
    }
    return List.copyOf(problems);
  }

  private static void check(Context context, FunctionDefinition function, List<Problem> problems) {
    int length = function.source().length();
    if (length > ValueBounds.FILE_CHARACTERS) {
      problems.add(
          Problem.error(
              function.file(),
              "",
              0,
              "the file has " + length + " characters, more than " + ValueBounds.FILE_CHARACTERS));
      return;
    }
    FunctionFile file = FunctionFile.of(function);
    try {
      requireScript(context, file);
      runnable(context, file);
    } catch (PolyglotException e) {
      problems.add(problem(function, e));
    }
  }

  /// A file that only fits into our wrapper is not a function file: part of it would be outside,
  /// and run before any limit counts.
  private static void requireScript(Context context, FunctionFile file) {
    context.parse(file.plain());
  }

  /// The form of the file that the engine can run.
  ///
  /// @throws PolyglotException when there is none
  static Source runnable(Context context, FunctionFile file) {
    if (!file.deployed()) {
      requireScript(context, file);
    }
    try {
      context.parse(file.wrapped());
      return file.wrapped();
    } catch (PolyglotException _) {
      context.parse(file.shielded());
      return file.shielded();
    }
  }

  private static Problem problem(FunctionDefinition function, PolyglotException e) {
    SourceSection section = e.getSourceLocation();
    int line = section == null ? 0 : section.getStartLine();
    if (!e.isSyntaxError()) {
      return Problem.error(function.file(), "", line, "the source could not be parsed");
    }
    return Problem.error(
        function.file(), "", line, "not JavaScript: " + reason(String.valueOf(e.getMessage())));
  }

  /// The first line of `SyntaxError: functions/a.js:2:9 Expected an operand but found ;`,
  /// without the place, which the problem says already.
  private static String reason(String message) {
    String first = message.lines().findFirst().orElse("syntax error");
    return first.replaceFirst("^SyntaxError: (?:\\S+:\\d+:\\d+ )?", "");
  }
}
