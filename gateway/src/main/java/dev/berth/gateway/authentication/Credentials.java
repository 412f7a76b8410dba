package dev.berth.gateway.authentication;

import dev.berth.identity.Credential;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the headers of a request say about its user, not verified yet.
public sealed interface Credentials {

  /// Headers of the authentication providers; compared without regard to letter case.
  List<String> HEADER_NAMES = List.of("email", "password", "apiKey", "api-key", "jwtTokenString");

  String BEARER = "Bearer ";

  None NONE = new None();

  /// Nothing.
  record None() implements Credentials {}

  /// An access token, or what claims to be one; credential headers beside it do not count.
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer[]";
    }
  }

  /// What a provider can verify.
  record OfProvider(Credential credential) implements Credentials {}

  /// Nobody can say which user is meant.
  ///
  /// @param why for the log
  record Unclear(String why) implements Credentials {}

  /// An `Authorization` of another scheme than `Bearer` is the app's own business and does not
  /// count.
  static Credentials in(MultiMap headers) {
    String token = bearer(headers);
    if (token != null) {
      return headers.getAll(HttpHeaders.AUTHORIZATION).size() == 1
          ? new Bearer(token)
          : new Unclear("more than one Authorization header");
    }
    for (String name : HEADER_NAMES) {
      if (headers.contains(name)) {
        return ofProviders(headers);
      }
    }
    return NONE;
  }

  /// The token of the first `Authorization` header; `null` when that is of another scheme.
  static @Nullable String bearer(MultiMap headers) {
    String authorization = headers.get(HttpHeaders.AUTHORIZATION);
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private static Credentials ofProviders(MultiMap headers) {
    for (String name : HEADER_NAMES) {
      if (headers.getAll(name).size() > 1) {
        return new Unclear("the header " + name + " is there more than once");
      }
    }
    TreeSet<String> keys = new TreeSet<>(headers.getAll("apiKey"));
    keys.addAll(headers.getAll("api-key"));
    List<Credential> found = new ArrayList<>();
    keys.forEach(key -> found.add(new Credential.ApiKey(key)));
    String jwt = headers.get("jwtTokenString");
    if (jwt != null) {
      found.add(new Credential.CustomToken(jwt));
    }
    String email = headers.get("email");
    String password = headers.get("password");
    if ((email == null) != (password == null)) {
      return new Unclear("only one of email and password");
    }
    if (email != null && password != null) {
      found.add(new Credential.EmailPassword(email, password));
    }
    return found.size() == 1
        ? new OfProvider(found.getFirst())
        : new Unclear("more than one credential");
  }
}
