package dev.berth.worker;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that keeps what it gets, with `STARTTLS` or secure from the beginning.
final class MailServer {

  /// What was sent: the commands of the conversation and the lines of the mails.
  final List<String> lines = new CopyOnWriteArrayList<>();

  private final int port;

  /// Starts one on an address.
  MailServer(Vertx vertx, String address, ServerCertificate certificate, boolean secure) {
    NetServerOptions options =
        new NetServerOptions().setKeyCertOptions(certificate.options()).setSsl(secure);
    port =
        vertx
            .createNetServer(options)
            .connectHandler(socket -> new Conversation(socket).begin())
            .listen(0, address)
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
  }

  int port() {
    return port;
  }

  private final class Conversation {

    private final NetSocket socket;
    private boolean inMail;

    Conversation(NetSocket socket) {
      this.socket = socket;
    }

    void begin() {
      socket.handler(RecordParser.newDelimited("\r\n", line -> hear(line.toString())));
      say("220 mail.test ready");
    }

    private void hear(String line) {
      lines.add((socket.isSsl() ? "secure: " : "") + line);
      if (inMail) {
        inMail = !line.equals(".");
        if (!inMail) {
          say("250 taken");
        }
        return;
      }
      switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
        case "EHLO" -> say("250-mail.test\r\n250-AUTH PLAIN\r\n250 " + more());
        case "STARTTLS" -> socket.write("220 begin\r\n").onSuccess(_ -> socket.upgradeToSsl());
        case "AUTH" -> say("235 welcome");
        case "DATA" -> {
          inMail = true;
          say("354 go on");
        }
        case "QUIT" -> socket.write("221 bye\r\n").onSuccess(_ -> socket.close());
        default -> say("250 fine");
      }
    }

    private String more() {
      return socket.isSsl() ? "HELP" : "STARTTLS";
    }

    private void say(String text) {
      socket.write(text + "\r\n");
    }
  }
}
