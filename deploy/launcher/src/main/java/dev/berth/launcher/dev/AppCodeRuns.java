package dev.berth.launcher.dev;

/// Where app code runs, and how.
///
/// @param workers processes of its own; 0 when it runs in this one
/// @param javaScript in words how JavaScript runs there
record AppCodeRuns(int workers, String javaScript) {

  /// For the person who starts it.
  String text() {
    String where =
        switch (workers) {
          case 0 -> "in this process, together with everything else: for apps you trust";
          case 1 -> "in a worker process of its own";
          default -> "in " + workers + " worker processes";
        };
    return where + "; JavaScript is " + javaScript;
  }
}
