package dev.berth.gateway.clientapi;

import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.serving.OpenRequest;
import dev.berth.gateway.serving.OpenStream;
import dev.berth.gateway.serving.Serving;
import dev.berth.identity.Accounts;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import dev.berth.identity.Session;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// A client that watches, until it goes, its token ends, the rules no longer allow it, or the
/// gateway stops. Confined to the event loop of its request.
///
/// It looks, writes what it saw, and looks again only when that has left: a client that does not
/// read holds nothing but the events of one look.
final class Watch {

  private static final long LOOK_EVERY_MS = 1000;

  private static final long SIGN_OF_LIFE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);

  /// Looks that nobody answered, one after the other. A worker is replaced in less time.
  private static final int MAX_UNANSWERED = 30;

  private final Serving serving;
  private final Supplier<Accounts> accounts;
  private final AppRoutes counted;
  private final String token;
  private final Looks looks;
  private final boolean isCompact;
  private BsonDocument position;
  private int unanswered;
  private long lastWriteNanos = System.nanoTime();
  private @Nullable OpenRequest open;
  private @Nullable OpenStream stream;

  /// @param counted the app that the client was counted in at
  /// @param token looked at again before each look
  /// @param position where the first look ended
  Watch(
      Serving serving,
      Supplier<Accounts> accounts,
      AppRoutes counted,
      String token,
      Looks looks,
      BsonDocument position,
      boolean isCompact) {
    this.serving = serving;
    this.accounts = accounts;
    this.counted = counted;
    this.token = token;
    this.looks = looks;
    this.position = position;
    this.isCompact = isCompact;
  }

  /// Answers the request with events from now on.
  void begin(OpenRequest request, Reply head) {
    open = request;
    stream = request.stream(head, counted::stopWatching);
    write(ChangeEvents.SIGN_OF_LIFE);
  }

  private OpenStream stream() {
    return Objects.requireNonNull(stream, "it has begun");
  }

  /// Goes on when the text has left. A client that is gone is noticed by the stream.
  private void write(String text) {
    lastWriteNanos = System.nanoTime();
    then(stream().write(text).transform(_ -> Future.succeededFuture(true)), _ -> pause());
  }

  private <T> void then(Future<T> future, Consumer<T> next) {
    Objects.requireNonNull(open, "it has begun").then(future, next);
  }

  private void pause() {
    if (!stream().isOver()) {
      serving.vertx().setTimer(LOOK_EVERY_MS, _ -> guard());
    }
  }

  private void guard() {
    if (stream().isOver()) {
      return;
    }
    if (serving.isDraining()) {
      stream().end("Drained");
      return;
    }
    then(
        accounts.get().verifyAccess(token),
        answer -> {
          switch (answer) {
            case Answer.Granted<Session> _ -> look();
            case Answer.Denied<Session>(Denial denial) -> fail(ClientAnswer.fault(denial));
          }
        });
  }

  private void look() {
    String appId = counted.app().id().value();
    AppRoutes live = serving.routing().find(appId);
    if (live == null) {
      fail(new Fault(404, "cannot find app using Client App ID '" + appId + "'", null));
    } else if (!DataSourceCalls.hasDataSource(live.app(), looks.request().service())) {
      fail(DataSourceCalls.noSuchService(looks.request().service()));
    } else {
      then(looks.since(live.app(), position), this::seen);
    }
  }

  private void seen(Looks.Seen seen) {
    switch (seen) {
      case Looks.Seen.Changes changes -> {
        unanswered = 0;
        position = changes.position();
        tell(changes);
      }
      case Looks.Seen.Refused(Fault fault) -> fail(fault);
      case Looks.Seen.Unanswered(Fault fault) -> {
        unanswered++;
        if (unanswered > MAX_UNANSWERED) {
          fail(fault);
        } else {
          pause();
        }
      }
    }
  }

  private void tell(Looks.Seen.Changes changes) {
    if (stream().isOver()) {
      return;
    }
    if (!changes.events().isEmpty()) {
      write(ChangeEvents.text(changes.events(), isCompact));
    } else if (System.nanoTime() - lastWriteNanos > SIGN_OF_LIFE_EVERY_NANOS) {
      write(ChangeEvents.SIGN_OF_LIFE);
    } else {
      pause();
    }
  }

  private void fail(Fault fault) {
    if (!stream().isOver()) {
      then(
          stream().write(ChangeEvents.error(fault)).transform(_ -> Future.succeededFuture(true)),
          _ -> stream().end("Refused"));
    }
  }
}
