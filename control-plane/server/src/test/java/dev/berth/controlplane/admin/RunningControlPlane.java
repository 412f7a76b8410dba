package dev.berth.controlplane.admin;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.packages.PackageStore;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.controlplane.DeploymentCheck;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.EmbeddedMongo;
import dev.berth.controlplane.logs.LogQueue;
import dev.berth.controlplane.logs.LoggedInvoker;
import dev.berth.controlplane.packages.Npm;
import dev.berth.controlplane.packages.PackageIntake;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.controlplane.secret.MasterKey;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.session.SessionLife;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.identity.CustomUserDataSource;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.account.Identity;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/// A control plane behind a real HTTP server, on a real database whose content can be opened
/// again. Functions are played by a few lines of Java: they answer with who runs them and what
/// they were given.
final class RunningControlPlane implements AutoCloseable {

  static final String API = "/api/admin/v3.0";
  static final MasterKey KEY = MasterKey.parse(MasterKey.generate());
  private static final long MOST_BYTES = 256 << 20;

  final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  /// What an app must pass besides; asked in the middle of each deployment.
  final List<DeploymentCheck> checks = new CopyOnWriteArrayList<>();

  /// Asked whenever somebody wants to reach the users of apps.
  final AtomicReference<Runnable> reachingUsers = new AtomicReference<>(() -> {});

  /// What the function `waits` waits for.
  final Promise<Outcome> wait = Promise.promise();

  private final Semaphore waiting = new Semaphore(0);

  private final LogQueue logs = new LogQueue(Duration.ofMillis(200));
  private final Invoker invoker = new LoggedInvoker(this::invokeHere, logs, InstantSource.system());
  private final Path folder;
  private final UnaryOperator<ControlPlaneSettings> adapted;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final EmbeddedMongo database;
  private final Identity identity;
  private final AdminListener listener;
  private final HttpServer server;
  ControlPlane plane;
  private boolean isOpen = true;
  private Vault vault = new Vault(KEY, List.of());

