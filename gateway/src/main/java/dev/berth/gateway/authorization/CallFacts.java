package dev.berth.gateway.authorization;

import dev.berth.invocation.CallerDocument;
import dev.berth.invocation.RequestDocument;
import dev.berth.invocation.RequestFacts;
import dev.berth.rules.Facts;
import dev.berth.rules.Source;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What `can_evaluate` may know: the request, the caller, and the values and the environment of
/// the app. Each part is made when it is first asked for.
final class CallFacts implements Facts {

  private final Call call;
  private @Nullable RequestFacts requestFacts;
  private @Nullable BsonDocument request;
  private @Nullable BsonDocument user;

  CallFacts(Call call) {
    this.call = call;
  }

  @Override
  public @Nullable BsonValue find(Source source) {
    return switch (source) {
      case VALUES -> call.constants().values();
      case ENVIRONMENT -> call.constants().environment();
      case REQUEST -> request();
      case USER -> user();
      case ROOT, PREV_ROOT, THIS, PREV, ARGS, PARTITION -> null;
    };
  }

  /// The same as functions get it.
  RequestFacts requestFacts() {
    if (requestFacts == null) {
      requestFacts = call.facts().get();
    }
    return requestFacts;
  }

  private BsonDocument request() {
    if (request == null) {
      request = RequestDocument.of(requestFacts());
    }
    return request;
  }

  private BsonDocument user() {
    if (user == null) {
      user = CallerDocument.of(call.caller());
    }
    return user;
  }
}
