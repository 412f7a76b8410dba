package dev.berth.benchmarks;

import java.io.IOException;

/// Something that `benchmarks/run` measures.
public interface Benchmark {

  /// How a command line names it.
  String name();

  /// Its part of the help: what it measures, and its options with their defaults.
  String usage();

  /// Measures, prints a report and writes it to a file. Blocks, some minutes.
  ///
  /// @throws IllegalArgumentException when the options cannot be understood
  /// @throws IllegalStateException when a server does not start or gives a wrong answer: what was
  /// measured means nothing then
  void run(Run run, Arguments arguments) throws IOException, InterruptedException;

  /// What the files of its results are called after; empty for the first of all.
  default String kind() {
    return name();
  }
}
