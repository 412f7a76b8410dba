package dev.berth.jsruntime.service;

import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Who may call functions that say so themselves (`can_evaluate`), when another function does.
///
/// Safe from any thread; must not block. One decision is made step by step, by one thread at a
/// time.
@FunctionalInterface
public interface CalleeRules {

  /// Nobody may.
  CalleeRules NOBODY = (_, _) -> new Refusal();

  /// Begins to decide about one call.
  ///
  /// @param scope with the rights of who calls
  Decision about(CallScope scope, String function);

  /// A decision that is being made.
  interface Decision {

    /// Where it stands.
    Step step();

    /// Goes on with what the function came to that the last step wanted.
    ///
    /// @param result `null` when it failed
    Step after(@Nullable BsonValue result);
  }

  /// Where a decision stands.
  sealed interface Step {

    /// It is made.
    record Decided(boolean allowed) implements Step {}

    /// It depends on what another function of the app returns.
    record Wanted(String function, List<BsonValue> arguments) implements Step {

      public Wanted {
        arguments = List.copyOf(arguments);
      }
    }
  }

  /// A decision that was made before it began.
  record Refusal() implements Decision {

    @Override
    public Step step() {
      return new Step.Decided(false);
    }

    @Override
    public Step after(@Nullable BsonValue result) {
      return step();
    }
  }
}
