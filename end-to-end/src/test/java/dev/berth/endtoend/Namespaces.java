package dev.berth.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Two network namespaces of this machine with a cable between them: two machines, as far as the
/// network goes. They need the rights of an administrator.
final class Namespaces implements AutoCloseable {

  static final List<String> HOSTS = List.of("10.77.0.1", "10.77.0.2");

  private static final String PREFIX = "berth-" + ProcessHandle.current().pid() + "-";

  private Namespaces() {}

  /// Whether this machine lets this user make them.
  static boolean mayBeMade() {
    boolean made = succeeds("ip", "netns", "add", PREFIX + "tried");
    return made && succeeds("ip", "netns", "delete", PREFIX + "tried");
  }

  static Namespaces make() {
    Namespaces both = new Namespaces();
    require("ip", "netns", "add", name(0));
    require("ip", "netns", "add", name(1));
    require(
        "ip", "-n", name(0), "link", "add", "cable", "type", "veth", "peer", "name", "cable",
        "netns", name(1));
    for (int i = 0; i < HOSTS.size(); i++) {
      require("ip", "-n", name(i), "addr", "add", HOSTS.get(i) + "/24", "dev", "cable");
      require("ip", "-n", name(i), "link", "set", "lo", "up");
      require("ip", "-n", name(i), "link", "set", "cable", "up");
    }
    return both;
  }

  private static String name(int index) {
    return PREFIX + index;
  }

  /// What comes before a command that is to run in one of them.
  List<String> inside(int index) {
    return List.of("ip", "netns", "exec", name(index));
  }

  /// Lets nothing through the cable any more.
  void cut() {
    require("ip", "-n", name(0), "link", "set", "cable", "down");
  }

  void mend() {
    require("ip", "-n", name(0), "link", "set", "cable", "up");
  }

  private static void require(String... command) {
    if (!succeeds(command)) {
      throw new AssertionError("failed: " + String.join(" ", command));
    }
  }

  private static boolean succeeds(String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      return builder.start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    succeeds("ip", "netns", "delete", name(0));
    succeeds("ip", "netns", "delete", name(1));
  }
}
