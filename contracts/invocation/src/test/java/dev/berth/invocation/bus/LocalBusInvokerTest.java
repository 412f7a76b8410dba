package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.InvokerContract;
import dev.berth.invocation.Outcome;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Over the event bus of one process.
class LocalBusInvokerTest implements InvokerContract {

  private final Vertx vertx = Vertx.vertx();
  private final InvocationBus bus = InvocationBus.withoutShortcut(vertx, Placing.anywhere(2));

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public Invoker reaching(Invoker worker) {
    bus.serve("worker", worker).toCompletionStage().toCompletableFuture().join();
    return bus.invoker();
  }

  @Test
  void withoutAWorkerNothingRanAndTheCallerIsToldSo() {
    Invocation invocation = InvokerContract.invocations().findFirst().orElseThrow();

    Outcome outcome =
        bus.invoker().invoke(invocation).toCompletionStage().toCompletableFuture().join();

    assertThat(outcome).isEqualTo(new Outcome.Unavailable("no worker is there"));
  }
}
