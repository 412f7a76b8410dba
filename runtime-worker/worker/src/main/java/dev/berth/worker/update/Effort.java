package dev.berth.worker.update;

/// How much one update may still do. It runs where the answers for other apps arrive, so what
/// arguments and documents can make it do has an end.
final class Effort {

  /// Some tens of milliseconds, and more than the largest document needs for a plain update.
  private static final long STEPS = 2_000_000;

  private long left = STEPS;

  /// @throws UpdateRefused when nothing is left
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw UpdateRefused.badValue("the update has too much to do in one document");
    }
  }
}
