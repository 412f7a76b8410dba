package dev.berth.identity.provider;

import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.CustomToken;
import dev.berth.appmodel.AuthProvider.SigningAlgorithm;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.token.WebToken;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `custom-token`: tokens that another system signs, with a key that is a secret of the app or is
/// published by that system.
public final class CustomTokenProvider {

  private static final Logger log = LoggerFactory.getLogger(CustomTokenProvider.class);

  private static final String TYPE = "custom-token";
  private static final int LONGEST_TOKEN = 1_000_000;
  private static final String INVALID = "invalid token";

  private final KeySets keySets;
  private final InstantSource clock;

  public CustomTokenProvider(KeySets keySets, InstantSource clock) {
    this.keySets = keySets;
    this.clock = clock;
  }

  Future<Answer<Proof>> verify(DeployedApp app, AuthProvider provider, String text) {
    if (!(provider.settings() instanceof CustomToken settings)) {
      throw new IllegalStateException("a provider of type " + TYPE + " has its settings");
    }
    Optional<WebToken> token = WebToken.read(text, LONGEST_TOKEN);
    if (token.isEmpty()) {
      return Future.succeededFuture(Answer.denied(Code.AUTH_ERROR, INVALID));
    }
    return signed(app, settings, token.get())
        .map(
            signed ->
                signed
                    ? believed(app, provider, settings, token.get())
                    : Answer.denied(Code.AUTH_ERROR, INVALID));
  }

  private Future<Boolean> signed(DeployedApp app, CustomToken settings, WebToken token) {
    String keySet = settings.keySetUri();
    if (keySet == null) {
      return Future.succeededFuture(
          keys(app, settings).stream().anyMatch(key -> key.signed(token)));
    }
    String keyId = token.keyId();
    return keyId == null || !token.isSignedBy("RS256")
        ? Future.succeededFuture(false)
        : keySets.find(keySet, keyId).map(key -> key.filter(k -> k.signed(token)).isPresent());
  }

  private static List<VerifyingKey> keys(DeployedApp app, CustomToken settings) {
    SigningAlgorithm algorithm = settings.signingAlgorithm();
    List<VerifyingKey> keys = new ArrayList<>();
    for (String name : settings.signingKeySecrets()) {
      String secret = app.secrets().find(name);
      Optional<VerifyingKey> key =
          algorithm == null || secret == null
              ? Optional.empty()
              : VerifyingKey.of(algorithm, secret);
      if (key.isEmpty()) {
        log.atWarn()
            .addKeyValue("appId", app.id())
            .addKeyValue("secret", name)
            .addKeyValue("algorithm", algorithm)
            .log("a secret is no key for custom tokens");
      }
      key.ifPresent(keys::add);
    }
    return keys;
  }

  private Answer<Proof> believed(
      DeployedApp app, AuthProvider provider, CustomToken settings, WebToken token) {
    TokenClaims claims = TokenClaims.of(token);
    String problem = claims.problem(app.id(), settings, clock.instant());
    String subject = claims.subject();
    if (problem != null || subject == null) {
      return denied(problem);
    }
    return TokenMetadata.read(provider.metadata(), token.claims())
        .map(
            data ->
                new Proof.OfIdentity(
                    Providers.identity(app.id(), TYPE, subject, data), claims.expiresAt(), false));
  }

  private static Answer<Proof> denied(@Nullable String problem) {
    return Answer.denied(Code.AUTH_ERROR, problem == null ? INVALID : problem);
  }
}
