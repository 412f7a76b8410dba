package dev.berth.catalog.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One side's connection to the two addresses of the catalog: what is published, and what is
/// asked.
///
/// Everything of one side happens in order on one context of Vert.x, so nothing here or in what
/// uses it needs a lock, and what is published in order arrives in order.
final class CatalogLine {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogLine.class);

  private static final int REFUSED = 0;

  private final Vertx vertx;
  private final Context context;
  private final String changes;
  private final String questions;
  private final DeliveryOptions options;

  CatalogLine(Vertx vertx, String address, Duration answerWithin) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.changes = address + ".changes";
    this.questions = address + ".questions";
    this.options =
        new DeliveryOptions()
            .setCodecName(CatalogCodec.NAME)
            .setSendTimeout(answerWithin.toMillis());
  }

  /// Runs the task on the context of this side.
  void inOrder(Runnable task) {
    context.runOnContext(_ -> task.run());
  }

  /// Succeeds after a pause, on the context of this side.
  Future<Void> pause(Duration pause) {
    return Future.future(
        over -> inOrder(() -> vertx.setTimer(pause.toMillis(), _ -> over.complete())));
  }

  void publish(CatalogMessage message) {
    vertx.eventBus().publish(changes, message, options);
  }

  MessageConsumer<Object> hear(Consumer<CatalogMessage> listener) {
    return vertx
        .eventBus()
        .consumer(
            changes,
            message -> {
              CatalogMessage published;
              try {
                published = content(message);
              } catch (FormException malformed) {
                logMalformed(message, malformed);
                return;
              }
              listener.accept(published);
            });
  }

  Future<CatalogMessage> ask(CatalogMessage question) {
    return vertx.eventBus().request(questions, question, options).map(CatalogLine::content);
  }

  /// Answers what is asked.
  ///
  /// @param answers fails with a [FormException] when the question is none
  MessageConsumer<Object> answer(Function<CatalogMessage, CatalogMessage> answers) {
    return vertx
        .eventBus()
        .consumer(
            questions,
            message -> {
              try {
                message.reply(answers.apply(content(message)), options);
              } catch (FormException malformed) {
                logMalformed(message, malformed);
                message.fail(REFUSED, "a malformed question");
              }
            });
  }

  /// Bytes become a message only when its body is asked for.
  private static CatalogMessage content(Message<Object> message) {
    if (message.body() instanceof CatalogMessage content) {
      return content;
    }
    throw new FormException("is none of the catalog");
  }

  /// The fault names a place and never a value.
  private static void logMalformed(Message<Object> message, FormException malformed) {
    LOG.atWarn()
        .addKeyValue("address", message.address())
        .addKeyValue("fault", malformed.getMessage())
        .log("a malformed message about apps is ignored");
  }
}
