package dev.berth.jsruntime;

import java.time.Duration;

/// What one invocation may use up.
///
/// @param cpuTime on guest threads, over all steps
/// @param allocatedBytes over all steps, whether or not they are still in use: a brake on bombs,
/// not a measure of what is kept
/// @param asyncOperations waiting at the same time
/// @param responseCharacters of the response or the result, as text
/// @param logLines printed; later ones are dropped with a note
/// @param logLineBytes of one line, as UTF-8; longer ones are cut
public record ExecutionLimits(
    Duration cpuTime,
    long allocatedBytes,
    int asyncOperations,
    long responseCharacters,
    int logLines,
    int logLineBytes) {

  /// The limits of the original where it had them.
  public static ExecutionLimits standard() {
    return new ExecutionLimits(
        Duration.ofMinutes(1), 2L * 1024 * 1024 * 1024, 1000, 350L * 1024 * 1024, 25, 512);
  }

  ExecutionLimits withCpuTime(Duration limit) {
    return new ExecutionLimits(
        limit, allocatedBytes, asyncOperations, responseCharacters, logLines, logLineBytes);
  }

  ExecutionLimits withAllocatedBytes(long limit) {
    return new ExecutionLimits(
        cpuTime, limit, asyncOperations, responseCharacters, logLines, logLineBytes);
  }

  ExecutionLimits withLog(int lines, int bytes) {
    return new ExecutionLimits(
        cpuTime, allocatedBytes, asyncOperations, responseCharacters, lines, bytes);
  }

  ExecutionLimits withResponseCharacters(long limit) {
    return new ExecutionLimits(
        cpuTime, allocatedBytes, asyncOperations, limit, logLines, logLineBytes);
  }
}
