package dev.berth.benchmarks;

import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewaySettings;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.jsruntime.JsEngine;
import dev.berth.worker.Worker;
import dev.berth.worker.WorkerMetrics;
import dev.berth.worker.WorkerSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// Berth as `berth dev` puts it together, in one JVM: gateway, invocation bus and worker, with
/// the limits on. There is no database, because no measured function uses one.
public final class BerthServer {

  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final JsEngine engine = JsEngine.start();
  private final Worker worker;

  /// Makes a worker; nothing listens yet.
  public BerthServer(WorkerSettings settings) {
    this.worker = Worker.start(settings, engine, catalog, Map.of(), _ -> {}, WorkerMetrics.NONE);
  }

  /// Serves the app in the folder that is the only argument.
  public static void main(String[] args) {
    DeployedApp app = AppFolder.read(Path.of(args[0]));
    BerthServer server =
        new BerthServer(WorkerSettings.forCores(Runtime.getRuntime().availableProcessors()));
    server.deploy(app);
    server.listen(port -> server.announce(port, app));
  }

  /// The newest revision of the app is this one from now on.
  public void deploy(DeployedApp app) {
    catalog.apply(new AppChange.Deployed(app));
  }

  /// Starts to listen on a free port; when that fails the process ends.
  public void listen(Consumer<Integer> onPort) {
    Vertx vertx = Vertx.vertx();
    InvocationBus bus = InvocationBus.on(vertx);
    GatewaySettings listen = GatewaySettings.on("127.0.0.1", 0);
    bus.serve("worker", worker)
        .compose(_ -> Gateway.start(vertx, listen, catalog, bus.invoker(), () -> true))
        .onSuccess(gateway -> onPort.accept(gateway.actualPort()))
        .onFailure(
            cause -> {
              System.err.println("Berth cannot start: " + cause);
              System.exit(1);
            });
  }

  /// Tells whoever started this process that it listens.
  public void announce(int port, DeployedApp app) {
    String about = "JavaScript " + (engine.isInterpreted() ? "interpreted" : "compiled when hot");
    new Announcement(port, AppFolder.path(app), about).print();
  }

  public Worker worker() {
    return worker;
  }
}
