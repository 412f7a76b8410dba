package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What those who start workers tell all who post calls: which app ended a worker, and what
/// functions have printed. It may be lost, and nothing but a count or a log depends on it.
public final class WorkerNews {

  private static final String BLAMED = "blamed";
  private static final String REQUEST = "request";
  private static final String PRINTED = "printed";

  private final EventBus bus;

  WorkerNews(EventBus bus) {
    this.bus = bus;
  }

  /// Tells that a worker ended because of an app.
  public void blame(AppId app) {
    bus.publish(Addresses.NEWS, new JsonObject().put(BLAMED, app.value()));
  }

  /// Tells a line that a function has printed.
  public void printed(RequestId request, String line) {
    bus.publish(Addresses.NEWS, new JsonObject().put(REQUEST, request.value()).put(PRINTED, line));
  }

  /// Hears both from now on, on an event loop.
  public void follow(Consumer<AppId> onBlame, BiConsumer<RequestId, String> onPrinted) {
    bus.<JsonObject>consumer(
        Addresses.NEWS,
        message -> {
          JsonObject news = message.body();
          if (news.containsKey(BLAMED)) {
            onBlame.accept(new AppId(news.getString(BLAMED)));
          } else if (news.containsKey(PRINTED)) {
            onPrinted.accept(new RequestId(news.getString(REQUEST)), news.getString(PRINTED));
          }
        });
  }
}
