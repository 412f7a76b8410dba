package dev.berth.benchmarks;

import java.io.IOException;
import java.util.List;

/// Something to measure.
public sealed interface Target {

  /// How a report names it.
  String name();

  /// A server that listens.
  ///
  /// @param about one line for the report
  record Running(String url, String about, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /// One that can be driven.
  sealed interface Present extends Target {

    /// Makes it ready to be driven; closing ends what was started.
    Running start() throws IOException;
  }

  /// A main class that is started for each round anew.
  ///
  /// @param mustSay what it must announce about itself, or else it is not what was to be measured
  record Java(String name, List<String> options, List<String> mainAndArguments, String mustSay)
      implements Present {

    public Java(String name, List<String> options, List<String> mainAndArguments) {
      this(name, options, mainAndArguments, "");
    }

    public Java {
      options = List.copyOf(options);
      mainAndArguments = List.copyOf(mainAndArguments);
    }

    @Override
    public Running start() throws IOException {
      ChildServer server = ChildServer.java(options, mainAndArguments);
      String says = server.announcement().about();
      if (!says.contains(mustSay)) {
        server.close();
        throw new IllegalStateException(name + " should say \"" + mustSay + "\", not " + says);
      }
      return running(server, ", `" + String.join(" ", options) + "`");
    }
  }

  /// Another program that announces itself as our servers do, started for each round anew.
  record Program(String name, List<String> command) implements Present {

    public Program {
      command = List.copyOf(command);
    }

    @Override
    public Running start() throws IOException {
      return running(ChildServer.start(command), "");
    }
  }

  /// The product, started for each round anew.
  ///
  /// @param arguments of `./berth dev`
  record Dev(String name, List<String> arguments) implements Present {

    public Dev {
      arguments = List.copyOf(arguments);
    }

    @Override
    public Running start() throws IOException {
      DevProcess berth = DevProcess.start(arguments);
      return new Running(berth.url(), berth.about(), berth::close);
    }
  }

  /// A server that somebody else started, and that goes on running.
  record Elsewhere(String name, String url) implements Present {
    @Override
    public Running start() {
      return new Running(url, "already running at " + url, () -> {});
    }
  }

  /// What this machine does not have.
  ///
  /// @param reason for the report
  record Absent(String name, String reason) implements Target {}

  private static Running running(ChildServer server, String more) {
    Announcement said = server.announcement();
    return new Running(said.url(), said.about() + more, server::close);
  }
}
