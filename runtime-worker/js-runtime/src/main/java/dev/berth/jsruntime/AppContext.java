package dev.berth.jsruntime;

import dev.berth.jsruntime.compute.Computations;
import dev.berth.jsruntime.frames.FrameLimit;
import dev.berth.jsruntime.realm.RealmInspector;
import dev.berth.jsruntime.realm.RealmRoots;
import dev.berth.jsruntime.realm.RealmSnapshot;
import dev.berth.jsruntime.realm.ReturnedValue;
import dev.berth.jsruntime.realm.UnhandledRejections;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/// One JavaScript world. It serves one app revision for its whole life and one invocation at a
/// time.
///
/// All methods but [#cancel] are for guest threads, one at a time; what app code does to the
/// world is found by [#isReusable] and ends its life.
final class AppContext implements AutoCloseable {

  /// More than this in one step is no program any more; each takes some hundred bytes.
  private static final int MOST_POSTS = 100_000;

  private final JsEngine engine;
  private final AppProgram program;
  private final FrameLimit frames;
  private final Computations computations;
  private final Context context;
  private final Queue<Post> posts = new ArrayDeque<>();
  private final Value beginEndpoint;
  private final Value beginCall;
  private final Value adopt;
  private final Value settle;
  private final Value conclude;
  private final Value reportRejection;
  private final Value forgetMatch;
  private final ReturnedValue returned;
  private final UnhandledRejections rejections;
  private final RealmRoots roots;
  private final ModuleLoader loader;

  /// The world as it was before app code ran in it, or as loading a module left it.
  private RealmSnapshot pristine;

  /// Whether the running invocation is the last one in here, whatever it leaves.
  private boolean worn;

  /// What the other two host functions hand out: the facts of the running invocation.
  private InvocationText facts = InvocationText.NONE;

  private CalleePermits permits = CalleePermits.NONE;

  /// How many more lines the running invocation may print.
  private int linesLeft;

  private volatile boolean flooded;

  /// Whether the invocation before came to its end, and so is forgotten in here.
  private boolean concluded;

  /// Makes a world: some milliseconds.
  ///
  /// @throws PolyglotException when a function file does not parse
  AppContext(JsEngine engine, AppProgram program) {
    this.engine = engine;
    this.program = program;
    this.frames = engine.frames();
    this.computations = engine.computations();
    frames.begin();
    this.context = engine.newContext();
    this.loader = new ModuleLoader(engine, context, program.modules());
    try {
      Value berth = context.eval(JsEngine.LANGUAGE, "({})");
      berth.putMember("post", (ProxyExecutable) this::post);
      berth.putMember("requestFacts", (ProxyExecutable) _ -> facts.request());
      berth.putMember("userFacts", (ProxyExecutable) values -> facts.user(values[0].asBoolean()));
      berth.putMember("bindFunction", (ProxyExecutable) this::bindFunction);
      berth.putMember(
          "decideCall",
          (ProxyExecutable) values -> permits.decide(values[0].asString(), values[1].asString()));
      berth.putMember(
          "goOnDeciding",
          (ProxyExecutable) values -> permits.goOn(values[0].asInt(), values[1].asString()));
      berth.putMember("compute", (ProxyExecutable) this::compute);
      loader.install(berth);
      berth.putMember("aboutToLoad", (ProxyExecutable) _ -> aboutToLoad());
      berth.putMember("loaded", (ProxyExecutable) _ -> loaded());
      engine.prelude().forEach(file -> context.eval(file.source()).executeVoid(berth));

      Value driver = berth.getMember("driver");
      driver.getMember("install").executeVoid(program.text());
      Value addFunction = driver.getMember("addFunction");
      for (FunctionFile file : program.functions()) {
        Value wrapper = context.eval(SyntaxCheck.runnable(context, file));
        addFunction.executeVoid(file.name(), wrapper);
      }
      beginEndpoint = driver.getMember("beginEndpoint");
      beginCall = driver.getMember("beginCall");
      adopt = driver.getMember("adopt");
      settle = driver.getMember("settle");
      conclude = driver.getMember("conclude");
      reportRejection = driver.getMember("reportRejection");
      forgetMatch = driver.getMember("forgetMatch");

      Value global = context.getBindings(JsEngine.LANGUAGE);
      global.putMember(RealmInspector.SHARED_OBJECTS, berth.getMember("shared"));
      global.putMember(RealmInspector.RETURNED_VALUE, driver.getMember("returned"));
      enter();
      try {
        returned = engine.realms().returnedValue();
        rejections = engine.realms().unhandledRejections();
        roots = engine.realms().roots();
        pristine = roots.snapshot();
      } finally {
        leave();
      }
    } catch (RuntimeException | Error e) {
      // Nobody else knows of it, and the engine holds it until it is closed.
      close();
      throw e;
    }
  }

