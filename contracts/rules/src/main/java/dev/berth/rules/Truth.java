package dev.berth.rules;

/// What became of an expression. Only [#TRUE] permits anything.
public enum Truth {
  TRUE,
  FALSE,
  /// Something that it needs is missing, failed, or is no boolean. It stays so when negated, so
  /// that no `%not` turns a failure into a permission.
  UNDECIDED;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth negated() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case UNDECIDED -> UNDECIDED;
    };
  }
}
