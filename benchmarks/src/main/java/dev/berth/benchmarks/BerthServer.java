package dev.berth.benchmarks;

import dev.berth.catalog.AppChange;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewaySettings;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.jsruntime.JsEngine;
import dev.berth.worker.Worker;
import dev.berth.worker.WorkerMetrics;
import dev.berth.worker.WorkerSettings;
import io.vertx.core.Vertx;
import java.util.Map;

/// Berth as `berth dev` puts it together, in one JVM: gateway, invocation bus and worker, with
/// the limits on. There is no database, because the measured function uses none.
public final class BerthServer {

  private BerthServer() {}

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    JsEngine engine = JsEngine.start();
    InMemoryAppCatalog catalog = new InMemoryAppCatalog();
    catalog.apply(new AppChange.Deployed(BenchmarkApp.deployed()));
    WorkerSettings settings = WorkerSettings.forCores(Runtime.getRuntime().availableProcessors());
    Worker worker = Worker.start(settings, engine, catalog, Map.of(), _ -> {}, WorkerMetrics.NONE);
    InvocationBus bus = InvocationBus.on(vertx);
    GatewaySettings listen = GatewaySettings.on("127.0.0.1", 0);
    String about = "JavaScript " + (engine.isInterpreted() ? "interpreted" : "compiled when hot");
    bus.serve("worker", worker)
        .compose(_ -> Gateway.start(vertx, listen, catalog, bus.invoker(), () -> true))
        .onSuccess(
            gateway -> new Announcement(gateway.actualPort(), BenchmarkApp.PATH, about).print())
        .onFailure(
            cause -> {
              System.err.println("Berth cannot start: " + cause);
              System.exit(1);
            });
  }
}
