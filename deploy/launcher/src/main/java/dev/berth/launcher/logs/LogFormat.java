package dev.berth.launcher.logs;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// How lines of the log are written. One for the whole process, as its output is one; what the
/// environment says counts from the first line on.
public enum LogFormat {
  /// Short lines for a person.
  TEXT,
  /// An object of JSON in each line, for a program.
  JSON;

  /// The variable of the environment.
  public static final String VARIABLE = "BERTH_LOG_FORMAT";

  private static final AtomicReference<LogFormat> CURRENT =
      new AtomicReference<>(ofEnvironment(System.getenv()));

  /// Reads the setting.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  public static LogFormat of(String text) {
    for (LogFormat format : values()) {
      if (format.spelling().equals(text)) {
        return format;
      }
    }
    throw new IllegalArgumentException("log-format must be text or json, and is " + text);
  }

  /// What an environment asks for. A mistake in it is told by whoever reads all settings; until
  /// then a person should be able to read why.
  static LogFormat ofEnvironment(Map<String, String> environment) {
    return JSON.spelling().equals(environment.get(VARIABLE)) ? JSON : TEXT;
  }

  /// The one that is in use.
  public static LogFormat current() {
    return CURRENT.get();
  }

  /// Writes all further lines of this process like that.
  public void use() {
    CURRENT.set(this);
  }

  /// As settings spell it.
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
