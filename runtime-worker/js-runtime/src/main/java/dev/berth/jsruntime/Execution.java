package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Caller;
import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.frames.FrameLimit;
import dev.berth.jsruntime.frames.GuestThread;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import dev.berth.jsruntime.wire.WireException;
import dev.berth.jsruntime.wire.WireReader;
import dev.berth.jsruntime.wire.WireWriter;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One invocation, from its start to its outcome.
///
/// It occupies a guest thread only while JavaScript runs: a step begins the function or hands it
/// the answers that came, and ends when there is nothing more to do until the next answer.
/// Between steps nothing of it is on any stack.
public final class Execution {

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private static final String NO_ARGUMENTS = WireWriter.write(new BsonArray());

  /// Where an execution is; `ENDED` is final.
  private enum State {
    WAITING,
    SCHEDULED,
    RUNNING,
    /// Running, and something came that wants another step.
    RUNNING_AGAIN,
    ENDED
  }

  /// What an answer is for.
  private enum Asked {
    TIMER,
    /// An operation that the invocation waits for.
    CALL,
    /// One that it does not wait for when all else is done, such as reading from a connection.
    WATCH
  }

  /// An answer to an asynchronous operation, or a timer that is due.
  private record Answer(
      int id, Asked asked, @Nullable BsonValue result, @Nullable Throwable failure) {}

  private final ExecutionEnvironment environment;
  private final AppProgram program;
  private final Invocation invocation;
  private final Executor guestThreads;
  private final Consumer<Outcome> onOutcome;
  private final Runnable onReleased;

  private final AtomicReference<State> state = new AtomicReference<>(State.SCHEDULED);
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean answered = new AtomicBoolean();
  private final InvocationScope scope;
  private final long deadlineNanos;
  private final Usage usage = new Usage();

  private volatile @Nullable AppContext context;
  private volatile boolean expired;
  private volatile @Nullable GuestThread thread;

  // Only the step that runs touches these.
  private final GuestTimers timers;
  private final InvocationConsole console;
  private final CalleePermits permits;
  private int waitingFor;
  private int watching;
  private @Nullable Outcome outcome;

  /// Prepares an invocation; [#start] runs it.
  ///
  /// @param guestThreads where steps run: platform threads with a guest thread's stack
  /// @param onOutcome gets the outcome once, on any thread
  /// @param onReleased runs once when the invocation holds neither thread nor context any more,
  /// which may be later than the outcome
  public Execution(
      ExecutionEnvironment environment,
      AppProgram program,
      Invocation invocation,
      Executor guestThreads,
      Consumer<Outcome> onOutcome,
      Runnable onReleased) {
    this.environment = environment;
    this.program = program;
    this.invocation = invocation;
    this.guestThreads = guestThreads;
    this.onOutcome = onOutcome;
    this.onReleased = onReleased;
    this.scope = new InvocationScope(program.appId(), invocation);
    this.console = new InvocationConsole(environment, program.appId(), invocation);
    this.timers =
        new GuestTimers(
            environment.timers(), id -> answer(new Answer(id, Asked.TIMER, null, null)));
    this.permits = new CalleePermits(environment.callees(), scope);
    this.deadlineNanos = System.nanoTime() + invocation.envelope().timeLimit().toNanos();
  }

  /// Queues the first step.
  public void start() {
    guestThreads.execute(this::step);
  }

  /// The limit that has been passed, or `null`.
  Outcome.@Nullable OverLimit exceeded(long nowNanos) {
    if (nowNanos - deadlineNanos >= 0) {
      return new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded");
    }
    if (usage.cpuNanos() > environment.limits().cpuTime().toNanos()) {
      return new Outcome.OverLimit(Limit.CPU_TIME, "CPU time limit exceeded");
    }
    if (usage.allocatedBytes() > environment.limits().allocatedBytes()) {
      return new Outcome.OverLimit(Limit.MEMORY, "memory limit exceeded");
    }
    AppContext used = context;
    if (used != null && used.isFlooded()) {
      return tooManyOperations();
    }
    return null;
  }

  AppId appId() {
    return program.appId();
  }

  /// What the invocation has used up so far.
  Usage usage() {
    return usage;
  }

  /// CPU time that the invocation has used, in ns; to be asked when it has given everything back.
  public long cpuNanosUsed() {
    return usage.cpuNanos();
  }

  /// Bytes that the invocation has allocated; to be asked when it has given everything back.
  public long bytesAllocated() {
    return usage.allocatedBytes();
  }

  /// Ends the invocation because it passed a limit. The outcome is given at once; what cannot be
  /// interrupted keeps its thread until it is over. May block, so never on an event loop.
  void expire(Outcome.OverLimit over) {
    expired = true;
    answerCaller(over);
    while (true) {
      State now = state.get();
      switch (now) {
        case ENDED -> {
          return;
        }
        case WAITING, SCHEDULED -> {
          if (state.compareAndSet(now, State.ENDED)) {
            release(false);
            return;
          }
        }
        case RUNNING, RUNNING_AGAIN -> {
          GuestThread runner = thread;
          if (runner != null) {
            runner.goOn();
          }
          AppContext running = context;
          if (running != null) {
            running.cancel();
          }
          return;
        }
      }
    }
  }

