package dev.berth.launcher;

import dev.berth.appmodel.Secrets;
import dev.berth.gateway.door.Door;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.dev.DevOptions;
import dev.berth.launcher.dev.DevServer;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.worker.http.OutboundPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One short life of `berth dev`, for the JVM to learn what such a life loads: starts everything
/// on a free port with a database that is thrown away, serves each path once or more, and stops.
@Command(name = "train", hidden = true, description = "Start, serve a few requests, stop.")
final class TrainCommand implements Callable<Integer> {

  /// Enough for the code that runs once per request to be worth remembering.
  private static final int ROUNDS = 20;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The quickstart example.")
  private Path folder = Path.of("");

  TrainCommand() {
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws StartFailure, IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path data = Files.createTempDirectory("berth-train");
    try {
      DevOptions options =
          new DevOptions(
              List.of(folder),
              "127.0.0.1",
              0,
              data,
              Secrets.none(),
              null,
              null,
              LimitSettings.standard(),
              OutboundPolicy.publicOnly(),
              null,
              null,
              Door.open(),
              null);
      DevServer server = DevServer.start(options, new Console(Version.current(), out, out));
      try {
        for (int round = 0; round < ROUNDS; round++) {
          serve(server.url().port());
        }
      } finally {
        server.stop();
      }
    } finally {
      delete(data);
    }
    return 0;
  }

  private static void serve(int port) throws IOException {
    String endpoints = "/app/quickstart-abcde/endpoint";
    request(port, "GET", "/health", "");
    request(port, "GET", endpoints + "/hello/latest", "");
    request(port, "POST", endpoints + "/hello", "{\"name\": \"Casey\"}");
    request(port, "POST", endpoints + "/custom", "{\"type\": \"event\"}");
    request(port, "POST", endpoints + "/notes", "{\"text\": \"a note\"}");
    request(port, "GET", endpoints + "/notes?limit=5", "");
    request(port, "GET", endpoints + "/nowhere", "");
  }

  /// By hand, because the classes of an HTTP client would be remembered too and serve nobody.
  private static void request(int port, String method, String path, String body)
      throws IOException {
    String text =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, body.length(), body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream to = socket.getOutputStream();
        BufferedReader from =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
      to.flush();
      from.lines().forEach(_ -> {});
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
