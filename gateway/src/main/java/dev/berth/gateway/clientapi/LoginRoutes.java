package dev.berth.gateway.clientapi;

import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.gateway.serving.RequestMetrics.SignIn;
import dev.berth.identity.Accounts;
import dev.berth.identity.Answer;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial;
import dev.berth.identity.Device;
import dev.berth.identity.LogIn;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Signing in, and adding one more way to sign in to a user.
final class LoginRoutes {

  private static final String LOGIN = "/app/{app}/auth/providers/{provider}/login";
  private static final String OAUTH = "oauth2-";
  private static final String OPTIONS = "options";

  private final Supplier<Accounts> accounts;
  private final RequestMetrics metrics;

  LoginRoutes(Supplier<Accounts> accounts, RequestMetrics metrics) {
    this.accounts = accounts;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, LOGIN, Route.Token.NONE, this::logIn),
        Route.of(HttpMethod.POST, LOGIN, Route.Token.ACCESS, this::link).forLinking(),
        Route.of(HttpMethod.GET, LOGIN, Route.Token.NONE, this::redirect));
  }

  private Future<ClientAnswer> logIn(ClientCall call) throws MalformedBodyException {
    Credential credential = credential(call);
    long begin = System.nanoTime();
    return credential == null
        ? unsupported(call)
        : accounts
            .get()
            .logIn(call.app(), credential, device(call), call.request().remoteIpAddress())
            .onSuccess(answer -> metrics.loginEnded(attempt(call, answer, begin)))
            .map(LoginRoutes::answer);
  }

  private static SignIn attempt(ClientCall call, Answer<LogIn> answer, long beginNanos) {
    return new SignIn(
        call.app().id(),
        call.id(),
        call.parameter("provider"),
        call.request().remoteIpAddress(),
        answer instanceof Answer.Granted<LogIn>(LogIn granted) ? granted.user().id() : null,
        answer instanceof Answer.Denied<LogIn>(Denial denial) ? denial : null,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos));
  }

  private Future<ClientAnswer> link(ClientCall call) throws MalformedBodyException {
    Credential credential = credential(call);
    return credential == null
        ? unsupported(call)
        : accounts
            .get()
            .link(
                call.app(),
                call.session(),
                credential,
                device(call),
                call.request().remoteIpAddress())
            .map(LoginRoutes::withoutDeadSession)
            .map(LoginRoutes::answer);
  }

  /// The way through a browser, which exists for the OAuth providers alone.
  private Future<ClientAnswer> redirect(ClientCall call) throws MalformedBodyException {
    return call.parameter("provider").startsWith(OAUTH) ? logIn(call) : unsupported(call);
  }

  /// The token of whoever links was just verified. A client that is told that its session is dead
  /// gets a new token and asks again, without end.
  private static Answer<LogIn> withoutDeadSession(Answer<LogIn> answer) {
    return switch (answer) {
      case Answer.Denied<LogIn>(Denial denial) when denial.code() == Denial.Code.INVALID_SESSION ->
          Answer.denied(Denial.Code.AUTH_ERROR, denial.message());
      case Answer.Denied<LogIn> denied -> denied;
      case Answer.Granted<LogIn> granted -> granted;
    };
  }

  private static ClientAnswer answer(Answer<LogIn> answer) {
    return ClientAnswer.of(
        answer,
        logIn ->
            new ClientAnswer.Json(
                200,
                new BsonDocument("access_token", new BsonString(logIn.accessToken()))
                    .append("refresh_token", new BsonString(logIn.refreshToken()))
                    .append("user_id", new BsonString(logIn.user().id()))
                    .append("device_id", new BsonString(logIn.deviceId()))));
  }

  private static Future<ClientAnswer> unsupported(ClientCall call) {
    Denial denial =
        new Denial(
            Denial.Code.AUTH_PROVIDER_NOT_FOUND,
            "authentication via '" + call.parameter("provider") + "' is unsupported");
    return Future.succeededFuture(new ClientAnswer.Refused(ClientAnswer.fault(denial)));
  }

  private static @Nullable Credential credential(ClientCall call) throws MalformedBodyException {
    String provider = call.parameter("provider");
    return switch (provider) {
      case "anon-user" -> new Credential.Anonymous();
      case "local-userpass" ->
          new Credential.EmailPassword(call.text("username"), call.text("password"));
      case "api-key" -> new Credential.ApiKey(call.text("key"));
      case "custom-token" -> new Credential.CustomToken(call.text("token"));
      case "custom-function" -> {
        BsonDocument payload = call.body().clone();
        payload.remove(OPTIONS);
        yield new Credential.CustomFunction(payload);
      }
      case "oauth2-google", "oauth2-facebook", "oauth2-apple" -> new Credential.OAuth(provider);
      default -> null;
    };
  }

  /// Whatever a client says of its device is taken, and nothing is required.
  private static Device device(ClientCall call) {
    BsonDocument facts = document(document(call.body(), OPTIONS), "device").clone();
    BsonValue id = facts.remove("deviceId");
    if (id != null && id.isObjectId()) {
      return new Device(id.asObjectId().getValue().toHexString(), facts);
    }
    return new Device(id != null && id.isString() ? id.asString().getValue() : null, facts);
  }

  private static BsonDocument document(BsonDocument in, String name) {
    BsonValue value = in.get(name);
    return value != null && value.isDocument() ? value.asDocument() : new BsonDocument();
  }
}
