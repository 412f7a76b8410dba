package dev.berth.invocation.bus;

import dev.berth.invocation.Invoker;
import dev.berth.invocation.InvokerContract;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/// A bus whose worker is in the same process.
class OwnWorkerInvokerTest implements InvokerContract {

  private final Vertx vertx = Vertx.vertx();
  private final InvocationBus bus = InvocationBus.on(vertx);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public Invoker reaching(Invoker worker) {
    bus.serve("worker", worker).toCompletionStage().toCompletableFuture().join();
    return bus.invoker();
  }
}