  private void answer(Answer answer) {
    answers.add(answer);
    while (true) {
      State now = state.get();
      switch (now) {
        case WAITING -> {
          if (state.compareAndSet(now, State.SCHEDULED)) {
            guestThreads.execute(this::step);
            return;
          }
        }
        case RUNNING -> {
          if (state.compareAndSet(now, State.RUNNING_AGAIN)) {
            return;
          }
        }
        case SCHEDULED, RUNNING_AGAIN, ENDED -> {
          return;
        }
      }
    }
  }

  private void step() {
    if (!state.compareAndSet(State.SCHEDULED, State.RUNNING)) {
      return;
    }
    GuestThread runner = (GuestThread) Thread.currentThread();
    runner.begins();
    thread = runner;
    if (expired) {
      runner.goOn();
    }
    usage.begin();
    boolean finished = runGuarded();
    usage.end();
    thread = null;
    if (FrameLimit.hasOverflowed()) {
      environment.health().overflowed(program.appId());
    }
    if (finished) {
      state.set(State.ENDED);
      release(true);
    } else if (!state.compareAndSet(State.RUNNING, State.WAITING)) {
      state.set(State.SCHEDULED);
      guestThreads.execute(this::step);
    } else if (expired && state.compareAndSet(State.WAITING, State.ENDED)) {
      release(false);
    }
  }

  /// Runs JavaScript until it waits or ends.
  ///
  /// @return whether the invocation has ended
  private boolean runGuarded() {
    try {
      return run();
    } catch (PolyglotException e) {
      outcome = null;
      if (!expired) {
        answerCaller(failed(e));
      }
      return true;
    } catch (RuntimeException | Error e) {
      outcome = null;
      if (expired && isCancellation(e)) {
        return true;
      }
      LOG.atError()
          .addKeyValue("appId", program.appId())
          .addKeyValue("function", invocation.function())
          .addKeyValue("requestId", invocation.requestId())
          .setCause(e)
          .log("an invocation broke in the platform");
      environment.health().broke(program.appId(), e);
      answerCaller(new Outcome.Threw("InternalServerError", "internal error"));
      return true;
    }
  }

  /// How the engine unwinds the thread of a cancelled context. At the very edge of a call nobody
  /// has made a `PolyglotException` of it.
  private static boolean isCancellation(Throwable e) {
    return e.getClass().getName().startsWith("com.oracle.truffle.polyglot.");
  }

  private boolean run() {
    AppContext current = context;
    boolean begins = current == null;
    if (current == null) {
      current = environment.contexts().borrow(program);
      context = current;
      if (expired) {
        return true;
      }
    }
    current.enter();
    try {
      if (begins) {
        begin(current);
      }
      handlePosts(current);
      // An outcome that is there already is a limit: what else came in is not for app code.
      while (outcome == null) {
        Answer answer = answers.poll();
        if (answer == null) {
          break;
        }
        settle(current, answer);
        handlePosts(current);
      }
      if (outcome == null && waitingFor == 0) {
        conclude(current);
      }
      return outcome != null;
    } finally {
      current.leave();
    }
  }

  private void begin(AppContext current) {
    Caller caller = invocation.envelope().caller();
    boolean runsAsSystem = scope.runsAsSystem();
    // One more than are shown: it makes the note that there were more.
    current.mayPrint(environment.limits().logLines() + 1);
    switch (invocation) {
      case Invocation.EndpointCall(_, String function, EndpointRequest request, boolean wants) -> {
        Buffer body = request.body();
        String text = body == null ? null : body.toString(StandardCharsets.UTF_8);
        boolean isText = text != null && text.indexOf('\uFFFD') < 0;
        String latin1 = body == null || isText ? null : body.toString(StandardCharsets.ISO_8859_1);
        current.beginEndpoint(
            function,
            new InvocationText(request.facts(), request.query(), caller),
            permits,
            isText ? text : null,
            latin1,
            runsAsSystem,
            wants);
      }
      case Invocation.FunctionCall call ->
          current.beginCall(
              call.function(),
              new InvocationText(call.request(), List.of(), caller),
              permits,
              WireWriter.write(new BsonArray(call.arguments())),
              runsAsSystem);
      case Invocation.SourceCall call ->
          current.beginCall(
              call.function(),
              new InvocationText(call.request(), List.of(), caller),
              permits,
              NO_ARGUMENTS,
              runsAsSystem);
      case Invocation.DataCall call ->
          throw new IllegalStateException("no JavaScript runs for " + call);
    }
  }

