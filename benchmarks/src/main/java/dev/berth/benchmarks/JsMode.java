package dev.berth.benchmarks;

/// How a JVM runs JavaScript.
public enum JsMode {
  INTERPRETED("JavaScript interpreted"),
  COMPILED("JavaScript compiled when hot");

  private final String announced;

  JsMode(String announced) {
    this.announced = announced;
  }

  /// What a [BerthServer] says of itself in this mode.
  String announced() {
    return announced;
  }
}
