package dev.berth.worker.access;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.rules.Functions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The [RuleFunctions] of every invocation whose data depend on functions.
///
/// A function that runs for a rule reaches data by rules itself, but by none that call functions
/// again: that could go on without end. Safe from any thread.
public final class FunctionsOfRules {

  private final Invoker invoker;

  // By identity: two invocations are never the same, whatever they think of equality.
  private final Map<CallScope, RuleFunctions> byScope =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private final Set<Invocation> inner =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  /// @param invoker runs functions, and does not let them wait for the invocations that wait for
  ///     them
  public FunctionsOfRules(Invoker invoker) {
    this.invoker = invoker;
  }

  /// Runs functions on behalf of an invocation.
  public Functions of(CallScope scope, AppRules app) {
    return wanted ->
        isOfRule(scope)
            ? CompletableFuture.failedFuture(
                new IllegalStateException("a function of a rule depends on another one"))
            : functions(scope, app).call(wanted);
  }

  /// Whether this is a function that runs for a rule, or what such a function calls.
  public boolean isOfRule(CallScope scope) {
    return inner.contains(scope.begun());
  }

  private RuleFunctions functions(CallScope scope, AppRules app) {
    var created = new RuleFunctions(invoker, app, scope.invocation(), inner::add, inner::remove);
    RuleFunctions existing = byScope.putIfAbsent(scope, created);
    if (existing != null) {
      return existing;
    }
    scope.onEnd(
        () -> {
          byScope.remove(scope);
          created.end();
        });
    return created;
  }

  /// Whether an invocation needs more functions called than may be.
  public boolean isExceeded(CallScope scope) {
    RuleFunctions functions = byScope.get(scope);
    return functions != null && functions.isExceeded();
  }
}
