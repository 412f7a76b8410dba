package dev.berth.launcher.dev;

import dev.berth.gateway.Gateway;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.console.StartFailure;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What takes requests, once it does.
///
/// @param invoker what requests call app code with
/// @param membership how a worker process joins; `null` when there are none
public record Listening(
    Vertx vertx,
    InvocationBus bus,
    Invoker invoker,
    Gateway gateway,
    @Nullable Membership membership) {

  /// Why it is not possible to listen, and what helps.
  ///
  /// @param option that chooses the port
  public static StartFailure failed(
      String host, int port, String option, CompletionException failure) {
    for (Throwable cause : Blocking.causes(failure)) {
      if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
        return new StartFailure(
            "port %d of %s is in use by another program; stop that one, or choose another port with %s"
                .formatted(port, host, option));
      }
    }
    return new StartFailure(Blocking.reason(failure));
  }
}
