package dev.berth.worker.mongodb;

import java.time.Duration;

/// How much of a database one invocation may use at once.
///
/// @param documentsPerQuery documents that one query may give, whether at once or by a cursor
/// @param bytesInFlight bytes of documents collected for one invocation but not handed to it yet
/// @param openCursors cursors that one invocation may hold open
/// @param cursorBatch documents in one batch of a cursor
/// @param nesting levels of objects and arrays within one argument
/// @param connections connections to one deployment, shared by everything linked to it
/// @param operationsPerApp operations of one app that run at once; fewer than `connections`, or
/// one app takes all of them
/// @param operationsWaitingPerApp operations of one app that wait for these
/// @param reachable how long to look for a server, and to wait for one to accept a connection
/// @param readTime how long the database may work on one read
public record MongoLimits(
    int documentsPerQuery,
    long bytesInFlight,
    int openCursors,
    int cursorBatch,
    int nesting,
    int connections,
    int operationsPerApp,
    int operationsWaitingPerApp,
    Duration reachable,
    Duration readTime) {

  /// What production runs with.
  public static final MongoLimits STANDARD =
      new MongoLimits(
          50_000,
          64L * 1024 * 1024,
          100,
          100,
          100,
          50,
          40,
          10_000,
          Duration.ofSeconds(5),
          Duration.ofSeconds(300));

  public MongoLimits {
    if (documentsPerQuery < 1 || bytesInFlight < 1 || openCursors < 1 || cursorBatch < 1) {
      throw new IllegalArgumentException("limits of reads must be positive");
    }
    if (nesting < 1 || connections < 1) {
      throw new IllegalArgumentException("nesting and connections must be positive");
    }
    if (operationsPerApp < 1 || operationsWaitingPerApp < 1) {
      throw new IllegalArgumentException("an app has one operation at least");
    }
    if (!reachable.isPositive() || !readTime.isPositive()) {
      throw new IllegalArgumentException("durations must be positive");
    }
  }

  /// With another share of the connections for each app.
  public MongoLimits withOperationsPerApp(int most) {
    return new MongoLimits(
        documentsPerQuery,
        bytesInFlight,
        openCursors,
        cursorBatch,
        nesting,
        Math.max(connections, most + most / 4),
        most,
        operationsWaitingPerApp,
        reachable,
        readTime);
  }
}
