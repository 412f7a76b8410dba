package dev.berth.worker.access;

import dev.berth.appmodel.ConstantValues;
import dev.berth.invocation.CallerDocument;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.RequestDocument;
import dev.berth.rules.Facts;
import dev.berth.rules.Source;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What rules know of an invocation: its caller, the request that caused it, and its app. The
/// request is made into a document only when a rule asks for it.
final class InvocationFacts implements Facts {

  private final ConstantValues constants;
  private final Invocation invocation;
  private final BsonDocument user;
  private volatile @Nullable BsonDocument request;

  InvocationFacts(ConstantValues constants, Invocation invocation) {
    this.constants = constants;
    this.invocation = invocation;
    this.user = CallerDocument.of(invocation.envelope().caller());
  }

  @Override
  public @Nullable BsonValue find(Source source) {
    return switch (source) {
      case VALUES -> constants.values();
      case ENVIRONMENT -> constants.environment();
      case REQUEST -> request();
      case USER -> user;
      case ROOT, PREV_ROOT, THIS, PREV, ARGS, PARTITION -> null;
    };
  }

  private BsonDocument request() {
    BsonDocument made = request;
    if (made == null) {
      made = document();
      request = made;
    }
    return made;
  }

  private BsonDocument document() {
    return switch (invocation) {
      case Invocation.EndpointCall call -> RequestDocument.of(call.request().facts());
      case Invocation.FunctionCall call -> RequestDocument.of(call.request());
      case Invocation.SourceCall call -> RequestDocument.of(call.request());
      case Invocation.DataCall call ->
          RequestDocument.of(call.request(), call.dataSource(), call.operation().wireName());
    };
  }
}
