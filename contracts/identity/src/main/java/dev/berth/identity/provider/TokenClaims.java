package dev.berth.identity.provider;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AuthProvider.CustomToken;
import dev.berth.identity.token.WebToken;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The registered claims of a token of another system, whose signature is right.
///
/// @param wrong whether a claim has a value that cannot be understood
record TokenClaims(
    @Nullable String subject,
    List<String> audience,
    @Nullable Instant expiresAt,
    @Nullable Instant notBefore,
    @Nullable Instant issuedAt,
    boolean wrong) {

  /// How far the clock of the other system may be ahead of ours.
  private static final Duration AHEAD = Duration.ofSeconds(60);

  private static final int LONGEST_SUBJECT = 1024;

  TokenClaims {
    audience = List.copyOf(audience);
  }

  static TokenClaims of(WebToken token) {
    Object audience = token.claims().getValue("aud");
    return new TokenClaims(
        token.text("sub"),
        audience(audience),
        moment(token, "exp"),
        moment(token, "nbf"),
        moment(token, "iat"),
        isNoMoment(token, "nbf") || isNoMoment(token, "iat"));
  }

  private static List<String> audience(@Nullable Object claim) {
    return switch (claim) {
      case String one -> List.of(one);
      case JsonArray several ->
          several.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }

  private static @Nullable Instant moment(WebToken token, String claim) {
    Number seconds = token.number(claim);
    if (seconds == null) {
      return null;
    }
    // Beyond what a moment can be, the nearest one says the same.
    long bounded =
        Math.clamp(seconds.longValue(), Instant.EPOCH.getEpochSecond(), 253_402_300_799L);
    return Instant.ofEpochSecond(bounded);
  }

  private static boolean isNoMoment(WebToken token, String claim) {
    return token.claims().getValue(claim) != null && token.number(claim) == null;
  }

  /// Why the token is not good enough; `null` when it is.
  @Nullable String problem(AppId appId, CustomToken settings, Instant now) {
    if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
      return "the token has no usable 'sub'";
    }
    if (expiresAt == null) {
      return "the token has no 'exp'";
    }
    if (!expiresAt.isAfter(now)) {
      return "the token is expired";
    }
    if (wrong || isLater(notBefore, now) || isLater(issuedAt, now)) {
      return "the token is not valid yet";
    }
    return isMeant(appId, settings) ? null : "the token is for another audience";
  }

  private static boolean isLater(@Nullable Instant moment, Instant now) {
    return moment != null && moment.isAfter(now.plus(AHEAD));
  }

  private boolean isMeant(AppId appId, CustomToken settings) {
    List<String> wanted =
        settings.audience().stream()
            .flatMap(text -> Stream.of(text.split(",")))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (wanted.isEmpty()) {
      return audience.contains(appId.value());
    }
    return settings.requireAnyAudience()
        ? wanted.stream().anyMatch(audience::contains)
        : audience.containsAll(wanted);
  }
}
