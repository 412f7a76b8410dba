package dev.berth.identity.store;

import dev.berth.appmodel.AppId;
import java.time.Instant;

/// An e-mail address with a password: what a user may sign in with, not yet a user.
///
/// @param hash of the password
/// @param identityId what the user's identity will be called, or is
/// @param confirmed whether one may sign in with it
public record PasswordAccount(
    String id,
    AppId appId,
    String email,
    String hash,
    String identityId,
    boolean confirmed,
    Instant createdAt) {

  @Override
  public String toString() {
    return "PasswordAccount[id=" + id + ", appId=" + appId + "]";
  }
}
