package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Admin API as one person uses it. An access token that has expired is renewed on the way.
/// For one thread; every method blocks. What goes wrong is a [CommandFailure].
final class AdminApi implements AutoCloseable {

  private static final String ROOT = "/api/admin/v3.0";
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int UNAUTHORIZED = 401;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final Consumer<Profile> keep;
  private Profile profile;

  /// @param keep gets the profile whenever its tokens have changed
  AdminApi(Profile profile, Consumer<Profile> keep) {
    this.profile = profile;
    this.keep = keep;
  }

  /// What came back.
  static final class Answer {

    private final int status;
    private final byte[] body;
    private final @Nullable String fileName;

    private Answer(int status, byte[] body, @Nullable String fileName) {
      this.status = status;
      this.body = body;
      this.fileName = fileName;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body.clone();
    }

    /// What the body is to be called; `null` when the server says nothing of it.
    @Nullable String fileName() {
      return fileName;
    }

    boolean isSuccess() {
      return status / 100 == 2;
    }

    Json json() {
      String text = new String(body, StandardCharsets.UTF_8);
      try {
        return text.isEmpty() ? Fields.none() : Json.of(LocatedJson.parse("answer", text));
      } catch (EjsonParseException malformed) {
        throw new CommandFailure("the answer is not JSON; is this the address of a Berth?");
      }
    }
  }

  Profile profile() {
    return profile;
  }

  Json get(String path) {
    return checked(send("GET", path, null, "")).json();
  }

  Answer download(String path) {
    return checked(send("GET", path, null, ""));
  }

  Json post(String path, @Nullable Json body) {
    return withJson("POST", path, body);
  }

  Json put(String path, @Nullable Json body) {
    return withJson("PUT", path, body);
  }

  Json patch(String path, @Nullable Json body) {
    return withJson("PATCH", path, body);
  }

  void delete(String path) {
    checked(send("DELETE", path, null, ""));
  }

  private Json withJson(String method, String path, @Nullable Json body) {
    byte[] bytes = body == null ? null : JsonWriter.compact(body).getBytes(StandardCharsets.UTF_8);
    return checked(send(method, path, bytes, "application/json")).json();
  }

  /// Sends a request whose failure may be expected.
  ///
  /// @param path below the root of the API, with its query
  /// @param body `null` for none
  Answer send(String method, String path, byte @Nullable [] body, String contentType) {
    Answer answer = exchange(method, path, body, contentType, profile.accessToken());
    boolean isExpired =
        !answer.isSuccess() && "InvalidSession".equals(errorOf(answer).text("error_code"));
    String refresh = profile.refreshToken();
    return isExpired && refresh != null && renew(refresh)
        ? exchange(method, path, body, contentType, profile.accessToken())
        : answer;
  }

  private boolean renew(String refreshToken) {
    Answer answer = exchange("POST", "/auth/session", null, "", refreshToken);
    String token =
        answer.isSuccess() && answer.json() instanceof Fields fields
            ? fields.text("access_token")
            : null;
    if (token == null) {
      throw new CommandFailure("your session is over; log in with 'berth login'");
    }
    profile = profile.withAccess(token);
    keep.accept(profile);
    return true;
  }

  private Answer exchange(
      String method,
      String path,
      byte @Nullable [] body,
      String contentType,
      @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + ROOT + path))
            .timeout(LONGEST)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.header("Content-Type", contentType);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.body(), fileName(response));
    } catch (IOException broken) {
      throw new CommandFailure(
          "nothing answers at "
              + profile.url()
              + "; start Berth there, or name another address with --url");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private String base() {
    String url = profile.url().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static @Nullable String fileName(HttpResponse<byte[]> response) {
    String disposition = response.headers().firstValue("Content-Disposition").orElse("");
    int start = disposition.indexOf("filename=\"");
    int end = start < 0 ? -1 : disposition.indexOf('"', start + "filename=\"".length());
    return end < 0 ? null : disposition.substring(start + "filename=\"".length(), end);
  }

  private Answer checked(Answer answer) {
    if (answer.isSuccess()) {
      return answer;
    }
    if (answer.status() == UNAUTHORIZED && profile.accessToken() == null) {
      throw new CommandFailure("nobody is logged in at " + profile.url() + "; use 'berth login'");
    }
    throw new CommandFailure(messageOf(answer));
  }

  /// What an answer says that is no success, in one text.
  static String messageOf(Answer answer) {
    String message = errorOf(answer).text("error");
    if (message != null && !message.isEmpty()) {
      return message;
    }
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    return text.isEmpty() || text.startsWith("<") || text.startsWith("{")
        ? "the server answered with status " + answer.status()
        : text.lines().findFirst().orElse("");
  }

  private static Fields errorOf(Answer answer) {
    try {
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      return Json.of(LocatedJson.parse("answer", text)) instanceof Fields fields
          ? fields
          : Fields.none();
    } catch (EjsonParseException notJson) {
      return Fields.none();
    }
  }

  /// The objects of an array.
  static List<Fields> objects(Json json) {
    return Fields.of("all", json).objects("all");
  }

  /// A text as a part of a path or a query.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    client.close();
  }
}
