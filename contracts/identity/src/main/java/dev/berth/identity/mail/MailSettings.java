package dev.berth.identity.mail;

import org.jspecify.annotations.Nullable;

/// The SMTP server that takes mail.
///
/// @param from the sender's address
/// @param user `null` to send without signing in
/// @param password a secret
/// @param tls how the connection is encrypted
public record MailSettings(
    String host, int port, Tls tls, @Nullable String user, @Nullable String password, String from) {

  /// How a connection to a mail server is encrypted.
  public enum Tls {
    /// Not at all; for a server on the same machine.
    NONE,
    /// After it was opened, and not without.
    STARTTLS,
    /// From the first byte.
    IMPLICIT
  }

  public MailSettings {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    if (user != null && password == null) {
      throw new IllegalArgumentException("a user of a mail server needs a password");
    }
  }

  @Override
  public String toString() {
    return "MailSettings[host=" + host + ", port=" + port + ", tls=" + tls + "]";
  }
}
