package dev.berth.identity.mail;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;

/// Hands mail to an SMTP server.
public final class SmtpMailer implements Mailer {

  private static final int MOST_CONNECTIONS = 4;

  private final MailClient client;
  private final String from;

  private SmtpMailer(MailClient client, String from) {
    this.client = client;
    this.from = from;
  }

  /// Connects with the first mail, not before.
  public static SmtpMailer to(Vertx vertx, MailSettings settings) {
    MailConfig config =
        new MailConfig(settings.host(), settings.port())
            .setMaxPoolSize(MOST_CONNECTIONS)
            .setSsl(settings.tls() == MailSettings.Tls.IMPLICIT)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setStarttls(
                settings.tls() == MailSettings.Tls.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED);
    if (settings.user() == null) {
      config.setLogin(LoginOption.DISABLED);
    } else {
      config
          .setLogin(LoginOption.REQUIRED)
          .setUsername(settings.user())
          .setPassword(settings.password());
    }
    return new SmtpMailer(MailClient.create(vertx, config), settings.from());
  }

  @Override
  public Future<Void> send(LinkMail mail) {
    MailMessage message =
        new MailMessage()
            .setFrom(from)
            .setTo(mail.to())
            .setSubject(mail.subject())
            .setText(mail.text());
    return client.sendMail(message).mapEmpty();
  }

  /// Lets the connections go.
  public Future<Void> close() {
    return client.close();
  }
}
