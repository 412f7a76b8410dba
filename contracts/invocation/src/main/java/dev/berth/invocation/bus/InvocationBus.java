package dev.berth.invocation.bus;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of an invocation between processes, and between the parts of one process.
///
/// Inside a process the records travel by reference, and where the worker is in the caller's own
/// process the shortest way is a call; between processes they travel as bytes of
/// [WireFormat#VERSION]. A caller cannot tell the difference, nor from a [Invoker] that it calls
/// directly. An invocation is posted to exactly one consumer and never posted again.
public final class InvocationBus {

  private static final Logger LOG = LoggerFactory.getLogger(InvocationBus.class);

  /// The version is part of the address, so processes that do not understand each other never
  /// meet.
  private static final String ADDRESS = "berth.invocation.v" + WireFormat.VERSION;

  /// How much longer the caller waits than the invocation may run: for the way there and back,
  /// and for waiting in the worker's queue.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EventBus bus;
  private final boolean callsItsOwnWorker;
  private volatile @Nullable Invoker ownWorker;

  private InvocationBus(EventBus bus, boolean callsItsOwnWorker) {
    this.bus = bus;
    this.callsItsOwnWorker = callsItsOwnWorker;
  }

  /// The bus of a Vert.x instance. Call it once per instance: codecs can be registered only once.
  public static InvocationBus on(Vertx vertx) {
    return new InvocationBus(withCodecs(vertx), true);
  }

  /// Like [#on], but posts to a worker in its own process as it would to any other.
  static InvocationBus withoutShortcut(Vertx vertx) {
    return new InvocationBus(withCodecs(vertx), false);
  }

  private static EventBus withCodecs(Vertx vertx) {
    return vertx
        .eventBus()
        .registerCodec(RecordCodec.ofInvocations())
        .registerCodec(RecordCodec.ofOutcomes());
  }

  /// Takes invocations from the bus and runs them here.
  ///
  /// @return completes when the whole cluster knows of this consumer
  public Future<MessageConsumer<Invocation>> serve(Invoker invoker) {
    MessageConsumer<Invocation> consumer =
        bus.consumer(ADDRESS, message -> answer(invoker, message));
    return consumer
        .completion()
        .map(
            _ -> {
              ownWorker = callsItsOwnWorker ? invoker : null;
              return consumer;
            });
  }

  private static void answer(Invoker invoker, Message<Invocation> message) {
    Invocation invocation = message.body();
    DeliveryOptions reply = new DeliveryOptions().setCodecName(RecordCodec.OUTCOME);
    invoker
        .invoke(invocation)
        .onSuccess(outcome -> message.reply(outcome, reply))
        .onFailure(
            failure -> {
              LOG.atError()
                  .addKeyValue("appId", invocation.appId())
                  .addKeyValue("requestId", invocation.requestId())
                  .setCause(failure)
                  .log("an invocation broke in the platform");
              message.fail(0, "internal error");
            });
  }

  /// Runs invocations wherever a consumer of this bus is.
  public Invoker invoker() {
    return this::post;
  }

  private Future<Outcome> post(Invocation invocation) {
    Invoker own = ownWorker;
    if (own != null) {
      return own.invoke(invocation);
    }
    Duration wait = invocation.envelope().timeLimit().plus(PATIENCE);
    DeliveryOptions options =
        new DeliveryOptions().setCodecName(RecordCodec.INVOCATION).setSendTimeout(wait.toMillis());
    return bus.<Outcome>request(ADDRESS, invocation, options)
        .map(Message::body)
        .recover(InvocationBus::undelivered);
  }

  /// Only a message that certainly reached nobody is an outcome the caller may act upon.
  private static Future<Outcome> undelivered(Throwable failure) {
    if (failure instanceof ReplyException reply) {
      if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
        return Future.succeededFuture(new Outcome.Unavailable("no worker is there"));
      }
      if (reply.failureType() == ReplyFailure.TIMEOUT) {
        return Future.succeededFuture(new Outcome.Unavailable("the worker did not answer"));
      }
    }
    return Future.failedFuture(failure);
  }
}
