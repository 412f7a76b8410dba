package dev.berth.launcher.workers;

/// How long to wait before a dead worker gets a successor. The first death costs no pause; a
/// worker that dies at once again and again must not keep the machine busy with its starts.
final class RestartPauses {

  private static final long FIRST_MS = 250;
  private static final long LONGEST_MS = 30_000;

  /// A worker that lived that long did not die of its start.
  private static final long LONG_LIFE_MS = 60_000;

  /// When the first workers die this often before they are ready, the reason lies with us.
  private static final int HOPELESS = 3;

  private int deathsInARow;

  /// The pause after a death.
  ///
  /// @param ageMillis what the worker lived
  long afterDeath(long ageMillis) {
    if (ageMillis > LONG_LIFE_MS) {
      deathsInARow = 0;
    }
    deathsInARow++;
    return deathsInARow == 1 ? 0 : Math.min(LONGEST_MS, FIRST_MS << Math.min(deathsInARow - 2, 10));
  }

  /// Whether starting another is no use as long as none has ever served.
  boolean isHopeless() {
    return deathsInARow >= HOPELESS;
  }
}
