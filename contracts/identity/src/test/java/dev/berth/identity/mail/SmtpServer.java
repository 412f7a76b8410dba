package dev.berth.identity.mail;

import static dev.berth.identity.Waiting.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes mail as an SMTP server does, and keeps every line it was sent.
final class SmtpServer implements AutoCloseable {

  final List<String> lines = new CopyOnWriteArrayList<>();
  private final NetServer server;
  private final String answerToRecipient;

  private SmtpServer(Vertx vertx, String answerToRecipient) {
    this.answerToRecipient = answerToRecipient;
    this.server = await(vertx.createNetServer().connectHandler(this::talk).listen(0, "127.0.0.1"));
  }

  static SmtpServer on(Vertx vertx) {
    return new SmtpServer(vertx, "250 taken");
  }

  static SmtpServer refusing(Vertx vertx) {
    return new SmtpServer(vertx, "550 no such mailbox");
  }

  int port() {
    return server.actualPort();
  }

  private void talk(NetSocket socket) {
    boolean[] inData = {false};
    socket.handler(
        RecordParser.newDelimited(
            "\r\n",
            part -> {
              String line = part.toString();
              lines.add(line);
              if (inData[0]) {
                inData[0] = !line.equals(".");
                if (!inData[0]) {
                  say(socket, "250 kept");
                }
              } else {
                inData[0] = line.equals("DATA");
                say(socket, answer(line));
              }
            }));
    say(socket, "220 test ESMTP");
  }

  private String answer(String line) {
    if (line.startsWith("EHLO")) {
      return "250 test";
    }
    if (line.startsWith("RCPT")) {
      return answerToRecipient;
    }
    return line.equals("DATA") ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 ok";
  }

  private static void say(NetSocket socket, String line) {
    var _ = socket.write(line + "\r\n");
  }

  @Override
  public void close() {
    await(server.close());
  }
}
