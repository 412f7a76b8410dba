package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.compute.Computations;
import dev.berth.jsruntime.service.CalleeRules;
import dev.berth.jsruntime.service.CalleeRules.Decision;
import dev.berth.jsruntime.service.CalleeRules.Step;
import dev.berth.jsruntime.wire.WireException;
import dev.berth.jsruntime.wire.WireReader;
import dev.berth.jsruntime.wire.WireWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Whether functions of one invocation may call others that say who may; the host's part of
/// `prelude/rights.js`.
///
/// Answers are texts: `+` and `-` are decisions, `?` comes before what a decision still needs.
/// App code waits for them, maybe at the end of its stack, so they are made on another one.
final class CalleePermits {

  /// How many decisions may wait for functions at once.
  private static final int MOST_WAITING = 1000;

  private static final String ALLOWED = "+";
  private static final String REFUSED = "-";

  /// What there is to ask between two invocations.
  static final CalleePermits NONE =
      new CalleePermits(
          CalleeRules.NOBODY,
          new InvocationScope(
              new AppId("none"),
              new Invocation.FunctionCall(
                  new Invocation.Envelope(
                      new AppId("none"),
                      new Revision(1),
                      RequestId.next(),
                      Caller.nobody(),
                      Duration.ofSeconds(1)),
                  "none",
                  List.of(),
                  RequestFacts.none())));

  static {
    // Walked once on a shallow stack, so that no class on the way can break on a deep one.
    NONE.decide("", "");
    NONE.goOn(0, "");
  }

  private final CalleeRules rules;
  private final InvocationScope scope;
  private final Map<Integer, Decision> waiting = new HashMap<>();
  private int lastId;

  CalleePermits(CalleeRules rules, InvocationScope scope) {
    this.rules = rules;
    this.scope = scope;
  }

  /// Decides about a call.
  ///
  /// @param rights of who calls, as [InvocationScope#with] takes them
  String decide(String rights, String function) {
    return Computations.onOwnStack(new Beginning(this, rights, function));
  }

  /// Goes on with a decision.
  ///
  /// @param result of the function that it waited for, as `{value}`; empty when that failed
  String goOn(int id, String result) {
    return Computations.onOwnStack(new Continuation(this, id, result));
  }

  private record Beginning(CalleePermits permits, String rights, String function)
      implements Supplier<String> {

    @Override
    public String get() {
      Decision decision = permits.rules.about(permits.scope.with(rights), function);
      return permits.answer(++permits.lastId, decision, decision.step());
    }
  }

  private record Continuation(CalleePermits permits, int id, String result)
      implements Supplier<String> {

    @Override
    public String get() {
      Decision decision = permits.waiting.remove(id);
      return decision == null
          ? REFUSED
          : permits.answer(id, decision, decision.after(value(result)));
    }

    private static @Nullable BsonValue value(String result) {
      if (result.isEmpty()) {
        return null;
      }
      try {
        return WireReader.read(result).asDocument().get("value", new BsonUndefined());
      } catch (WireException _) {
        return null;
      }
    }
  }

  private String answer(int id, Decision decision, Step step) {
    return switch (step) {
      case Step.Decided(boolean allowed) -> allowed ? ALLOWED : REFUSED;
      case Step.Wanted(String function, List<BsonValue> arguments) -> {
        if (waiting.size() == MOST_WAITING) {
          yield REFUSED;
        }
        waiting.put(id, decision);
        yield "?"
            + WireWriter.write(
                new BsonDocument("id", new BsonInt32(id))
                    .append("name", new BsonString(function))
                    .append("arguments", new BsonArray(arguments)));
      }
    };
  }
}
