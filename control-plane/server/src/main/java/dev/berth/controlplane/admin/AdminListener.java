package dev.berth.controlplane.admin;

import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminRequest;
import dev.berth.controlplane.admin.http.Refusals;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.Future;
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

  /// For each pace: slow requests, however many, keep no quick one waiting.
  private static final int THREADS = 16;

  private static final long MOST_MINUTES = 20;

  /// Until it is known who sends it.
  private static final int MOST_FROM_STRANGERS = 64 << 10;

  private static final int MOST_FROM_ALL_STRANGERS = 8 << 20;

  private static final int MOST_FROM_ADMINISTRATORS = 80 << 20;

  /// A document takes several times its bytes while it is read.
  private static final int PART_OF_HEAP = 8;

  private final Vertx vertx;
  private final Supplier<AdminApi> api;
  private final WorkerExecutor quick;
  private final WorkerExecutor slow;
  private final ByteBudget ofStrangers;
  private final ByteBudget ofAdministrators;

  /// @param api asked for with each request
  public AdminListener(Vertx vertx, Supplier<AdminApi> api) {
    this(
        vertx,
        api,
        Math.max(MOST_FROM_ADMINISTRATORS, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
  }

  /// @param mostBytes of the bodies of all administrators together
  AdminListener(Vertx vertx, Supplier<AdminApi> api, long mostBytes) {
    this.vertx = vertx;
    this.api = api;
    this.quick = threads(vertx, "berth-admin");
    this.slow = threads(vertx, "berth-admin-slow");
    this.ofStrangers = new ByteBudget(MOST_FROM_ALL_STRANGERS);
    this.ofAdministrators = new ByteBudget(mostBytes);
  }

  private static WorkerExecutor threads(Vertx vertx, String name) {
    return vertx.createSharedWorkerExecutor(name, THREADS, MOST_MINUTES, TimeUnit.MINUTES);
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
    quick
        .executeBlocking(() -> api.get().expect(head), false)
        .map(Objects::requireNonNull)
        .compose(expected -> answer(request, expected, remoteAddress, baseUrl))
        .recover(AdminListener::refused)
        .onSuccess(answer -> write(request, answer))
        .onFailure(_ -> request.connection().close());
  }

  private Future<AdminAnswer> answer(
      HttpServerRequest request, AdminApi.Expected expected, String remoteAddress, String baseUrl) {
    ByteBudget.Share share = (expected.isKnown() ? ofAdministrators : ofStrangers).share();
    int most = expected.isKnown() ? MOST_FROM_ADMINISTRATORS : MOST_FROM_STRANGERS;
    WorkerExecutor threads =
        switch (expected.pace()) {
          case QUICK -> quick;
          case SLOW -> slow;
        };
    return RequestBody.of(vertx, request, share, most)
        .compose(
            body ->
                threads.executeBlocking(
                    () -> api.get().answer(read(request, body, remoteAddress, baseUrl)), false))
        .map(Objects::requireNonNull)
        .onComplete(_ -> share.giveBack());
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

  private static Future<AdminAnswer> refused(Throwable failure) {
    return failure instanceof Refusal refusal
        ? Future.succeededFuture(Refusals.answer(refusal))
        : Future.failedFuture(failure);
  }

  private static void write(HttpServerRequest request, AdminAnswer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(response::putHeader);
    if ((answer.status() == 413 || answer.status() == 503)
        && request.version() != HttpVersion.HTTP_2) {
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
    quick.close();
    slow.close();
  }
}
