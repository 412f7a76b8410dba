package dev.berth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server in a process of its own.
public final class ChildServer implements AutoCloseable {

  /// How a server begins the line that answers an order.
  public static final String ANSWER = "answer ";

  private final Process process;
  private final BufferedReader output;
  private final Announcement announcement;

  private ChildServer(Process process, BufferedReader output, Announcement announcement) {
    this.process = process;
    this.output = output;
    this.announcement = announcement;
  }

  /// Starts a main class in a JVM, with the class path of this one, and waits until it listens.
  public static ChildServer java(List<String> options, List<String> mainAndArguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(mainAndArguments);
    return start(command);
  }

  /// Starts a program that announces itself, and waits until it listens.
  public static ChildServer start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // The reader stays open, or else a server that prints more would fail.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Announcement announcement = Announcement.parse(line);
      if (announcement != null) {
        return new ChildServer(process, output, announcement);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("a server did not start: " + command.getLast());
  }

  public Announcement announcement() {
    return announcement;
  }

  public long pid() {
    return process.pid();
  }

  /// Gives an order to a server that takes some, and waits for its answer: a line that begins
  /// with [#ANSWER].
  ///
  /// @throws IllegalStateException when the server ends instead
  public String order(String line) throws IOException {
    Writer orders = process.outputWriter(StandardCharsets.UTF_8);
    orders.write(line + "\n");
    orders.flush();
    String last = "nothing";
    for (String said = output.readLine(); said != null; said = output.readLine()) {
      if (said.startsWith(ANSWER)) {
        return said.substring(ANSWER.length());
      }
      last = said;
    }
    throw new IllegalStateException(
        "the server ended with code %d, and said last: %s"
            .formatted(process.onExit().join().exitValue(), last));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
