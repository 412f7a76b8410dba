package dev.berth.rules;

import dev.berth.appmodel.ExpressionScope;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;

/// A parsed expression. Immutable.
public final class Expression {

  /// How deep an expression may be nested.
  public static final int MAX_DEPTH = 32;

  /// How many values an expression may be made of, each element of a list counted.
  public static final int MAX_VALUES = 10_000;

  /// How often an expression may say `%function`.
  public static final int MAX_FUNCTIONS = 10;

  private static final Expression ALWAYS =
      new Expression(new Condition.Constant(Truth.TRUE), Set.of(), Set.of());

  private static final Expression NEVER =
      new Expression(new Condition.Constant(Truth.UNDECIDED), Set.of(), Set.of());

  private final Condition condition;
  private final Set<String> functions;
  private final Set<String> values;

  private Expression(Condition condition, Set<String> functions, Set<String> values) {
    this.condition = condition;
    this.functions = Set.copyOf(functions);
    this.values = Set.copyOf(values);
  }

  /// What parsing came to.
  ///
  /// @param expression one that is never decided when there is an error among the faults
  public record Parsing(Expression expression, List<Fault> faults) {

    public Parsing {
      faults = List.copyOf(faults);
    }
  }

  /// Parses an expression as app directories hold it: a boolean, a document or `"%%…"`.
  public static Parsing parse(BsonValue written, ExpressionScope scope) {
    FaultLog faults = new FaultLog();
    ExpressionParser parser = new ExpressionParser(scope, faults);
    Condition condition = parser.parse(written);
    return new Parsing(
        faults.hasErrors() ? NEVER : of(condition, parser.functions(), parser.values()),
        faults.all());
  }

  private static Expression of(Condition condition, Set<String> functions, Set<String> values) {
    return condition.equals(ALWAYS.condition)
        ? ALWAYS
        : new Expression(condition, functions, values);
  }

  /// The expression that is true whatever the facts.
  public static Expression always() {
    return ALWAYS;
  }

  Condition condition() {
    return condition;
  }

  /// Whether it is true whatever the facts, as an absent one is.
  public boolean isAlwaysTrue() {
    return condition.equals(ALWAYS.condition);
  }

  /// The functions that it names.
  public Set<String> functions() {
    return functions;
  }

  /// The values of the app that it names.
  public Set<String> values() {
    return values;
  }

  /// Shows no content: an expression may hold what is to be kept secret.
  @Override
  public String toString() {
    return isAlwaysTrue() ? "Expression[always true]" : "Expression";
  }
}
