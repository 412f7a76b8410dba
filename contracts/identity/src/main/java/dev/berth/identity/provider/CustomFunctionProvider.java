package dev.berth.identity.provider;

import dev.berth.appmodel.AuthProvider;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.function.AppFunctions;
import dev.berth.identity.function.AppFunctions.Result;
import dev.berth.identity.throttle.LoginThrottle;
import io.vertx.core.Future;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// `custom-function`: a function of the app gets what the client sent, and returns who it is: a
/// text, or an object with `id` and perhaps `name`.
public final class CustomFunctionProvider {

  private static final String TYPE = "custom-function";
  private static final int LONGEST_ID = 1024;
  private static final int LONGEST_NAME = 4096;

  private final AppFunctions functions;
  private final LoginThrottle throttle;

  public CustomFunctionProvider(AppFunctions functions, LoginThrottle throttle) {
    this.functions = functions;
    this.throttle = throttle;
  }

  Future<Answer<Proof>> verify(
      DeployedApp app, AuthProvider provider, BsonDocument payload, String remoteAddress) {
    if (!(provider.settings() instanceof AuthProvider.CustomFunction(String function))) {
      throw new IllegalStateException("a provider of type " + TYPE + " names a function");
    }
    return throttle
        .begin(app.id(), remoteAddress)
        .then(
            attempt ->
                functions
                    .call(app, function, List.of(payload), remoteAddress)
                    .map(result -> judged(app, result))
                    .onSuccess(
                        answer -> {
                          if (answer instanceof Answer.Granted<Proof>) {
                            attempt.succeeded();
                          }
                        }));
  }

  private static Answer<Proof> judged(DeployedApp app, Result result) {
    return switch (result) {
      case Result.Failed(String message) -> Answer.denied(Code.AUTH_ERROR, message);
      case Result.Returned(BsonValue value) -> {
        String id = value instanceof BsonDocument document ? text(document, "id") : text(value);
        if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
          yield Answer.denied(
              Code.AUTH_ERROR,
              "the authentication function must return the user's id, as text or in an object");
        }
        yield Answer.granted(
            new Proof.OfIdentity(Providers.identity(app.id(), TYPE, id, data(value)), null, false));
      }
    };
  }

  private static BsonDocument data(BsonValue value) {
    BsonDocument data = new BsonDocument();
    String name = value instanceof BsonDocument document ? text(document, "name") : null;
    if (name != null && name.length() <= LONGEST_NAME) {
      data.put("name", new BsonString(name));
    }
    return data;
  }

  private static @Nullable String text(BsonDocument document, String field) {
    BsonValue value = document.get(field);
    return value == null ? null : text(value);
  }

  private static @Nullable String text(BsonValue value) {
    return value instanceof BsonString text ? text.getValue() : null;
  }
}
