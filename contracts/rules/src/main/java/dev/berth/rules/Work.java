package dev.berth.rules;

/// How much one evaluation may still do. It runs where other apps' requests wait behind it, so
/// what an app's values and expressions can make it do has an end.
final class Work {

  /// About a millisecond, and three times what the longest list takes that an expression may
  /// hold.
  private static final long STEPS = 100_000;

  /// There was too much to do.
  static final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("an expression takes more than " + STEPS + " steps", null, false, false);
    }
  }

  private long left = STEPS;

  /// @throws Exceeded when nothing is left
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new Exceeded();
    }
  }
}
