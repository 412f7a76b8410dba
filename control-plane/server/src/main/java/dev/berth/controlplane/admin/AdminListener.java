package dev.berth.controlplane.admin;

import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminRequest;
import dev.berth.controlplane.admin.http.Refusals;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Takes requests of administrators from an HTTP server and answers them on threads that may
/// block. Called on the event loops of the server.
public final class AdminListener implements AutoCloseable {

  private static final List<String> PATHS =
      List.of("/api/admin/", "/api/private/v1.0/", "/api/public/v1.0", "/api/atlas/v1.0/");
  private static final int THREADS = 16;
  private static final long MOST_MINUTES = 20;

  /// Until it is known who sends it.
  private static final int MOST_FROM_STRANGERS = 64 << 10;

  private static final int MOST_FROM_ADMINISTRATORS = 80 << 20;

  private final Supplier<AdminApi> api;
  private final WorkerExecutor threads;

  /// @param api asked for with each request
  public AdminListener(Vertx vertx, Supplier<AdminApi> api) {
    this.api = api;
    this.threads =
        vertx.createSharedWorkerExecutor("berth-admin", THREADS, MOST_MINUTES, TimeUnit.MINUTES);
  }

  /// Whether a path is one of the Admin API; some clients begin it with two slashes.
  public static boolean takes(String path) {
    String collapsed = path.replaceFirst("^/+", "/");
    return PATHS.stream().anyMatch(collapsed::startsWith);
  }

  /// Answers a request.
  ///
  /// @param remoteAddress of the client, as far as it can be believed
  /// @param baseUrl where the client reaches Berth, without a slash at the end
  public void handle(HttpServerRequest request, String remoteAddress, String baseUrl) {
    AdminRequest head;
    try {
      head = read(request, Buffer.buffer(), remoteAddress, baseUrl);
    } catch (IllegalArgumentException notDecodable) {
      write(
          request,
          Refusals.answer(
              Refusal.invalid("the query of the URL is not valid percent-encoded UTF-8")));
      return;
    }
    request.pause();
    threads
        .executeBlocking(() -> api.get().isKnown(head), false)
        .compose(known -> body(request, known ? MOST_FROM_ADMINISTRATORS : MOST_FROM_STRANGERS))
        .compose(
            body ->
                threads.executeBlocking(
                    () -> api.get().answer(read(request, body, remoteAddress, baseUrl)), false))
        .map(Objects::requireNonNull)
        .recover(AdminListener::refused)
        .onSuccess(answer -> write(request, answer))
        .onFailure(_ -> request.connection().close());
  }

  private static AdminRequest read(
      HttpServerRequest request, Buffer body, String remoteAddress, String baseUrl) {
    return new AdminRequest(
        request.method(),
        request.uri(),
        String.valueOf(request.path()),
        request.params(),
        request.headers(),
        body,
        request.authority() == null ? "" : request.authority().host(),
        remoteAddress,
        baseUrl);
  }

  private static Future<Buffer> body(HttpServerRequest request, int most) {
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    Promise<Buffer> read = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() <= most) {
            body.appendBuffer(chunk);
          } else {
            read.tryFail(
                Refusal.of(
                    Refusal.Kind.TOO_LARGE,
                    "ReadSizeLimitExceeded",
                    "the request body is larger than " + most + " bytes"));
          }
        });
    request.endHandler(_ -> read.tryComplete(body));
    request.exceptionHandler(read::tryFail);
    request.resume();
    return read.future();
  }

  private static Future<AdminAnswer> refused(Throwable failure) {
    return failure instanceof Refusal refusal
        ? Future.succeededFuture(Refusals.answer(refusal))
        : Future.failedFuture(failure);
  }

  private static void write(HttpServerRequest request, AdminAnswer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(response::putHeader);
    if (answer.status() == 413 && request.version() != HttpVersion.HTTP_2) {
      // The rest of the body is still on its way.
      response.putHeader("Connection", "close");
    }
    if (answer.status() == 204) {
      response.end();
    } else {
      response.end(answer.body());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
