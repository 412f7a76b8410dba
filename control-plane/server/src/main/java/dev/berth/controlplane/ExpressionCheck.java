package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.directory.LocatedExpression;
import dev.berth.rules.Expression;
import dev.berth.rules.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whether every expression of an app means something.
final class ExpressionCheck {

  private final AppDefinition definition;
  /// A file may be read twice; its problems count once.
  private final Set<Problem> problems = new LinkedHashSet<>();

  private ExpressionCheck(AppDefinition definition) {
    this.definition = definition;
  }

  static List<Problem> problemsOf(AppDirectory.Loaded app) {
    ExpressionCheck check = new ExpressionCheck(app.definition());
    app.expressions().forEach(check::check);
    return new ArrayList<>(check.problems);
  }

  private void check(LocatedExpression located) {
    Expression.Parsing parsing = Expression.parse(located.expression(), located.scope());
    for (Fault fault : parsing.faults()) {
      problems.add(
          fault.isError()
              ? located.error(fault.path(), fault.message())
              : located.warning(fault.path(), fault.message()));
    }
    parsing.expression().functions().stream()
        .sorted()
        .forEach(function -> checkFunction(located, function));
    parsing.expression().values().stream()
        .sorted()
        .filter(value -> !definition.values().containsKey(value))
        .forEach(
            value ->
                problems.add(
                    located.warning(
                        List.of(),
                        "there is no value named \""
                            + value
                            + "\"; what is compared with it"
                            + " is never true")));
  }

  private void checkFunction(LocatedExpression located, String name) {
    FunctionDefinition function = definition.functions().get(name);
    if (function == null) {
      problems.add(located.error(List.of(), "there is no function named \"" + name + "\""));
    } else if (isGuarded(function)) {
      problems.add(
          located.warning(
              List.of(),
              "the function \""
                  + name
                  + "\" has can_evaluate itself, so expressions cannot call it: never true"));
    }
  }

  private static boolean isGuarded(FunctionDefinition function) {
    return !Expression.parse(function.canEvaluate(), ExpressionScope.REQUEST)
        .expression()
        .isAlwaysTrue();
  }
}
