package dev.berth.gateway.route;

import dev.berth.appmodel.ConstantValues;
import dev.berth.appmodel.ExpressionScope;
import dev.berth.catalog.DeployedApp;
import dev.berth.rules.Expression;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What stays the same for all requests to one app revision. Safe from any thread.
///
/// It holds secrets and shows none in its text form.
public final class AppConstants {

  private final ConstantValues constants;
  private final Map<String, Expression> conditions;

  private AppConstants(ConstantValues constants, Map<String, Expression> conditions) {
    this.constants = constants;
    this.conditions = Map.copyOf(conditions);
  }

  static AppConstants of(DeployedApp app) {
    Map<String, Expression> conditions = new HashMap<>();
    app.definition()
        .functions()
        .forEach((name, function) -> conditions.put(name, parsed(function.canEvaluate())));
    return new AppConstants(ConstantValues.of(app.definition(), app.secrets()), conditions);
  }

  /// One with faults comes from a deployment that knew less of expressions: it is never true.
  static Expression parsed(BsonValue canEvaluate) {
    return Expression.parse(canEvaluate, ExpressionScope.REQUEST).expression();
  }

  /// The values by name, with the secrets that some of them stand for. Not to be changed.
  public BsonDocument values() {
    return constants.values();
  }

  /// `{tag, values}`. Not to be changed.
  public BsonDocument environment() {
    return constants.environment();
  }

  /// Who may call a function; `null` when there is no such function.
  public @Nullable Expression conditionOf(String function) {
    return conditions.get(function);
  }
}
