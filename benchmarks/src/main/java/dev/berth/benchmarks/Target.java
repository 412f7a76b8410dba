package dev.berth.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Something to measure.
sealed interface Target {

  /// How a report names it.
  String name();

  /// Makes it ready to be driven; closing ends what was started.
  Running start(List<String> options) throws IOException;

  /// A server that listens.
  record Running(String url, String about, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /// A main class that is started for each round anew.
  ///
  /// @param jvmOptions besides those that every server gets
  record Child(String name, List<String> jvmOptions, List<String> mainAndArguments)
      implements Target {

    Child(String name, List<String> mainAndArguments) {
      this(name, List.of(), mainAndArguments);
    }

    public Child {
      jvmOptions = List.copyOf(jvmOptions);
      mainAndArguments = List.copyOf(mainAndArguments);
    }

    @Override
    public Running start(List<String> options) throws IOException {
      List<String> all = new ArrayList<>(options);
      all.addAll(jvmOptions);
      ChildServer server = ChildServer.start(all, mainAndArguments);
      Announcement said = server.announcement();
      return new Running(said.url(), said.about(), server::close);
    }
  }

  /// A server that somebody else started, and that goes on running.
  record Elsewhere(String name, String url) implements Target {
    @Override
    public Running start(List<String> options) {
      return new Running(url, "already running at " + url, () -> {});
    }
  }
}
