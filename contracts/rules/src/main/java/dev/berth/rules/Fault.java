package dev.berth.rules;

import java.util.List;

/// Something about an expression that its author should know.
///
/// @param isError whether the expression can never be decided because of it
/// @param path the names and indexes that lead from the expression to the place
/// @param message what was found and what is allowed
public record Fault(boolean isError, List<String> path, String message) {

  public Fault {
    path = List.copyOf(path);
  }
}
