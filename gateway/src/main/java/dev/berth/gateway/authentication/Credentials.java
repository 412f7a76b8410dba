package dev.berth.gateway.authentication;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/// The request headers that name a user of an app.
public final class Credentials {

  /// Headers of the authentication providers; compared without regard to letter case.
  public static final List<String> HEADER_NAMES =
      List.of("email", "password", "apiKey", "api-key", "jwtTokenString");

  private static final String BEARER = "Bearer ";

  private Credentials() {}

  /// Whether a request carries any, valid or not. An `Authorization` of another scheme than
  /// `Bearer` is the app's own business and does not count.
  static boolean areIn(MultiMap headers) {
    String authorization = headers.get(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return true;
    }
    return HEADER_NAMES.stream().anyMatch(headers::contains);
  }
}
