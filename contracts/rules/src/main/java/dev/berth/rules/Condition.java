package dev.berth.rules;

import java.util.List;

/// A part of an expression that is true, false or undecided.
sealed interface Condition {

  /// Decided by itself, or undecidable because it is malformed.
  record Constant(Truth truth) implements Condition {}

  /// A value that must be a boolean.
  record Holds(Term value) implements Condition {}

  record Every(List<Condition> parts) implements Condition {
    public Every {
      parts = List.copyOf(parts);
    }
  }

  record Some(List<Condition> parts) implements Condition {
    public Some {
      parts = List.copyOf(parts);
    }
  }

  record Not(Condition part) implements Condition {}

  record Equal(Term left, Term right) implements Condition {}

  record Compared(Term left, Order order, Term right) implements Condition {}

  /// The left value, or an element of it, is among the elements on the right.
  record In(Term left, Term elements) implements Condition {}

  /// The left value has all the elements on the right.
  record HasAll(Term left, Term elements) implements Condition {}

  /// The left value is an array of that many elements.
  record HasSize(Term left, Term size) implements Condition {}

  record Exists(Term left, boolean wanted) implements Condition {}

  /// How a value stands to another one.
  enum Order {
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL;

    /// @param comparison as `compareTo` gives it
    boolean allows(int comparison) {
      return switch (this) {
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
      };
    }
  }
}
