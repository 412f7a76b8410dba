package dev.berth.gateway.route;

import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.ExpressionScope;
import dev.berth.catalog.DeployedApp;
import dev.berth.rules.Expression;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What stays the same for all requests to one app revision. Safe from any thread.
///
/// It holds secrets and shows none in its text form.
public final class AppConstants {

  private final BsonDocument values;
  private final BsonDocument environment;
  private final Map<String, Expression> conditions;

  private AppConstants(
      BsonDocument values, BsonDocument environment, Map<String, Expression> conditions) {
    this.values = values;
    this.environment = environment;
    this.conditions = Map.copyOf(conditions);
  }

  static AppConstants of(DeployedApp app) {
    BsonDocument values = new BsonDocument();
    for (AppValue value : app.definition().values().values()) {
      BsonValue content = content(value, app);
      if (content != null) {
        values.append(value.name(), content);
      }
    }
    Map<String, Expression> conditions = new HashMap<>();
    app.definition()
        .functions()
        .forEach((name, function) -> conditions.put(name, parsed(function.canEvaluate())));
    return new AppConstants(values, environment(app.definition().environment()), conditions);
  }

  private static BsonDocument environment(Environment environment) {
    BsonDocument values = new BsonDocument();
    environment.values().forEach(values::append);
    return new BsonDocument("tag", new BsonString(environment.tag())).append("values", values);
  }

  /// One with faults comes from a deployment that knew less of expressions: it is never true.
  static Expression parsed(BsonValue canEvaluate) {
    return Expression.parse(canEvaluate, ExpressionScope.REQUEST).expression();
  }

  private static @Nullable BsonValue content(AppValue value, DeployedApp app) {
    return switch (value) {
      case AppValue.Plain plain -> plain.value();
      case AppValue.FromSecret(_, String secretName) -> {
        String secret = app.secrets().find(secretName);
        yield secret == null ? null : new BsonString(secret);
      }
    };
  }

  /// The values by name, with the secrets that some of them stand for. Not to be changed.
  public BsonDocument values() {
    return values;
  }

  /// `{tag, values}`. Not to be changed.
  public BsonDocument environment() {
    return environment;
  }

  /// Who may call a function; `null` when there is no such function.
  public @Nullable Expression conditionOf(String function) {
    return conditions.get(function);
  }
}
