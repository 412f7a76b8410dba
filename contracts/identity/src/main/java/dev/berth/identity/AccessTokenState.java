package dev.berth.identity;

import java.time.Instant;

/// What an access token is worth to the app that it was shown to.
public sealed interface AccessTokenState {

  /// It speaks for a session.
  ///
  /// @param issuedAt to the second
  /// @param expiresAt to the second
  record Alive(Session session, Instant issuedAt, Instant expiresAt) implements AccessTokenState {}

  /// It did, and its time is over.
  record Expired() implements AccessTokenState {}

  /// It is none, or of another app, or its user is gone, disabled or signed out.
  record Dead() implements AccessTokenState {}
}