  private void settle(AppContext current, Answer answer) {
    switch (answer.asked()) {
      case TIMER -> {
        waitingFor -= timers.fired(answer.id());
        current.settle(answer.id(), null, null);
        return;
      }
      case CALL -> waitingFor--;
      case WATCH -> watching--;
    }
    BsonValue result = answer.result();
    if (result != null) {
      current.settle(answer.id(), WireWriter.write(result), null);
      return;
    }
    Throwable thrown = answer.failure();
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof PassedLimitException passed) {
      outcome = passed.outcome();
    } else {
      current.settle(answer.id(), null, failure(cause));
    }
  }

  private String failure(@Nullable Throwable cause) {
    if (cause instanceof GuestServiceException known) {
      return OutcomeReader.failure(known.errorCode(), known.getMessage(), known.databaseCode());
    }
    LOG.atError()
        .addKeyValue("appId", program.appId())
        .addKeyValue("function", invocation.function())
        .addKeyValue("requestId", invocation.requestId())
        .setCause(cause)
        .log("a service failed in a way app code may not see");
    return OutcomeReader.failure("InternalServerError", "internal error", null);
  }

  private void handlePosts(AppContext current) {
    for (Post post = current.nextPost(); post != null; post = current.nextPost()) {
      switch (post.kind()) {
        case "call" -> {
          waitingFor++;
          call(post, Asked.CALL);
        }
        case "watch" -> {
          watching++;
          call(post, Asked.WATCH);
        }
        case "log" -> console.print(post);
        case "uncaught" -> console.printUncaught(post);
        case "failure" -> console.printFailure(post);
        case "timeout", "interval", "again", "cancel" -> waitingFor += timers.handle(post);
        default -> outcome = environment.outcomes().read(post);
      }
      if (waitingFor + watching + timers.intervals() > environment.limits().asyncOperations()) {
        outcome = tooManyOperations();
        return;
      }
    }
  }

  private Outcome.OverLimit tooManyOperations() {
    return new Outcome.OverLimit(
        Limit.ASYNC_OPERATIONS,
        "exceeded max async work queue size of " + environment.limits().asyncOperations());
  }

  /// @param post `text` is `service.operation`, and after a space the rights where these are not
  ///     the invocation's own; `more` the arguments
  private void call(Post post, Asked asked) {
    int dot = post.text().indexOf('.');
    int space = post.text().indexOf(' ');
    int end = space < 0 ? post.text().length() : space;
    CallScope as = scope.with(space < 0 ? "" : post.text().substring(space + 1));
    GuestService service = environment.services().get(post.text().substring(0, dot));
    if (service == null) {
      throw new IllegalStateException("no service for " + post.text());
    }
    try {
      BsonDocument arguments = WireReader.read(post.more()).asDocument();
      service
          .call(as, post.text().substring(dot + 1, end), arguments)
          .whenComplete((result, failure) -> answer(new Answer(post.id(), asked, result, failure)));
    } catch (WireException e) {
      var refused = new GuestServiceException("InvalidParameter", e.getMessage(), null);
      answer(new Answer(post.id(), asked, null, refused));
    }
  }

  private void conclude(AppContext current) {
    if (current.conclude()) {
      handlePosts(current);
    } else if (timers.intervals() == 0 && watching == 0) {
      outcome =
          new Outcome.Threw(
              "FunctionExecutionError",
              "the function's promise never settles: nothing is left that could settle it");
    }
  }

  private Outcome failed(PolyglotException e) {
    if (e.isResourceExhausted()) {
      if (String.valueOf(e.getMessage()).contains(FrameLimit.EXCEEDED)) {
        return new Outcome.OverLimit(Limit.STACK_FRAMES, FrameLimit.EXCEEDED);
      }
      return new Outcome.Threw("FunctionExecutionError", "the function ran out of memory");
    }
    if (e.isGuestException() && !e.isCancelled() && !e.isInternalError()) {
      String message = e.getMessage();
      return new Outcome.Threw("FunctionExecutionError", message == null ? "" : message);
    }
    LOG.atError()
        .addKeyValue("appId", program.appId())
        .addKeyValue("function", invocation.function())
        .addKeyValue("requestId", invocation.requestId())
        .setCause(e)
        .log("an invocation ended with an internal error of the engine");
    if (e.isInternalError()) {
      environment.health().engineFailed(program.appId(), String.valueOf(e.getMessage()));
    }
    return new Outcome.Threw("InternalServerError", "internal error");
  }

  private void answerCaller(Outcome given) {
    if (answered.compareAndSet(false, true)) {
      if (given instanceof Outcome.OverLimit(Limit limit, _)) {
        environment.onLimit().passed(invocation, limit);
      }
      environment.health().ended(program.appId(), given);
      onOutcome.accept(given);
    }
  }

  /// Gives everything back that the invocation held. The caller is answered first.
  private void release(boolean onGuestThread) {
    Outcome given = outcome;
    if (given != null) {
      answerCaller(given);
    }
    timers.cancelAll();
    scope.end();
    AppContext used = context;
    // Whoever still knows this invocation must not keep what its context holds.
    context = null;
    if (used != null) {
      if (onGuestThread && given != null && !expired && isReusable(used)) {
        environment.contexts().giveBack(used);
      } else {
        used.close();
      }
    }
    onReleased.run();
  }

  private static boolean isReusable(AppContext used) {
    used.enter();
    try {
      return used.isReusable();
    } catch (PolyglotException _) {
      // App code broke what it stands on; nobody else gets this context.
      return false;
    } finally {
      used.leave();
    }
  }
}
