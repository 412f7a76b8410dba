package dev.berth.appmodel;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What expressions know of an app, whatever the request.
///
/// It holds secrets and shows none in its text form.
///
/// @param values by name, with the secrets that some of them stand for; not to be changed
/// @param environment `{tag, values}`; not to be changed
public record ConstantValues(BsonDocument values, BsonDocument environment) {

  public static ConstantValues of(AppDefinition definition, Secrets secrets) {
    BsonDocument values = new BsonDocument();
    for (AppValue value : definition.values().values()) {
      BsonValue content = content(value, secrets);
      if (content != null) {
        values.append(value.name(), content);
      }
    }
    return new ConstantValues(values, environment(definition.environment()));
  }

  private static BsonDocument environment(Environment environment) {
    BsonDocument values = new BsonDocument();
    environment.values().forEach(values::append);
    return new BsonDocument("tag", new BsonString(environment.tag())).append("values", values);
  }

  private static @Nullable BsonValue content(AppValue value, Secrets secrets) {
    return switch (value) {
      case AppValue.Plain plain -> plain.value();
      case AppValue.FromSecret(_, String secretName) -> {
        String secret = secrets.find(secretName);
        yield secret == null ? null : new BsonString(secret);
      }
    };
  }

  @Override
  public String toString() {
    return "ConstantValues";
  }
}
