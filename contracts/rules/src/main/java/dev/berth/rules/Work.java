package dev.berth.rules;

/// How much one decision may still do. It runs where the requests of other apps wait behind it,
/// so what an app's values, expressions and documents can make it do has an end.
final class Work {

  /// About a millisecond, and three times what the longest list takes that an expression may
  /// hold.
  private static final long EXPRESSION = 100_000;

  /// What a large document takes whose every field is tested.
  private static final long DOCUMENT = 20 * EXPRESSION;

  /// There was too much to do.
  static final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("a decision takes more steps than it may", null, false, false);
    }
  }

  private long left;

  private Work(long steps) {
    this.left = steps;
  }

  static Work ofExpression() {
    return new Work(EXPRESSION);
  }

  static Work ofDocument() {
    return new Work(DOCUMENT);
  }

  /// @throws Exceeded when nothing is left
  void spend(long steps) {
    if (!isLeft(steps)) {
      throw new Exceeded();
    }
  }

  boolean isLeft(long steps) {
    left -= steps;
    return left >= 0;
  }
}
