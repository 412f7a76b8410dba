package dev.berth.endtoend;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/// What takes spans over HTTP as OpenTelemetry sends them (`/v1/traces`, protobuf), and keeps
/// them.
final class TraceCollector implements AutoCloseable {

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();

  /// One step of a trace; of the fields of a span those that are looked at.
  ///
  /// @param service that it is of
  /// @param parent the id of another span; empty when it begins a trace
  /// @param kind 2 where something is served, 3 where somebody calls
  /// @param failed whether its status is an error
  record Span(
      String service,
      String trace,
      String id,
      String parent,
      String name,
      int kind,
      Map<String, String> attributes,
      boolean failed) {}

  TraceCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(new java.io.ByteArrayInputStream(body)).readAllBytes();
          }
          bodies.add(new String(body, StandardCharsets.ISO_8859_1));
          credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          spans.addAll(spansIn(body));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// ExportTraceServiceRequest: field 1 are ResourceSpans, whose field 1 is the resource and
  /// whose fields 2 are ScopeSpans, whose fields 2 are the spans.
  private static List<Span> spansIn(byte[] body) {
    List<Span> found = new ArrayList<>();
    for (ProtobufMessage ofResource : new ProtobufMessage(body).messages(1)) {
      String service =
          attributes(ofResource.messages(1).getFirst(), 1).getOrDefault("service.name", "");
      for (ProtobufMessage ofScope : ofResource.messages(2)) {
        ofScope.messages(2).forEach(span -> found.add(span(service, span)));
      }
    }
    return found;
  }

  private static Span span(String service, ProtobufMessage span) {
    return new Span(
        service,
        span.hex(1),
        span.hex(2),
        span.hex(4),
        span.text(5),
        (int) span.number(6),
        attributes(span, 9),
        span.messages(15).stream().anyMatch(status -> status.number(3) == 2));
  }

  /// Pairs of a key and a value, which is a text (1) or a whole number (3).
  private static Map<String, String> attributes(ProtobufMessage holder, int field) {
    Map<String, String> attributes = new TreeMap<>();
    for (ProtobufMessage pair : holder.messages(field)) {
      ProtobufMessage value = pair.messages(2).getFirst();
      attributes.put(pair.text(1), value.has(1) ? value.text(1) : Long.toString(value.number(3)));
    }
    return attributes;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// All that came so far.
  List<Span> spans() {
    return spans;
  }

  /// All that came so far as it was sent, a character for each byte.
  List<String> bodies() {
    return bodies;
  }

  /// What was sent as `Authorization`.
  List<String> credentials() {
    return credentials;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
