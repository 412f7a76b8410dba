package dev.berth.appmodel;

/// One thing about an app that its author should know: where it is, what was found, what is
/// right.
///
/// @param file relative to the app root, with `/`
/// @param pointer JSON pointer (RFC 6901) inside the file, or `""` for the file as a whole
/// @param line 1-based, or 0 when it is not known
/// @param message what was found and what is allowed, in one sentence fit for a terminal
public record Problem(Severity severity, String file, String pointer, int line, String message) {

  /// Whether a deployment can go on.
  public enum Severity {
    /// The app cannot be deployed as it is.
    ERROR,
    /// The app can be deployed; something in it is ignored or read with tolerance.
    WARNING
  }

  public static Problem error(String file, String pointer, int line, String message) {
    return new Problem(Severity.ERROR, file, pointer, line, message);
  }

  public static Problem warning(String file, String pointer, int line, String message) {
    return new Problem(Severity.WARNING, file, pointer, line, message);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// `file:line pointer: message`, leaving out what is not known.
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    return pointer.isEmpty() ? place + ": " + message : place + " " + pointer + ": " + message;
  }
}
