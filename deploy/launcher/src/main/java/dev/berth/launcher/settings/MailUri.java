package dev.berth.launcher.settings;

import dev.berth.identity.mail.MailSettings;
import dev.berth.identity.mail.MailSettings.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mail server as the environment names it: `SMTP_URI`, and `SMTP_FROM` for the sender.
public final class MailUri {

  private static final int SUBMISSION_PORT = 587;
  private static final int IMPLICIT_PORT = 465;
  private static final int PLAIN_PORT = 25;

  private static final String SHAPE =
      "SMTP_URI must be like smtps://user:password@mail.example.com:465; smtp+starttls:// encrypts"
          + " after the connection was opened, smtp:// never";

  private MailUri() {}

  /// Reads both.
  ///
  /// @return `null` when there is no mail server
  /// @throws IllegalArgumentException with a message fit for a person, which shows no password
  public static @Nullable MailSettings read(Map<String, String> environment) {
    String text = environment.get("SMTP_URI");
    if (text == null || text.isBlank()) {
      return null;
    }
    String from = environment.get("SMTP_FROM");
    if (from == null || !from.contains("@")) {
      throw new IllegalArgumentException(
          "SMTP_URI needs SMTP_FROM, the address that mail comes from");
    }
    URI uri = uri(text);
    Tls tls = tls(uri);
    String login = uri.getRawUserInfo();
    int colon = login == null ? -1 : login.indexOf(':');
    if (uri.getHost() == null || (login != null && colon < 1)) {
      throw new IllegalArgumentException(SHAPE);
    }
    return new MailSettings(
        uri.getHost(),
        uri.getPort() < 0 ? usualPort(tls) : uri.getPort(),
        tls,
        login == null ? null : decoded(login.substring(0, colon)),
        login == null ? null : decoded(login.substring(colon + 1)),
        from);
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The cause would show the text, and that may hold a password.
      throw new IllegalArgumentException(SHAPE);
    }
  }

  private static Tls tls(URI uri) {
    return switch (uri.getScheme()) {
      case "smtps" -> Tls.IMPLICIT;
      case "smtp+starttls" -> Tls.STARTTLS;
      case "smtp" -> Tls.NONE;
      case null, default -> throw new IllegalArgumentException(SHAPE);
    };
  }

  private static int usualPort(Tls tls) {
    return switch (tls) {
      case IMPLICIT -> IMPLICIT_PORT;
      case STARTTLS -> SUBMISSION_PORT;
      case NONE -> PLAIN_PORT;
    };
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
