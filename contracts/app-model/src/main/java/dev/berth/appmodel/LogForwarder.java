package dev.berth.appmodel;

import java.util.List;

/// Sends the app's log elsewhere.
///
/// @param logTypes such as `auth`, `function`, `endpoint`
/// @param logStatuses `success`, `error`
public record LogForwarder(
    String name,
    boolean disabled,
    List<String> logTypes,
    List<String> logStatuses,
    Policy policy,
    Destination destination) {

  public LogForwarder {
    logTypes = List.copyOf(logTypes);
    logStatuses = List.copyOf(logStatuses);
  }

  /// Whether entries go one by one or together.
  public enum Policy {
    SINGLE,
    BATCH
  }

  /// Where entries go.
  public sealed interface Destination {}

  /// Entries become documents.
  public record ToCollection(String dataSource, String database, String collection)
      implements Destination {}

  /// Entries become the argument of a function.
  public record ToFunction(String functionName) implements Destination {}
}
