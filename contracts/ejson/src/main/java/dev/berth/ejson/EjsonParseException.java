package dev.berth.ejson;

/// Text that is neither JSON nor Extended JSON.
public final class EjsonParseException extends Exception {

  private final int line;
  private final int column;

  /// @param line 1-based line of the fault
  /// @param column 1-based column of the fault
  public EjsonParseException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /// The 1-based line of the fault.
  public int line() {
    return line;
  }

  /// The 1-based column of the fault.
  public int column() {
    return column;
  }
}
