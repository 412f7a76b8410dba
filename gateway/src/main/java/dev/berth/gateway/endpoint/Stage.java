package dev.berth.gateway.endpoint;

import dev.berth.gateway.reply.Refusal;
import io.vertx.core.Future;

/// One check that a request passes between its last byte and its function.
@FunctionalInterface
public interface Stage {

  /// Checks one request. Called on an event loop; must not block.
  ///
  /// A future that is complete already costs nothing. A failed one means that the platform broke:
  /// the request is not run.
  Future<Passage> pass(Exchange exchange);

  /// The answer of a stage.
  sealed interface Passage {

    /// The request goes on, perhaps with more known about it.
    record Passed(Exchange exchange) implements Passage {}

    /// The request ends here.
    record Refused(Refusal refusal) implements Passage {}
  }
}
