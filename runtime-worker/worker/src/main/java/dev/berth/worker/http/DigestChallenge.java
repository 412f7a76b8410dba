package dev.berth.worker.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a server wants to see before it answers, after RFC 7616.
///
/// @param parameters of the challenge, by name in lower case
record DigestChallenge(Map<String, String> parameters) {

  private static final Pattern PARAMETER =
      Pattern.compile("(?<name>[A-Za-z-]+)\\s*=\\s*(?:\"(?<quoted>[^\"]*)\"|(?<bare>[^\\s,\"]+))");

  private static final SecureRandom RANDOM = new SecureRandom();

  DigestChallenge {
    parameters = Map.copyOf(parameters);
  }

  /// The first challenge that can be answered, or `null`.
  ///
  /// @param headers values of `WWW-Authenticate`
  static @Nullable DigestChallenge in(List<String> headers) {
    return headers.stream()
        .filter(header -> header.regionMatches(true, 0, "Digest ", 0, 7))
        .map(header -> parse(header.substring(7)))
        .filter(DigestChallenge::canBeAnswered)
        .findFirst()
        .orElse(null);
  }

  private static DigestChallenge parse(String header) {
    Map<String, String> parameters = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(header);
    while (parameter.find()) {
      String quoted = parameter.group("quoted");
      parameters.putIfAbsent(
          parameter.group("name").toLowerCase(Locale.ROOT),
          quoted == null ? parameter.group("bare") : quoted);
    }
    return new DigestChallenge(parameters);
  }

  private boolean canBeAnswered() {
    return parameters.containsKey("realm")
        && parameters.containsKey("nonce")
        && hash() != null
        && (qop() == null || hasAuth());
  }

  /// The value of the `Authorization` header.
  String answer(Credentials credentials, String method, String uri) {
    byte[] chance = new byte[16];
    RANDOM.nextBytes(chance);
    return answer(credentials, method, uri, HexFormat.of().formatHex(chance));
  }

  String answer(Credentials credentials, String method, String uri, String clientNonce) {
    String realm = parameter("realm");
    String nonce = parameter("nonce");
    String who = hashed(credentials.username() + ":" + realm + ":" + credentials.password());
    if (algorithm().endsWith("-SESS")) {
      who = hashed(who + ":" + nonce + ":" + clientNonce);
    }
    String what = hashed(method + ":" + uri);
    boolean counts = qop() != null;
    String proof =
        counts
            ? hashed(who + ":" + nonce + ":00000001:" + clientNonce + ":auth:" + what)
            : hashed(who + ":" + nonce + ":" + what);
    StringBuilder out = new StringBuilder("Digest ");
    append(out, "username", credentials.username());
    append(out, "realm", realm);
    append(out, "nonce", nonce);
    append(out, "uri", uri);
    append(out, "response", proof);
    if (parameters.containsKey("opaque")) {
      append(out, "opaque", parameter("opaque"));
    }
    if (parameters.containsKey("algorithm")) {
      out.append("algorithm=").append(parameter("algorithm")).append(", ");
    }
    if (counts) {
      out.append("qop=auth, nc=00000001, ");
    }
    append(out, "cnonce", clientNonce);
    return RequestHeaders.onTheWire("username", out.substring(0, out.length() - 2));
  }

  private static void append(StringBuilder out, String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
    out.append(name).append("=\"").append(escaped).append("\", ");
  }

  private String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  private @Nullable String qop() {
    return parameters.get("qop");
  }

  private boolean hasAuth() {
    return List.of(parameter("qop").toLowerCase(Locale.ROOT).split("[\\s,]+")).contains("auth");
  }

  private String algorithm() {
    return parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
  }

  private @Nullable String hash() {
    return switch (algorithm()) {
      case "MD5", "MD5-SESS" -> "MD5";
      case "SHA-256", "SHA-256-SESS" -> "SHA-256";
      default -> null;
    };
  }

  private String hashed(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(hash()).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5 and SHA-256", e);
    }
  }
}