  /// How a context tells the host something. It may run on the deepest stack app code can make,
  /// so it calls nothing but a queue and never throws.
  private @Nullable Object post(Value... values) {
    String kind = values[0].asString();
    boolean isLine = kind.equals("log") || kind.equals("uncaught");
    if (isLine && --linesLeft < 0) {
      return null;
    }
    if (posts.size() == MOST_POSTS) {
      flooded = true;
      return null;
    }
    posts.add(new Post(kind, values[1].asInt(), values[2].asString(), values[3].asString()));
    return null;
  }

  /// Has something computed while app code waits: `name`, and its arguments, all texts.
  private String compute(Value... values) {
    List<String> texts = new ArrayList<>(values.length - 1);
    for (int i = 1; i < values.length; i++) {
      texts.add(values[i].isString() ? values[i].asString() : "");
    }
    return computations.answer(values[0].asString(), texts);
  }

  /// A function file once more, as one that is given its `context`.
  private Value bindFunction(Value... values) {
    return context.eval(
        program.bound(
            values[0].asString(), file -> FunctionFile.bound(SyntaxCheck.runnable(context, file))));
  }

  /// A module is about to be loaded. What is different now was changed by app code: then what
  /// loading changes cannot be told apart any more.
  private @Nullable Object aboutToLoad() {
    if (!worn && !pristine.isUnchanged()) {
      worn = true;
    }
    return null;
  }

  /// A module was loaded, with all that it requires. What that changed belongs to this world from
  /// now on, and app code has not had its hands on it yet.
  private @Nullable Object loaded() {
    if (!worn) {
      pristine = roots.snapshot();
      worn = pristine.isTooLarge();
    }
    return null;
  }

  /// Whether a step asked for more than any program has to. From any thread.
  boolean isFlooded() {
    return flooded;
  }

  /// How many lines the next invocation may print; more are dropped before they take up memory.
  void mayPrint(int lines) {
    linesLeft = lines;
  }

  AppProgram program() {
    return program;
  }

  /// Lets this thread run in the context; several calls in a row are cheaper between one `enter`
  /// and one `leave`.
  void enter() {
    context.enter();
    frames.begin();
  }

  void leave() {
    context.leave();
  }

  void beginEndpoint(
      String function,
      InvocationText facts,
      CalleePermits permits,
      @Nullable String bodyText,
      @Nullable String bodyLatin1,
      boolean runsAsSystem,
      boolean wantsResult) {
    begin(facts, permits);
    beginEndpoint.executeVoid(function, bodyText, bodyLatin1, runsAsSystem, wantsResult);
    adoptThenable();
  }

  void beginCall(
      String function,
      InvocationText facts,
      CalleePermits permits,
      String arguments,
      boolean runsAsSystem) {
    begin(facts, permits);
    beginCall.executeVoid(function, arguments, runsAsSystem);
    adoptThenable();
  }

  private void adoptThenable() {
    if (returned.mayBeThenable()) {
      adopt.executeVoid();
    }
  }

  private void begin(InvocationText ofThisInvocation, CalleePermits itsPermits) {
    concluded = false;
    facts = ofThisInvocation;
    permits = itsPermits;
    rejections.forget();
  }

  /// Hands over the answer to an asynchronous operation, or lets a timer fire.
  ///
  /// @param failure the failure as wire text, or `null` for success
  void settle(int id, @Nullable String result, @Nullable String failure) {
    settle.executeVoid(id, result, failure);
  }

  /// Posts the outcome and forgets the invocation, or answers `false` when the function's promise
  /// is pending.
  boolean conclude() {
    if (!returned.isSettled()) {
      return false;
    }
    rejections.report(returned, reportRejection::executeVoid);
    boolean rejected = returned.takeResult();
    while (conclude.execute(rejected).asBoolean()) {
      // Promises inside the result have told what they came to by now.
    }
    concluded = true;
    facts = InvocationText.NONE;
    permits = CalleePermits.NONE;
    return true;
  }

  /// The next thing the context told the host, or `null`.
  @Nullable Post nextPost() {
    return posts.poll();
  }

  /// Whether the invocation has concluded and the world is as it was before it.
  boolean isReusable() {
    posts.clear();
    if (!concluded || worn || !pristine.isUnchanged()) {
      return false;
    }
    if (!pristine.lastMatchIsUnchanged()) {
      forgetMatch.executeVoid();
    }
    return true;
  }

  /// Ends whatever runs in the context, from any thread that may block. The context is dead then.
  void cancel() {
    loader.cancel();
    engine.end(context);
  }

  @Override
  public void close() {
    engine.end(context);
  }
}
