package dev.berth.controlplane.admin.security;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.TermChanges;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.identity.IdentitySettings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long users of an app stay signed in, as its administrators keep it. A change counts for the
/// sessions that begin after the answer.
public final class RefreshTokenRoutes {

  private static final String EXPIRATION = "/security/refresh_token_expiration";
  private static final String SECONDS = "expiration_time_seconds";

  private final AppRegistry apps;
  private final TermChanges termChanges;
  private final IdentitySettings usual;

  /// @param usual what counts for apps of which nothing is said
  public RefreshTokenRoutes(AppRegistry apps, TermChanges termChanges, IdentitySettings usual) {
    this.apps = apps;
    this.termChanges = termChanges;
    this.usual = usual;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, EXPIRATION, Access.READ, this::expiration),
        Route.ofApp(HttpMethod.PUT, EXPIRATION, Access.EDIT, this::setExpiration));
  }

  private AdminAnswer expiration(AdminCall call) {
    Duration own = call.ownApp().refreshTokenLife();
    Duration life = own == null ? usual.refreshTokenLife() : own;
    return AdminAnswer.json(200, new JsonObject().put(SECONDS, life.toSeconds()));
  }

  private AdminAnswer setExpiration(AdminCall call) {
    Duration life = asked(call.json().getValue(SECONDS));
    termChanges.make(call.ownApp(), () -> apps.setRefreshTokenLife(call.appId(), life));
    return AdminAnswer.noContent();
  }

  private Duration asked(@Nullable Object value) {
    if (!(value instanceof Number number) || number.doubleValue() != number.longValue()) {
      throw Refusal.invalid("\"" + SECONDS + "\" must be a whole number");
    }
    try {
      return usual.withRefreshTokenLife(Duration.ofSeconds(number.longValue())).refreshTokenLife();
    } catch (IllegalArgumentException outOfRange) {
      throw Refusal.invalid("\"" + SECONDS + "\" must be from 1800 to 157680000");
    }
  }
}
