package dev.berth.jsruntime;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.CustomUserData;
import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Hosting;
import dev.berth.appmodel.KeptConfiguration;
import dev.berth.appmodel.LegacyService;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.invocation.Caller;
import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.Header;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.frames.GuestThread;
import dev.berth.jsruntime.packages.PackageFiles;
import dev.berth.jsruntime.service.GuestService;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// An app that runs on a real engine in a test: functions by name, one guest thread, one pool.
final class RunningApp implements AutoCloseable {

  private static final BsonValue ALWAYS = new BsonDocument();

  /// Starting an engine takes most of a second, and it keeps no state of an app.
  private static final JsEngine ENGINE = JsEngine.start();

  final List<GuestLog.Line> lines = new CopyOnWriteArrayList<>();
  final List<Limit> passed = new CopyOnWriteArrayList<>();
  final Map<String, GuestService> services = new HashMap<>();
  Duration timeLimit = Duration.ofSeconds(20);
  ExecutionLimits limits = ExecutionLimits.standard();
  Caller caller = Caller.system();

  private final Map<String, FunctionDefinition> functions = new HashMap<>();
  private final Map<String, AppValue> values = new HashMap<>();
  private final Map<String, String> packages = new HashMap<>();
  private final List<LegacyService> legacyServices = new ArrayList<>();
  private final ContextPool contexts;
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ThreadPoolExecutor guestThread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> new GuestThread("guest", task));
  final EngineHealth health = new EngineHealth(timers);
  private final Watchdog watchdog;
  private @Nullable PackageFiles files;
  private @Nullable AppProgram program;

  RunningApp() {
    this(ENGINE);
  }

  /// On an engine of its own, which the caller closes.
  RunningApp(JsEngine engine) {
    contexts = new ContextPool(engine, 4);
    watchdog = Watchdog.start(contexts);
  }

  RunningApp function(String name, String source) {
    program = null;
    functions.put(
        name,
        new FunctionDefinition(
            name, "functions/" + name + ".js", source, false, ALWAYS, true, new RunAs.AsSystem()));
    return this;
  }

  /// Adds a function that runs as its configuration says.
  RunningApp function(String name, RunAs runAs, String source) {
    program = null;
    functions.put(
        name,
        new FunctionDefinition(
            name, "functions/" + name + ".js", source, false, ALWAYS, true, runAs));
    return this;
  }

  /// Adds a function that runs as the user whose id a script returns.
  RunningApp scripted(String name, String source, String script) {
    functions.put(
        name,
        new FunctionDefinition(
            name,
            "functions/" + name + ".js",
            source,
            false,
            ALWAYS,
            true,
            new RunAs.ByScript(script)));
    return this;
  }

  RunningApp value(AppValue value) {
    values.put(value.name(), value);
    return this;
  }

  RunningApp service(LegacyService service) {
    legacyServices.add(service);
    return this;
  }

  /// Adds a file of `node_modules`.
  RunningApp file(String path, String text) {
    program = null;
    packages.put(path, text);
    return this;
  }

  /// The packages of a folder named `node_modules`.
  RunningApp packages(Path nodeModules) {
    files = new FolderOfPackages(nodeModules);
    return this;
  }

  AppDefinition definition() {
    var environment = new Environment("qa", Map.of("greeting", new BsonString("hello")));
    return new AppDefinition(
        "test",
        null,
        DeploymentModel.GLOBAL,
        "aws-us-east-1",
        environment,
        List.of(),
        functions,
        values,
        List.of(new DataSource("mongodb-atlas", "mongodb-atlas")),
        Map.of("qa", environment),
        List.of(),
        Map.of(),
        CustomUserData.disabled(),
        DataApi.off(),
        legacyServices,
        List.of(),
        List.of(),
        Hosting.off(),
        KeptConfiguration.nothing());
  }

  AppProgram program() {
    if (program == null) {
      program =
          AppProgram.of(
              new AppId("test-abcde"),
              new Revision(1),
              Instant.parse("2022-10-31T12:00:00Z"),
              definition(),
              Secrets.of(Map.of("key", "s3cret")),
              files == null ? new PackagesInMemory(packages) : files);
    }
    return program;
  }

  ContextPool contexts() {
    return contexts;
  }

  static JsEngine engine() {
    return ENGINE;
  }

  /// Calls a function and gives what it returned.
  BsonValue returned(String function, BsonValue... arguments) {
    return switch (call(function, arguments)) {
      case Outcome.Returned(BsonValue value) -> value;
      case Outcome other -> throw new AssertionError("did not return: " + other + " " + lines);
    };
  }

  Outcome call(String function, BsonValue... arguments) {
    return run(
        new Invocation.FunctionCall(envelope(), function, List.of(arguments), RequestFacts.none()));
  }

  Outcome.Responded responded(String function, @Nullable Buffer body) {
    return switch (endpoint(function, body)) {
      case Outcome.Responded responded -> responded;
      case Outcome other -> throw new AssertionError("did not respond: " + other + " " + lines);
    };
  }

  Outcome endpoint(String function, @Nullable Buffer body) {
    RequestFacts facts =
        new RequestFacts(
            "127.0.0.1",
            "POST",
            "/route",
            "a=1&b=%20",
            List.of(
                new Header("Content-Type", "application/json"),
                new Header("X-Twice", "1"),
                new Header("X-Twice", "2"),
                new Header("User-Agent", "test")));
    EndpointRequest request =
        new EndpointRequest(
            facts,
            List.of(
                new EndpointRequest.QueryParameter("a", "1"),
                new EndpointRequest.QueryParameter("b", " "),
                new EndpointRequest.QueryParameter("__proto__", "x")),
            body);
    return run(new Invocation.EndpointCall(envelope(), function, request, true));
  }

  private Invocation.Envelope envelope() {
    return new Invocation.Envelope(
        new AppId("test-abcde"), new Revision(1), RequestId.next(), caller, timeLimit);
  }

  /// Runs one invocation and waits until it has given everything back.
  Outcome run(Invocation invocation) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    CompletableFuture<Void> released = new CompletableFuture<>();
    Executor executor = guestThread;
    Execution execution =
        new Execution(
            new ExecutionEnvironment(
                contexts,
                services,
                lines::add,
                (_, limit) -> passed.add(limit),
                timers,
                limits,
                health),
            program(),
            invocation,
            executor,
            outcome::complete,
            () -> released.complete(null));
    watchdog.add(execution);
    execution.start();
    Outcome given = outcome.orTimeout(60, TimeUnit.SECONDS).join();
    released.orTimeout(60, TimeUnit.SECONDS).join();
    watchdog.remove(execution);
    return given;
  }

  @Override
  public void close() {
    watchdog.close();
    guestThread.shutdownNow();
    timers.shutdownNow();
    contexts.close();
  }
}
