package dev.berth.invocation;

/// What an invocation can run out of.
public enum Limit {
  /// Wall-clock time; the default is 300 s.
  TIME,
  /// CPU time; the default is 60 s.
  CPU_TIME,
  /// Memory allocated by the invocation, or by its worker as a whole.
  MEMORY,
  /// Calls inside calls.
  STACK_FRAMES,
  /// Asynchronous operations of one invocation.
  ASYNC_OPERATIONS,
  /// Connections to other hosts that one invocation has open; the default is 25.
  SOCKETS,
  /// Bytes of the response or of the result.
  RESPONSE_SIZE,
  /// Lines printed. The only one that an invocation survives: later lines are dropped.
  LOG_LINES;

  /// What clients are told that it was: one of the original's public error codes.
  public String errorCode() {
    return switch (this) {
      case TIME, CPU_TIME -> "ExecutionTimeLimitExceeded";
      case MEMORY, STACK_FRAMES, ASYNC_OPERATIONS, SOCKETS, RESPONSE_SIZE, LOG_LINES ->
          "FunctionExecutionError";
    };
  }
}
