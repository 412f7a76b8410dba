package dev.berth.gateway.authentication;

import dev.berth.identity.AppUser;
import dev.berth.invocation.Caller;

/// What invocations carry of a user.
public final class SignedInUsers {

  private SignedInUsers() {}

  public static Caller.SignedIn of(AppUser user) {
    return new Caller.SignedIn(
        user.id(),
        user.type().wireName(),
        user.data(),
        user.customData(),
        user.identities().stream()
            .map(identity -> new Caller.Identity(identity.id(), identity.providerType()))
            .toList());
  }
}
