package dev.berth.gateway.reply;

import dev.berth.invocation.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What browsers of other origins may do with endpoints.
public final class CrossOrigin {

  public static final Header ANYONE = new Header("Access-Control-Allow-Origin", "*");
  static final String HEADER_PREFIX = "Access-Control-";

  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, HEAD";
  private static final List<String> ALWAYS_ALLOWED =
      List.of("Authorization", "Content-Type", "Accept");
  private static final int MAX_REQUESTED_HEADERS = 64;

  private CrossOrigin() {}

  /// Answers a preflight. Asked-for headers are granted, except those that carry credentials:
  /// browsers are to send a bearer token, never a password or a key.
  ///
  /// @param requestedHeaders the value of `Access-Control-Request-Headers`
  /// @param credentialHeaders the names that are never granted
  public static Reply preflight(@Nullable String requestedHeaders, List<String> credentialHeaders) {
    List<String> granted = new ArrayList<>(ALWAYS_ALLOWED);
    if (requestedHeaders != null) {
      Set<String> withheld =
          Set.copyOf(credentialHeaders.stream().map(CrossOrigin::lower).toList());
      for (String name : requestedHeaders.split(",", MAX_REQUESTED_HEADERS)) {
        String trimmed = name.strip();
        if (FunctionHeaders.isName(trimmed) && !withheld.contains(lower(trimmed))) {
          granted.add(trimmed);
        }
      }
    }
    return new Reply(
        204,
        List.of(
            ANYONE,
            new Header("Access-Control-Allow-Methods", METHODS),
            new Header("Access-Control-Allow-Headers", String.join(", ", granted)),
            new Header("Access-Control-Max-Age", "600")),
        null);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
