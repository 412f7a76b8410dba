package dev.berth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server in a JVM of its own, from the class path of this one.
final class ChildServer implements AutoCloseable {

  private final Process process;
  private final Announcement announcement;

  private ChildServer(Process process, Announcement announcement) {
    this.process = process;
    this.announcement = announcement;
  }

  /// Starts a main class and waits until it listens.
  static ChildServer start(List<String> options, List<String> mainAndArguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(mainAndArguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // The reader stays open, or else a server that prints more would fail.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Announcement announcement = Announcement.parse(line);
      if (announcement != null) {
        return new ChildServer(process, announcement);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("a server did not start: " + mainAndArguments);
  }

  Announcement announcement() {
    return announcement;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
