package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.directory.Located;
import dev.berth.appmodel.directory.LocatedDocument;
import dev.berth.appmodel.directory.LocatedExpression;
import dev.berth.rules.Expression;
import dev.berth.rules.Fault;
import dev.berth.rules.QueryTemplate;
import dev.berth.rules.access.Projection;
import dev.berth.rules.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whether every expression, filter and schema of an app means something.
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
    app.documents().forEach(check::check);
    return new ArrayList<>(check.problems);
  }

  private void check(LocatedExpression located) {
    Expression.Parsing parsing = Expression.parse(located.expression(), located.scope());
    report(located, parsing.faults());
    checkFunctions(located, parsing.expression().functions());
    checkValues(located, parsing.expression().values());
  }

  private void check(LocatedDocument located) {
    switch (located.kind()) {
      case FILTER_QUERY -> {
        QueryTemplate.Parsing parsing = QueryTemplate.parse(located.document());
        report(located, parsing.faults());
        checkFunctions(located, parsing.template().functions());
        checkValues(located, parsing.template().values());
      }
      case FILTER_PROJECTION -> checkProjection(located);
      case SCHEMA -> {
        Schema.Parsing parsing = Schema.parse(located.document(), false);
        report(located, parsing.faults());
        checkFunctions(located, parsing.schema().functions());
      }
    }
  }

  private void checkProjection(LocatedDocument located) {
    try {
      Projection.of(List.of(located.document()));
    } catch (Projection.Refused refused) {
      problems.add(located.error(List.of(), String.valueOf(refused.getMessage())));
    }
  }

  private void report(Located located, List<Fault> faults) {
    for (Fault fault : faults) {
      problems.add(
          fault.isError()
              ? located.error(fault.path(), fault.message())
              : located.warning(fault.path(), fault.message()));
    }
  }

  private void checkFunctions(Located located, Set<String> functions) {
    functions.stream().sorted().forEach(function -> checkFunction(located, function));
  }

  private void checkValues(Located located, Set<String> values) {
    values.stream()
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

  private void checkFunction(Located located, String name) {
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
