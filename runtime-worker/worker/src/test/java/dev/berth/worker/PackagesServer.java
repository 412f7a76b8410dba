package dev.berth.worker;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// The server that packages talk to: it says what it was asked.
final class PackagesServer implements AutoCloseable {

  private static final String ADDRESS = "127.0.0.2";

  private final Vertx vertx = Vertx.vertx();
  private final String url;
  private final ServerCertificate certificate;
  private final MailServer mail;
  private final MailServer secureMail;

  /// @param folder for what it needs
  PackagesServer(Path folder) {
    certificate = ServerCertificate.of("mail.test", folder);
    mail = new MailServer(vertx, ADDRESS, certificate, false);
    secureMail = new MailServer(vertx, ADDRESS, certificate, true);
    int port =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, ADDRESS)
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    url = "http://" + ADDRESS + ":" + port;
  }

  String url() {
    return url;
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    switch (String.valueOf(request.path())) {
      case "/gzip" ->
          response
              .putHeader("Content-Type", "application/json")
              .putHeader("Content-Encoding", "gzip")
              .end(zipped("{\"zipped\":true}"));
      case "/mail" ->
          response.end(
              new JsonObject()
                  .put("host", ADDRESS)
                  .put("port", mail.port())
                  .put("securePort", secureMail.port())
                  .put("ca", certificate.pem())
                  .put("lines", new JsonArray(List.copyOf(mail.lines)))
                  .put("secureLines", new JsonArray(List.copyOf(secureMail.lines)))
                  .toBuffer());
      case "/redirect" -> response.setStatusCode(302).putHeader("Location", "/json").end();
      case "/bytes" -> response.end(Buffer.buffer(new byte[] {0, (byte) 0xff, 0x10}));
      case "/empty/k" -> response.end();
      case "/missing" -> response.setStatusCode(404).end("{\"error\":\"missing\"}");
      case "/slow" -> vertx.setTimer(2_000, _ -> response.end());
      case "/echo" ->
          request
              .body()
              .onSuccess(
                  body ->
                      response
                          .putHeader(
                              "Content-Type", String.valueOf(request.getHeader("Content-Type")))
                          .end(body));
      default -> request.body().onSuccess(body -> tell(request, body));
    }
  }

  /// What was asked, as JSON.
  private static void tell(HttpServerRequest request, Buffer body) {
    JsonObject headers = new JsonObject();
    request
        .headers()
        .forEach(
            header ->
                headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(
            new JsonObject()
                .put("id", "it-1")
                .put("object", "thing")
                .put("method", request.method().name())
                .put("path", request.uri())
                .put("headers", headers)
                .put("body", body.toString())
                .toBuffer());
  }

  private static Buffer zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
