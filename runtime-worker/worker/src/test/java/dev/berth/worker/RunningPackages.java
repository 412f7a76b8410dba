package dev.berth.worker;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.AppProgram;
import dev.berth.jsruntime.ContextPool;
import dev.berth.jsruntime.EngineHealth;
import dev.berth.jsruntime.Execution;
import dev.berth.jsruntime.ExecutionEnvironment;
import dev.berth.jsruntime.ExecutionLimits;
import dev.berth.jsruntime.GuestLog;
import dev.berth.jsruntime.JsEngine;
import dev.berth.jsruntime.Watchdog;
import dev.berth.jsruntime.frames.GuestThread;
import dev.berth.jsruntime.packages.PackageFiles;
import dev.berth.worker.http.HttpLimits;
import dev.berth.worker.http.OutboundPolicy;
import dev.berth.worker.http.OutboundServices;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/// One function with a folder of packages, on a real engine and the real HTTP service.
final class RunningPackages implements AutoCloseable {

  private static final JsEngine ENGINE = JsEngine.start();
  private static final Vertx VERTX = Vertx.vertx();
  private static final OutboundServices OUTBOUND =
      OutboundServices.on(VERTX, OutboundPolicy.parse("public,+127.0.0.2"), HttpLimits.standard());
  private static final AppId APP = new AppId("packages-abcde");
  private static final Revision REVISION = new Revision(1);

  final List<GuestLog.Line> lines = new CopyOnWriteArrayList<>();

  private final AppProgram program;
  private final ContextPool contexts = new ContextPool(ENGINE, 4);
  private final Watchdog watchdog = Watchdog.start(contexts);
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ThreadPoolExecutor guestThread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> new GuestThread("guest", task));

  RunningPackages(Path nodeModules, String source) {
    AppDefinition definition = RunningWorker.app(APP, 1, source).definition();
    program = AppProgram.of(APP, REVISION, definition, Secrets.none(), new Folder(nodeModules));
  }

  /// Calls the function with the URL of a server.
  Outcome call(String url) {
    var envelope =
        new Invocation.Envelope(
            APP, REVISION, RequestId.next(), Caller.system(), Duration.ofSeconds(100));
    var invocation =
        new Invocation.FunctionCall(
            envelope, "main", List.of(new BsonString(url)), RequestFacts.none());
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    CompletableFuture<Void> released = new CompletableFuture<>();
    Execution execution =
        new Execution(
            new ExecutionEnvironment(
                contexts,
                Map.of("http", OUTBOUND.http(), "net", OUTBOUND.net()),
                lines::add,
                (_, _) -> {},
                timers,
                ExecutionLimits.standard(),
                new EngineHealth(timers)),
            program,
            invocation,
            guestThread,
            outcome::complete,
            () -> released.complete(null));
    watchdog.add(execution);
    execution.start();
    Outcome given = outcome.orTimeout(120, TimeUnit.SECONDS).join();
    released.orTimeout(120, TimeUnit.SECONDS).join();
    watchdog.remove(execution);
    return given;
  }

  /// How many contexts were kept for the next call.
  int kept() {
    return contexts.idleCount();
  }

  void shed() {
    contexts.retire(program);
  }

  @Override
  public void close() {
    watchdog.close();
    guestThread.shutdownNow();
    timers.shutdownNow();
    contexts.close();
  }

  /// The packages as npm installed them.
  private record Folder(Path folder) implements PackageFiles {

    @Override
    public @Nullable String text(String path) {
      try {
        return isFile(path)
            ? new String(Files.readAllBytes(folder.resolve(path)), StandardCharsets.UTF_8)
            : null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean isFile(String path) {
      return Files.isRegularFile(folder.resolve(path));
    }
  }
}
