package dev.berth.controlplane.admin.gate;

import dev.berth.controlplane.admin.http.AdminRequest;
import dev.berth.controlplane.session.AdminSession;
import dev.berth.controlplane.tenant.Administrators;
import dev.berth.controlplane.tenant.Administrators.DigestSecret;
import dev.berth.controlplane.tenant.DigestHash;
import dev.berth.identity.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HTTP digest authentication by programmatic keys, as clients of the Atlas API do it: each
/// request is challenged anew. Blocks.
///
/// A nonce says when it was made and proves by a hash that it was made here.
public final class DigestAuthentication {

  private static final Duration NONCE_LIFE = Duration.ofMinutes(1);
  private static final Pattern PARAMETER =
      Pattern.compile("([a-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]+))");
  private static final String SCHEME = "Digest ";

  private final Administrators administrators;
  private final LocalAccess local;
  private final InstantSource clock;
  private final String secret = Ids.secret(40);

  public DigestAuthentication(
      Administrators administrators, LocalAccess local, InstantSource clock) {
    this.administrators = administrators;
    this.local = local;
    this.clock = clock;
  }

  /// Who sends a request.
  ///
  /// @throws ChallengeException when nobody has proved it yet
  AdminSession authenticate(AdminRequest request) {
    Optional<AdminSession> developer = local.session(request);
    String header = request.header("Authorization");
    return developer
        .or(() -> header == null ? Optional.empty() : verified(request, header))
        .orElseThrow(() -> new ChallengeException(challenge()));
  }

  /// In the exact form that clients can read: they split it at a comma with a space.
  private String challenge() {
    return "Digest realm=\"%s\", domain=\"\", nonce=\"%s\", algorithm=MD5, qop=\"auth\", stale=false"
        .formatted(Administrators.DIGEST_REALM, nonce(clock.millis()));
  }

  private String nonce(long millis) {
    return millis + "." + Ids.sha256(millis + "/" + secret);
  }

  private Optional<AdminSession> verified(AdminRequest request, String header) {
    if (!header.startsWith(SCHEME)) {
      return Optional.empty();
    }
    Map<String, String> parameters = parameters(header.substring(SCHEME.length()));
    String nonce = parameters.getOrDefault("nonce", "");
    if (!isFresh(nonce)
        || !Administrators.DIGEST_REALM.equals(parameters.get("realm"))
        || !request.uri().equals(parameters.get("uri"))) {
      return Optional.empty();
    }
    return administrators
        .digestSecret(parameters.getOrDefault("username", ""))
        .filter(
            found ->
                Ids.sameHash(
                    response(request, parameters, nonce, found),
                    parameters.getOrDefault("response", "")))
        .map(found -> new AdminSession("digest", found.administrator()));
  }

  private static String response(
      AdminRequest request, Map<String, String> parameters, String nonce, DigestSecret secret) {
    String ha2 = DigestHash.of(request.method().name() + ":" + request.uri());
    String qop = parameters.get("qop");
    return qop == null
        ? DigestHash.of(secret.ha1() + ":" + nonce + ":" + ha2)
        : DigestHash.of(
            String.join(
                ":",
                secret.ha1(),
                nonce,
                parameters.getOrDefault("nc", ""),
                parameters.getOrDefault("cnonce", ""),
                qop,
                ha2));
  }

  private boolean isFresh(String nonce) {
    int dot = nonce.indexOf('.');
    if (dot < 1 || dot > 15 || !nonce.substring(0, dot).chars().allMatch(Character::isDigit)) {
      return false;
    }
    long made = Long.parseLong(nonce.substring(0, dot));
    long age = clock.millis() - made;
    return age >= 0 && age <= NONCE_LIFE.toMillis() && Ids.sameHash(nonce(made), nonce);
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      parameters.put(matcher.group(1), quoted == null ? matcher.group(3) : quoted);
    }
    return parameters;
  }
}
