package dev.berth.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that gives prepared answers and remembers what it was asked.
final class AnsweringServer implements AutoCloseable {

  private static final String ROOT = "/api/admin/v3.0";

  private record Prepared(int status, String body) {}

  private final HttpServer server;
  private final Map<String, List<Prepared>> answers = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  AnsweringServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /// Answers a request so; the last of several answers goes on being given.
  ///
  /// @param request method and path below the root of the API, without a query
  AnsweringServer on(String request, int status, String body) {
    answers
        .computeIfAbsent(request, _ -> new CopyOnWriteArrayList<>())
        .add(new Prepared(status, body));
    return this;
  }

  /// What was asked: method, path with query, and who asked.
  List<String> requests() {
    return requests;
  }

  String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String uri = exchange.getRequestURI().toString().substring(ROOT.length());
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add(exchange.getRequestMethod() + " " + uri + (token == null ? "" : " as " + token));
      String path = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
      List<Prepared> prepared =
          answers.getOrDefault(
              exchange.getRequestMethod() + " " + path,
              List.of(new Prepared(404, "{\"error\": \"not prepared: " + path + "\"}")));
      Prepared answer = prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
      byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
