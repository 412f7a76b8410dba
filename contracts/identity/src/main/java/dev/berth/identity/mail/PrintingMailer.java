package dev.berth.identity.mail;

import io.vertx.core.Future;
import java.util.function.Consumer;

/// Shows the links to the developer who runs Berth, instead of sending them.
public final class PrintingMailer implements Mailer {

  private final Consumer<String> terminal;

  /// A mailer that prints.
  ///
  /// @param terminal prints some lines; it must be seen by the developer alone
  public PrintingMailer(Consumer<String> terminal) {
    this.terminal = terminal;
  }

  @Override
  public Future<Void> send(LinkMail mail) {
    String what =
        switch (mail.purpose()) {
          case CONFIRMATION -> "confirmation";
          case PASSWORD_RESET -> "password reset";
        };
    terminal.accept(
        "No mail server is set up; the %s link for %s in %s is:%n%s"
            .formatted(what, mail.to(), mail.appId(), mail.link()));
    return Future.succeededFuture();
  }
}