  private RunningControlPlane(
      Path folder, UnaryOperator<ControlPlaneSettings> adapted, long mostBytes) {
    this.folder = folder;
    this.adapted = adapted;
    this.database = EmbeddedMongo.in(folder);
    this.identity = await(openIdentity());
    this.plane = open();
    this.listener = new AdminListener(vertx, () -> plane.api(), mostBytes);
    this.server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        listener.handle(
                            request,
                            request.remoteAddress().hostAddress(),
                            "http://" + request.authority()))
                .listen(0, "127.0.0.1"));
  }

  static RunningControlPlane in(Path folder) {
    return in(folder, UnaryOperator.identity());
  }

  /// With other settings.
  static RunningControlPlane in(Path folder, UnaryOperator<ControlPlaneSettings> adapted) {
    return new RunningControlPlane(folder, adapted, MOST_BYTES);
  }

  /// Where the bodies of all requests together may have so many bytes.
  static RunningControlPlane withRoomFor(Path folder, long bytes) {
    return new RunningControlPlane(folder, ControlPlaneSettings::withLocalAccess, bytes);
  }

  int port() {
    return server.actualPort();
  }

  /// Where programs on this machine need not sign in.
  static RunningControlPlane localIn(Path folder) {
    return in(folder, ControlPlaneSettings::withLocalAccess);
  }

  private static IdentitySettings cheapHashes() {
    return IdentitySettings.defaults().withHashCost(64, 1, 2);
  }

  private Future<Identity> openIdentity() {
    return Identity.open(
        vertx,
        database.connectionString(),
        new Identity.Surroundings(
            catalog,
            RunningControlPlane::invoke,
            _ -> Future.succeededFuture(),
            CustomUserDataSource.none(),
            cheapHashes(),
            _ -> true,
            this::tick));
  }

  private ControlPlane open() {
    PackageStore packages = PackageStore.in(folder.resolve("packages"));
    PackageIntake intake = new PackageIntake(packages, Npm.ofThisMachine(), _ -> {}, _ -> true);
    ControlPlaneSettings settings =
        ControlPlaneSettings.standard()
            .with(new SessionLife(Duration.ofMinutes(30), Duration.ofDays(60)));
    ControlPlane opened =
        ControlPlane.open(
            vertx,
            database.connectionString(),
            vault,
            new Surroundings(
                adapted.apply(settings),
                new DeploymentChecks(List.of(this::check), intake::take, (_, _) -> true),
                catalog::apply,
                catalog,
                invoker,
                identity::accounts,
                this::users,
                intake,
                packages,
                logs,
                cheapHashes(),
                this::tick));
    opened.resume();
    return opened;
  }

  private List<Problem> check(AppDefinition definition, Secrets secrets) {
    return checks.stream().flatMap(check -> check.check(definition, secrets).stream()).toList();
  }

  private UserAdministration users() {
    reachingUsers.get().run();
    return identity.administration();
  }

  private Future<Outcome> invokeHere(Invocation invocation) {
    if (invocation.function().equals("prints")) {
      logs.printed(invocation.requestId(), "one line");
    }
    if (invocation.function().equals("waits")) {
      waiting.release();
      return wait.future();
    }
    return invoke(invocation);
  }

  /// Returns when so many calls wait for the function `waits`.
  void awaitWaiting(int calls) {
    try {
      if (!waiting.tryAcquire(calls, 60, TimeUnit.SECONDS)) {
        throw new AssertionError("the function was called less than " + calls + " times");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Future<Outcome> invoke(Invocation invocation) {
    Invocation.FunctionCall call = (Invocation.FunctionCall) invocation;
    if (call.function().equals("throws")) {
      return Future.succeededFuture(new Outcome.Threw("FunctionExecutionError", "it broke"));
    }
    Caller caller = call.envelope().caller();
    BsonArray answer = new BsonArray();
    answer.add(new BsonString(caller instanceof Caller.SignedIn user ? user.id() : "system"));
    answer.addAll(call.arguments());
    return Future.succeededFuture(new Outcome.Returned(answer));
  }

  /// The database is away from now on.
  void takeDatabaseAway() {
    database.close();
  }

  /// And back, with everything that it had.
  void bringDatabaseBack() {
    database.startAgain();
  }

  /// Opens the same database again, as after the end of the process.
  void restart() {
    if (isOpen) {
      isOpen = false;
      plane.close();
    }
    plane = open();
    isOpen = true;
  }

  /// Opens the same database again, with other master keys.
  void restart(Vault other) {
    vault = other;
    restart();
  }

  /// Encrypts a part of what there is under other keys.
  int rotateSecretsAlone(Vault other) {
    try (ControlPlaneDatabase opened =
        ControlPlaneDatabase.open(vertx, database.connectionString())) {
      return AppSecrets.in(opened, other).rotate();
    }
  }

  /// The collections that know of an app, besides the audit log.
  List<String> knowing(String appId) {
    MongoClient client =
        MongoClient.create(
            vertx,
            new JsonObject()
                .put("connection_string", database.connectionString())
                .put("db_name", "berth"));
    try {
      return await(client.getCollections()).stream()
          .filter(name -> !name.equals("audit"))
          .filter(name -> await(client.count(name, new JsonObject().put("appId", appId))) > 0)
          .sorted()
          .toList();
    } finally {
      await(client.close());
    }
  }

  /// Each look at the clock is a millisecond later, so that no two events are at once.
  private Instant tick() {
    return now.updateAndGet(before -> before.plusMillis(1));
  }

  void later(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /// A session of somebody, in the way of the command line.
  Client signIn(String publicKey, String privateKey) {
    JsonObject tokens =
        new Client(null, null)
            .post(
                "/auth/providers/mongodb-cloud/login",
                new JsonObject().put("username", publicKey).put("apiKey", privateKey))
            .object(200);
    return new Client(tokens.getString("access_token"), tokens.getString("refresh_token"));
  }

  Client nobody() {
    return new Client(null, null);
  }

  Client withToken(String token) {
    return new Client(token, token);
  }

  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What an administrator got.
  record Reply(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    JsonObject object(int expected) {
      require(expected);
      return new JsonObject(text());
    }

    JsonArray array(int expected) {
      require(expected);
      return new JsonArray(text());
    }

    Reply require(int expected) {
      if (status() != expected) {
        throw new AssertionError("expected " + expected + ", got " + status() + ": " + text());
      }
      return this;
    }
  }

  /// Somebody who sends requests.
  final class Client {

    final @Nullable String access;
    final @Nullable String refresh;

    Client(@Nullable String access, @Nullable String refresh) {
      this.access = access;
      this.refresh = refresh;
    }

    Reply get(String path) {
      return send("GET", path, null, null);
    }

    Reply post(String path) {
      return send("POST", path, null, null);
    }

    Reply post(String path, JsonObject body) {
      return send("POST", path, "application/json", body.encode().getBytes(StandardCharsets.UTF_8));
    }

    Reply put(String path, JsonObject body) {
      return send("PUT", path, "application/json", body.encode().getBytes(StandardCharsets.UTF_8));
    }

    Reply put(String path) {
      return send("PUT", path, null, null);
    }

    Reply patch(String path, JsonObject body) {
      return send(
          "PATCH", path, "application/json", body.encode().getBytes(StandardCharsets.UTF_8));
    }

    Reply delete(String path) {
      return send("DELETE", path, null, null);
    }

    /// A file, in the one part that the command line sends.
    Reply upload(String method, String path, String fileName, byte[] content) {
      String boundary = "d2f1a7";
      byte[] head =
          """
          --%s\r
          Content-Disposition: form-data; name="file"; filename="%s"\r
          Content-Type: application/octet-stream\r
          \r
          """
              .formatted(boundary, fileName)
              .getBytes(StandardCharsets.UTF_8);
      byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
      byte[] body = new byte[head.length + content.length + tail.length];
      System.arraycopy(head, 0, body, 0, head.length);
      System.arraycopy(content, 0, body, head.length, content.length);
      System.arraycopy(tail, 0, body, head.length + content.length, tail.length);
      return send(method, path, "multipart/form-data; boundary=" + boundary, body);
    }

    /// Bodies are of unknown length, as the command line sends them.
    Reply send(String method, String path, @Nullable String type, byte @Nullable [] body) {
      String full = path.startsWith("/api/") ? path : API + path;
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url() + full))
              .header("X-BAAS-Request-Origin", "mongodb-baas-cli")
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
      if (type != null) {
        request.header("Content-Type", type);
      }
      if (access != null) {
        request.header("Authorization", "Bearer " + access);
      }
      Reply reply = new Reply(RunningControlPlane.this.send(request.build()));
      Documented.require(plane.api().routes(), method, full, reply.status());
      return reply;
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    http.close();
    await(server.close());
    listener.close();
    logs.close();
    if (isOpen) {
      plane.close();
    }
    await(identity.close());
    await(vertx.close());
    database.close();
  }
}
