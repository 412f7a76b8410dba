package dev.berth.jsruntime;

/// What one invocation may use up.
///
/// @param asyncOperations waiting at the same time
/// @param responseCharacters of the response or the result, as text
/// @param logLines printed; later ones are dropped with a note
/// @param logLineCharacters of one line; longer ones are cut
public record ExecutionLimits(
    int asyncOperations, long responseCharacters, int logLines, int logLineCharacters) {

  /// The limits of the original where it had them.
  public static ExecutionLimits standard() {
    return new ExecutionLimits(1000, 350L * 1024 * 1024, 1000, 8192);
  }
}
