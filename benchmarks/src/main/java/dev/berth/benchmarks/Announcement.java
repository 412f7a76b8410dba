package dev.berth.benchmarks;

import org.jspecify.annotations.Nullable;

/// What a server prints on its standard output when it can be driven.
///
/// @param port on the loopback address
/// @param path of the endpoint
/// @param about one line for the report
public record Announcement(int port, String path, String about) {

  private static final String MARK = "listening ";

  public void print() {
    System.out.println(MARK + port + " " + path + " " + about);
  }

  /// Reads a line of a server's output.
  ///
  /// @return `null` when it says something else
  static @Nullable Announcement parse(String line) {
    if (!line.startsWith(MARK)) {
      return null;
    }
    String[] parts = line.substring(MARK.length()).split(" ", 3);
    return new Announcement(Integer.parseInt(parts[0]), parts[1], parts[2]);
  }

  /// Where requests are sent.
  public String url() {
    return "http://127.0.0.1:" + port + path;
  }
}
