package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a person's commands go, and as whom. Tokens are not in its text form.
///
/// @param url of the Admin API's host
/// @param user the public key or the name that was logged in with; `null` when nobody is
/// @param accessToken `null` when nobody is logged in
/// @param refreshToken `null` when nobody is logged in
record Profile(
    URI url, @Nullable String user, @Nullable String accessToken, @Nullable String refreshToken) {

  /// Where `berth dev` is found.
  static final URI LOCAL = URI.create("http://localhost:8080");

  static Profile anonymous(URI url) {
    return new Profile(url, null, null, null);
  }

  static Profile of(Fields fields) {
    String url = fields.text("url");
    return new Profile(
        url == null ? LOCAL : URI.create(url),
        fields.text("user"),
        fields.text("access_token"),
        fields.text("refresh_token"));
  }

  Fields toJson() {
    return Fields.none()
        .with("url", url.toString())
        .withOrWithout("user", text(user))
        .withOrWithout("access_token", text(accessToken))
        .withOrWithout("refresh_token", text(refreshToken));
  }

  private static @Nullable Json text(@Nullable String text) {
    return text == null ? null : new Json.Text(text);
  }

  Profile withAccess(String token) {
    return new Profile(url, user, token, refreshToken);
  }

  Profile at(URI other) {
    return url.equals(other) ? this : anonymous(other);
  }

  @Override
  public String toString() {
    return "Profile[" + url + ", " + user + "]";
  }
}
