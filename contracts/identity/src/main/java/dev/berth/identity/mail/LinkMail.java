package dev.berth.identity.mail;

import dev.berth.appmodel.AppId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A mail whose point is one link.
///
/// @param link a secret: whoever has it may do what the user may
public record LinkMail(AppId appId, Purpose purpose, String to, String subject, String link) {

  /// What the link is for.
  public enum Purpose {
    CONFIRMATION,
    PASSWORD_RESET
  }

  public LinkMail {
    if (to.chars().anyMatch(Character::isISOControl)
        || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("address and subject of a mail are one line each");
    }
  }

  /// The configured address with the token as two more query parameters.
  public static String link(String url, String token, String tokenId) {
    int fragment = url.indexOf('#');
    String page = fragment < 0 ? url : url.substring(0, fragment);
    String rest = fragment < 0 ? "" : url.substring(fragment);
    String separator = page.indexOf('?') < 0 ? "?" : "&";
    return page
        + separator
        + "token="
        + URLEncoder.encode(token, StandardCharsets.UTF_8)
        + "&tokenId="
        + URLEncoder.encode(tokenId, StandardCharsets.UTF_8)
        + rest;
  }

  /// The text of the mail.
  public String text() {
    String what =
        switch (purpose) {
          case CONFIRMATION -> "Confirm your e-mail address by opening this link:";
          case PASSWORD_RESET -> "Choose a new password by opening this link:";
        };
    return what
        + "\n\n"
        + link
        + "\n\nThe link works once and not for long. If you did not ask for it, do nothing.\n";
  }

  /// Without the link and without whom it is for.
  @Override
  public String toString() {
    return "LinkMail[appId=" + appId + ", purpose=" + purpose + "]";
  }
}
