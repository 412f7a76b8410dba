package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A signed-in user of an app that is measured, by the client API.
public final class AppUser {

  private static final Pattern ENDPOINTS = Pattern.compile("/app/([^/]+)/endpoint");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String app;
  private String accessToken = "";
  private String refreshToken = "";

  private AppUser(URI url) {
    base = url.resolve("/api/client/v2.0/");
    Matcher path = ENDPOINTS.matcher(url.getPath());
    if (!path.find()) {
      throw new IllegalStateException("no endpoint: " + url);
    }
    app = path.group(1);
  }

  /// Registers a user of the app, which has local-userpass and api-key, and signs in.
  ///
  /// @param url of any of its endpoints
  public static AppUser signedIn(String url) throws IOException, InterruptedException {
    AppUser user = new AppUser(URI.create(url));
    user.signIn();
    return user;
  }

  /// The path below which the routes of the same app are.
  static String endpoints(String url) {
    Matcher path = ENDPOINTS.matcher(url);
    if (!path.find()) {
      throw new IllegalStateException("no endpoint: " + url);
    }
    return path.group();
  }

  private void signIn() throws IOException, InterruptedException {
    String provider = "app/" + app + "/auth/providers/local-userpass/";
    post(provider + "register", "", "{\"email\":\"a@example\",\"password\":\"Pa55w0rd!\"}");
    String answer =
        post(provider + "login", "", "{\"username\":\"a@example\",\"password\":\"Pa55w0rd!\"}");
    accessToken = field(answer, "access_token");
    refreshToken = field(answer, "refresh_token");
  }

  /// A new key of this user.
  public String apiKey() throws IOException, InterruptedException {
    return field(post("auth/api_keys", refreshToken, "{\"name\":\"benchmark\"}"), "key");
  }

  String accessToken() {
    return accessToken;
  }

  private String post(String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(path + " was answered " + response.statusCode());
    }
    return response.body();
  }

  private static String field(String json, String name) {
    Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    if (!field.find()) {
      throw new IllegalStateException("no " + name + " in the answer");
    }
    return field.group(1);
  }
}
