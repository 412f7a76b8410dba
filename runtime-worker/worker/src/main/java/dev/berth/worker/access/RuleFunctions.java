package dev.berth.worker.access;

import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.rules.FunctionCall;
import dev.berth.rules.Functions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the functions that the rules of an app name, to decide about the data that one invocation
/// wants: each as the caller of that invocation or as the function itself says, and within limits
/// of its own.
///
/// Safe from any thread.
public final class RuleFunctions implements Functions {

  /// How many functions may be called to decide about what one invocation wants.
  public static final int MAX_CALLS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(RuleFunctions.class);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Invoker invoker;
  private final AppRules app;
  private final Invocation invocation;
  private final Consumer<Invocation> begun;
  private final Consumer<Invocation> ended;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean isOver;

  /// @param invoker runs functions, and does not let them wait for the invocation that waits for
  ///     them
  /// @param invocation on whose behalf
  /// @param begun hears of each call before it runs
  /// @param ended hears of each call after it ran
  RuleFunctions(
      Invoker invoker,
      AppRules app,
      Invocation invocation,
      Consumer<Invocation> begun,
      Consumer<Invocation> ended) {
    this.invoker = invoker;
    this.app = app;
    this.invocation = invocation;
    this.begun = begun;
    this.ended = ended;
  }

  @Override
  public CompletionStage<BsonValue> call(FunctionCall wanted) {
    if (isOver || calls.incrementAndGet() > MAX_CALLS) {
      return failed(wanted, "too many functions were called");
    }
    Caller caller = app.callerOf(wanted.function(), invocation.envelope().caller());
    if (caller == null) {
      return failed(wanted, "rules cannot call it");
    }
    var inner =
        new Invocation.FunctionCall(
            envelope(caller), wanted.function(), wanted.arguments(), AppRules.request(invocation));
    begun.accept(inner);
    // What follows is decided on a thread of its own: the one that answers belongs to app code.
    return invoker
        .invoke(inner)
        .toCompletionStage()
        .whenComplete((_, _) -> ended.accept(inner))
        .thenComposeAsync(
            outcome -> result(wanted, outcome), task -> Thread.ofVirtual().start(task));
  }

  private Invocation.Envelope envelope(Caller caller) {
    Invocation.Envelope outer = invocation.envelope();
    Duration timeLimit = outer.timeLimit().compareTo(LONGEST) < 0 ? outer.timeLimit() : LONGEST;
    return new Invocation.Envelope(
        outer.appId(), outer.revision(), outer.requestId(), caller, timeLimit, outer.step());
  }

  private CompletionStage<BsonValue> result(FunctionCall wanted, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(BsonValue value) -> CompletableFuture.completedFuture(value);
      case Outcome.Threw(String code, _) -> failed(wanted, "it threw: " + code);
      case Outcome.OverLimit(var limit, _) -> failed(wanted, "it passed a limit: " + limit);
      case Outcome.NotFound(_) -> failed(wanted, "there is no such function");
      case Outcome.Unavailable(String reason, _) -> failed(wanted, reason);
      case Outcome.Lost(String reason) -> failed(wanted, reason);
      case Outcome.Responded _ -> failed(wanted, "it ended as if it were an endpoint");
    };
  }

  private CompletionStage<BsonValue> failed(FunctionCall wanted, String reason) {
    LOG.atInfo()
        .addKeyValue("appId", invocation.appId())
        .addKeyValue("revision", invocation.revision())
        .addKeyValue("function", wanted.function())
        .addKeyValue("requestId", invocation.requestId())
        .addKeyValue("reason", reason)
        .log("a function of a rule failed");
    return CompletableFuture.failedFuture(new IllegalStateException(reason));
  }

  /// Whether more functions had to be called than may be, so that what was decided is too little.
  public boolean isExceeded() {
    return calls.get() > MAX_CALLS;
  }

  /// The invocation has ended: no function is called any more.
  void end() {
    isOver = true;
  }
}
