package dev.berth.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// Where parsing is, what it found wrong, and how much it has read.
final class FaultLog {

  private final Deque<String> path = new ArrayDeque<>();
  private final List<Fault> faults = new ArrayList<>();
  private int values;
  private boolean tooDeep;

  /// Parses what a name or an index leads to.
  <T> T inside(String step, Supplier<T> parse) {
    path.addLast(step);
    try {
      return parse.get();
    } finally {
      path.removeLast();
    }
  }

  void error(String message) {
    faults.add(new Fault(true, List.copyOf(path), message));
  }

  void warning(String message) {
    faults.add(new Fault(false, List.copyOf(path), message));
  }

  /// Counts a value in.
  ///
  /// @return false when it is too deep or one too many, which is said once; it must not be parsed
  ///     then
  boolean admits() {
    values++;
    if (values > Expression.MAX_VALUES) {
      if (values == Expression.MAX_VALUES + 1) {
        error("the expression has more than " + Expression.MAX_VALUES + " values");
      }
      return false;
    }
    if (path.size() > Expression.MAX_DEPTH) {
      if (!tooDeep) {
        tooDeep = true;
        error("the expression is nested deeper than " + Expression.MAX_DEPTH + " levels");
      }
      return false;
    }
    return true;
  }

  boolean hasErrors() {
    return faults.stream().anyMatch(Fault::isError);
  }

  List<Fault> all() {
    return List.copyOf(faults);
  }
}
