package dev.berth.gateway;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.SigningAlgorithm;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.RunAs;
import dev.berth.identity.Answer;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.account.Identity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// A gateway whose apps have users, kept in a database of their own for each test.
abstract class UsersTestBase extends GatewayTestBase {

  static final String CLIENT = "/api/client/v2.0";
  static final String APP = "shop-abcde";
  static final String EMAIL = "bob@example";
  static final String PASSWORD = "Pa55w0rd!";
  static final String KEY = "a_key_that_two_systems_know_alone";

  private final MongoServer mongo = new MongoServer(new MemoryBackend());
  /// What the metrics were told: status and app of each request.
  final Queue<String> answered = new ConcurrentLinkedQueue<>();

  final Identity identity = join(openIdentity());
  private volatile Duration later = Duration.ZERO;

  @Override
  Future<Gateway> startGateway() {
    return Gateway.start(
        vertx,
        settings(0),
        catalog,
        invoker,
        () -> identity.accounts(),
        null,
        () -> ready,
        (app, status, _) -> answered.add(status + " of " + app));
  }

  private Future<Identity> openIdentity() {
    InstantSource clock = () -> Clock.systemUTC().instant().plus(later);
    return Identity.open(
        vertx,
        mongo.bindAndGetConnectionString(),
        new Identity.Surroundings(
            catalog,
            invoker,
            _ -> Future.succeededFuture(),
            (_, _) -> Future.succeededFuture(new BsonDocument("points", new BsonInt32(7))),
            IdentitySettings.defaults().withHashCost(64, 1, 1),
            _ -> true,
            clock));
  }

  @AfterEach
  void closeIdentity() {
    join(identity.close());
    mongo.shutdownNow();
  }

  /// Lets that much time pass.
  void pass(Duration time) {
    later = later.plus(time);
  }

  /// An app with every provider that needs no other company, and the endpoint `/door`.
  static TestApps shop(String id, boolean disabled, RunAs door) {
    return users(id, disabled)
        .with(TestApps.endpoint(HttpMethod.ANY, "/door", "open"), door)
        .callable("sum", new RunAs.Caller(), false)
        .callable("hidden", new RunAs.Caller(), true);
  }

  /// An app with these providers and nothing else.
  static TestApps users(String id, boolean disabled) {
    return TestApps.app(id)
        .provider(disabled, new AuthProvider.Anonymous())
        .provider(disabled, new AuthProvider.ApiKey())
        .provider(
            disabled, new AuthProvider.EmailPassword(true, null, null, null, null, null, null))
        .provider(
            disabled,
            new AuthProvider.CustomToken(
                List.of(), false, SigningAlgorithm.HS256, null, List.of("key")))
        .secret("key", KEY);
  }

  /// What a client holds after it signed in.
  record Tokens(String access, String refresh, String userId) {}

  Tokens signUp(String app, String email) {
    JsonObject body = JsonObject.of("email", email, "password", PASSWORD);
    HttpResponse<String> registered =
        post(CLIENT + "/app/" + app + "/auth/providers/local-userpass/register", body, null);
    if (registered.statusCode() != 201) {
      throw new AssertionError(registered.body());
    }
    return logIn(app, "local-userpass", JsonObject.of("username", email, "password", PASSWORD));
  }

  Tokens logIn(String app, String provider, JsonObject payload) {
    HttpResponse<String> answer =
        post(CLIENT + "/app/" + app + "/auth/providers/" + provider + "/login", payload, null);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    JsonObject body = new JsonObject(answer.body());
    return new Tokens(
        body.getString("access_token"), body.getString("refresh_token"), body.getString("user_id"));
  }

  String apiKeyOf(Tokens tokens, String name) {
    HttpResponse<String> made =
        post(CLIENT + "/auth/api_keys", JsonObject.of("name", name), tokens.refresh());
    return new JsonObject(made.body()).getString("key");
  }

  HttpResponse<String> post(String path, JsonObject body, @Nullable String token) {
    return send(with(request(path).POST(text(body.encode())), token));
  }

  HttpResponse<String> ask(String method, String path, @Nullable String token) {
    return send(with(request(path).method(method, HttpRequest.BodyPublishers.noBody()), token));
  }

  private static HttpRequest.Builder with(HttpRequest.Builder request, @Nullable String token) {
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  static String errorCode(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("error_code");
  }

  static <T> T granted(Future<Answer<T>> answer) {
    return switch (join(answer)) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Denied<T> denied -> throw new AssertionError(denied);
    };
  }

  /// A token as another system would sign it for one of its users.
  static String externalToken(String audience, String subject) {
    return signed(
        JsonObject.of("alg", "HS256", "typ", "JWT"),
        JsonObject.of(
            "aud",
            new JsonArray().add(audience),
            "sub",
            subject,
            "exp",
            Instant.now().plusSeconds(600).getEpochSecond()),
        KEY);
  }

  static String signed(JsonObject header, JsonObject claims, String key) {
    String text = base64(header) + "." + base64(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return text
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(JsonObject json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.toBuffer().getBytes());
  }

  static JsonObject part(String token, int index) {
    return new JsonObject(
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8));
  }
}
