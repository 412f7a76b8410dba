package dev.berth.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of a command line, taken one by one; what is left at the end nobody knows.
public final class Arguments {

  private final List<String> left;

  public Arguments(List<String> arguments) {
    this.left = new ArrayList<>(arguments);
  }

  /// The value of an option, or `null` when it is not given.
  ///
  /// @throws IllegalArgumentException when the value is missing
  public @Nullable String text(String option) {
    int at = left.indexOf(option);
    if (at < 0) {
      return null;
    }
    if (at + 1 == left.size()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    left.remove(at);
    return left.remove(at);
  }

  /// The value of an option.
  ///
  /// @throws IllegalArgumentException when it is not a number of at least 1
  public int number(String option, int otherwise) {
    String value = text(option);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(option + " is a number of at least 1, not " + value);
    }
    return Integer.parseInt(value);
  }

  public boolean flag(String option) {
    return left.remove(option);
  }

  /// Ends the reading.
  ///
  /// @throws IllegalArgumentException when something is left that nobody asked for
  public void end() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("there is no option " + left.getFirst());
    }
  }
}
