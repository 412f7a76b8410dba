package dev.berth.launcher.tracing;

import java.util.logging.Level;
import java.util.logging.Logger;

/// The library of OpenTelemetry tells each failure through the JDK, with its stack and in a form
/// that no reader of our log expects. [SpanQueue] says what matters of it.
final class QuietLibrary {

  /// Held, because loggers that nobody holds forget what they were told.
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private QuietLibrary() {}

  static void hush() {
    LIBRARY.setLevel(Level.OFF);
  }
}
