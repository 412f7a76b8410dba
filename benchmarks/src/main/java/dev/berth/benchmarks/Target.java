package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    Running start() throws IOException, InterruptedException;
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
  /// @param environment what its environment has besides
  record Dev(String name, List<String> arguments, Map<String, String> environment)
      implements Present {

    public Dev(String name, List<String> arguments) {
      this(name, arguments, Map.of());
    }

    public Dev {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    @Override
    public Running start() throws IOException {
      DevProcess berth = DevProcess.start(arguments, environment);
      return new Running(berth.url(), berth.about(), berth::close);
    }
  }

  /// A cluster of one gateway and some workers on this machine, started for each round anew.
  ///
  /// @param app the folder of an app with an endpoint of its folder's name
  record Cluster(String name, int workers, Path app) implements Present {

    @Override
    public Running start() throws IOException, InterruptedException {
      ClusterProcess cluster = ClusterProcess.start(workers);
      String url = cluster.push(app, "/" + app.getFileName());
      return new Running(url, cluster.about(), cluster::close);
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
