package dev.berth.worker.http;

import dev.berth.invocation.Header;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one request of app code leads to: a login, a challenge, redirects, one exchange after the
/// other.
final class Fetch {

  private final OutboundRequest request;
  private final Exchange exchange;
  private final OpenSockets.Socket socket;
  private final int mostRedirects;
  private final CookieJar cookies = new CookieJar();

  Fetch(OutboundRequest request, Exchange exchange, OpenSockets.Socket socket, int mostRedirects) {
    this.request = request;
    this.exchange = exchange;
    this.socket = socket;
    this.mostRedirects = mostRedirects;
  }

  /// One exchange of several.
  ///
  /// @param answer to a challenge, for the `Authorization` header
  private record Step(
      HttpMethod method,
      Target target,
      @Nullable Buffer body,
      @Nullable String answer,
      int redirects) {

    Step answering(String challengeAnswer) {
      return new Step(method, target, body, challengeAnswer, redirects);
    }

    Step redirected(Target next, int status) {
      boolean keeps = status == 307 || status == 308;
      boolean getsNext = !keeps && !method.equals(HttpMethod.HEAD);
      return new Step(
          getsNext ? HttpMethod.GET : method, next, keeps ? body : null, null, redirects + 1);
    }
  }

  /// The last response. Fails with [GuestServiceException] for what app code may know.
  Future<Received> run() {
    Step first = new Step(request.method(), request.target(), request.body(), null, 0);
    return login().compose(_ -> send(first));
  }

  private Future<Void> login() {
    Target login = request.login();
    if (login == null) {
      return Future.succeededFuture();
    }
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("User-Agent", "Berth"));
    authorize(headers, login);
    return exchange
        .send(HttpMethod.GET, login, headers, null)
        .map(
            response -> {
              cookies.remember(login, response.all("Set-Cookie"));
              socket.forget();
              return null;
            });
  }

  private Future<Received> send(Step step) {
    return exchange
        .send(step.method(), step.target(), headers(step), step.body())
        .compose(response -> next(step, response));
  }

  private Future<Received> next(Step step, Received response) {
    cookies.remember(step.target(), response.all("Set-Cookie"));
    String location = response.first("Location");
    if (response.status() == 401 && step.answer() == null && isOurs(step)) {
      String answer = answer(step, response);
      if (answer != null) {
        socket.forget();
        return send(step.answering(answer));
      }
    }
    if (!request.followsRedirects() || !isRedirect(response.status()) || location == null) {
      return Future.succeededFuture(response);
    }
    if (step.redirects() == mostRedirects) {
      return Future.failedFuture(HttpErrors.failed("stopped after too many redirects"));
    }
    socket.forget();
    Target target;
    try {
      target = step.target().resolve(location);
    } catch (IllegalArgumentException _) {
      return Future.failedFuture(HttpErrors.failed("a redirect leads to no URL"));
    }
    return send(step.redirected(target, response.status()));
  }

  private @Nullable String answer(Step step, Received response) {
    Credentials credentials = request.target().credentials();
    if (!request.digest() || credentials == null) {
      return null;
    }
    DigestChallenge challenge = DigestChallenge.in(response.all("WWW-Authenticate"));
    return challenge == null
        ? null
        : challenge.answer(credentials, step.method().name(), step.target().uri());
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /// Whether what app code gave for its target may go there too: not when a redirect led to a
  /// different host.
  private boolean isOurs(Step step) {
    return step.target().mayHaveSecretsOf(request.target());
  }

  private List<Header> headers(Step step) {
    boolean isOurs = isOurs(step);
    List<Header> headers = new ArrayList<>();
    for (Header header : request.headers()) {
      boolean describesBody =
          isAbout(header, "Content-Type") || isAbout(header, "Content-Encoding");
      boolean isSecret = isAbout(header, "Authorization") || isAbout(header, "Cookie");
      if ((isOurs || !isSecret)
          && (step.redirects() == 0 || step.body() != null || !describesBody)) {
        headers.add(header);
      }
    }
    String cookie = cookies.header(step.target(), isOurs ? request.cookies() : Map.of());
    if (!cookie.isEmpty()) {
      headers.add(new Header("Cookie", cookie));
    }
    String answer = step.answer();
    if (answer != null) {
      headers.removeIf(header -> isAbout(header, "Authorization"));
      headers.add(new Header("Authorization", answer));
    } else if (isOurs && !request.digest()) {
      authorize(headers, request.target());
    }
    return headers;
  }

  private static boolean isAbout(Header header, String name) {
    return header.name().equalsIgnoreCase(name);
  }

  private static void authorize(List<Header> headers, Target target) {
    Credentials credentials = target.credentials();
    if (credentials != null
        && headers.stream().noneMatch(header -> isAbout(header, "Authorization"))) {
      headers.add(new Header("Authorization", credentials.basic()));
    }
  }
}
