package dev.berth.identity;

/// A session that was opened.
///
/// @param accessToken a secret, valid for half an hour
/// @param refreshToken a secret, valid for the whole session
/// @param deviceId 24 hex digits
public record LogIn(AppUser user, String accessToken, String refreshToken, String deviceId) {

  @Override
  public String toString() {
    return "LogIn[user=" + user + ", deviceId=" + deviceId + "]";
  }
}
