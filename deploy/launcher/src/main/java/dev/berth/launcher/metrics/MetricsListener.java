package dev.berth.launcher.metrics;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Where Prometheus reads what a process measures: `/metrics`, and at `/targets` where it finds
/// the other processes, in the form of its HTTP service discovery. Who cannot reach those,
/// because they listen on loopback, reads all in one text at `/metrics/all`. `/health` says
/// whether the process is ready.
///
/// It is a port of its own, because who may call endpoints need not know what goes on inside.
public final class MetricsListener {

  private static final String TEXT = "text/plain; charset=utf-8";

  /// Prometheus itself waits for ten seconds.
  private static final long PATIENCE_MS = 5_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final ProcessMetrics metrics;
  private final Supplier<Map<String, Integer>> others;
  private final BooleanSupplier ready;

  private MetricsListener(
      Vertx vertx,
      ProcessMetrics metrics,
      Supplier<Map<String, Integer>> others,
      BooleanSupplier ready) {
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
    this.ready = ready;
    this.metrics = metrics;
    this.others = others;
  }

  /// Listens.
  ///
  /// @param ready what `/health` says
  /// @param others the ports on loopback where the other processes listen, by name
  /// @return the server; fails when the port is in use
  public static Future<HttpServer> listen(
      Vertx vertx,
      String host,
      int port,
      ProcessMetrics metrics,
      Supplier<Map<String, Integer>> others,
      BooleanSupplier ready) {
    MetricsListener listener = new MetricsListener(vertx, metrics, others, ready);
    return vertx.createHttpServer().requestHandler(listener::handle).listen(port, host);
  }

  private void handle(HttpServerRequest request) {
    if (!HttpMethod.GET.equals(request.method())) {
      end(request.response().setStatusCode(405).putHeader(HttpHeaders.ALLOW, "GET"), TEXT, "");
      return;
    }
    switch (String.valueOf(request.path())) {
      // Reading all meters takes some milliseconds, too long for an event loop.
      case "/metrics" ->
          vertx
              .executeBlocking(metrics::text)
              .onSuccess(text -> end(request.response(), ProcessMetrics.CONTENT_TYPE, text))
              .onFailure(
                  _ -> end(request.response().setStatusCode(500), TEXT, "cannot read the meters"));
      case "/metrics/all" ->
          all()
              .onSuccess(text -> end(request.response(), ProcessMetrics.CONTENT_TYPE, text))
              .onFailure(
                  _ -> end(request.response().setStatusCode(500), TEXT, "cannot read the meters"));
      case "/targets" -> end(request.response(), "application/json", targets().encode());
      case "/health" -> health(request.response());
      default ->
          end(
              request.response().setStatusCode(404),
              TEXT,
              "there is /metrics, /metrics/all, /targets and /health");
    }
  }

  private void health(HttpServerResponse response) {
    if (ready.getAsBoolean()) {
      end(response, TEXT, "ready");
    } else {
      end(response.setStatusCode(503), TEXT, "not ready");
    }
  }

  /// What this process measures and all others that it started, as far as they answer in time:
  /// one that dies meanwhile is missing.
  private Future<String> all() {
    Map<String, Future<String>> texts = new TreeMap<>();
    others.get().forEach((name, port) -> texts.put(name, textOf(port)));
    return Future.join(List.copyOf(texts.values()))
        .transform(
            _ ->
                vertx.executeBlocking(
                    () -> {
                      MergedMetrics merged = new MergedMetrics();
                      merged.add(metrics.text());
                      texts.forEach((name, text) -> merged.addOf(name, text.result()));
                      return merged.text();
                    },
                    false));
  }

  private Future<String> textOf(int port) {
    return client
        .request(
            new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/metrics")
                .setTimeout(PATIENCE_MS))
        .compose(request -> request.send().compose(HttpClientResponse::body))
        .map(Buffer::toString)
        .otherwise("");
  }

  private JsonArray targets() {
    JsonArray targets = new JsonArray();
    others
        .get()
        .forEach(
            (name, port) ->
                targets.add(
                    new JsonObject()
                        .put("targets", new JsonArray().add("127.0.0.1:" + port))
                        .put("labels", new JsonObject().put("process", name))));
    return targets;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // who is gone needs no answer
  private static void end(HttpServerResponse response, String contentType, String text) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(text);
  }
}
