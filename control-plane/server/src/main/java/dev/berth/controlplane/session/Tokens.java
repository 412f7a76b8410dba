package dev.berth.controlplane.session;

/// What signing in yields: both are secrets.
public record Tokens(String access, String refresh, AdminSession session) {

  @Override
  public String toString() {
    return "Tokens[session=" + session.id() + "]";
  }
}
