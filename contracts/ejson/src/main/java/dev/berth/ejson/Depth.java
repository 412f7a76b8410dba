package dev.berth.ejson;

/// The limit on nesting, for what is written.
final class Depth {

  private Depth() {}

  static void check(int depth) {
    if (depth > Ejson.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a value is nested deeper than " + Ejson.MAX_DEPTH + " levels");
    }
  }
}
