package dev.berth.identity;

/// Somebody who has registered an e-mail address and has not confirmed it.
///
/// @param id of the registration
/// @param identityId what the user's identity will be called
public record PendingUser(String id, String email, String identityId) {

  /// Without the address, which is personal.
  @Override
  public String toString() {
    return "PendingUser[id=" + id + "]";
  }
}
