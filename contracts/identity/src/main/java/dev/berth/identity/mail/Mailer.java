package dev.berth.identity.mail;

import io.vertx.core.Future;

/// Brings mail to users. Safe from any thread; never blocks.
@FunctionalInterface
public interface Mailer {

  /// Sends one mail.
  ///
  /// @return fails when the mail was not taken for delivery
  Future<Void> send(LinkMail mail);
}
