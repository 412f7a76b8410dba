package dev.berth.launcher.database;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;

/// The H2 backend, committing each write before it is acknowledged.
///
/// By itself the store commits up to a second later, and a process that is killed in between
/// loses writes it had answered for. A commit hands the data to the operating system, which
/// outlives the process; only a machine that loses power can still take the last moments with
/// it.
final class CommittingH2Backend extends H2Backend {

  /// The commands that change nothing; committing after any other is cheap when it changed
  /// nothing.
  private static final Set<String> READS =
      Set.of(
          "find",
          "count",
          "distinct",
          "getmore",
          "killcursors",
          "hello",
          "ismaster",
          "ping",
          "buildinfo",
          "listcollections",
          "listindexes",
          "listdatabases",
          "endsessions",
          "whatsmyuri",
          "serverstatus");

  CommittingH2Backend(MVStore store) {
    super(store);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    try {
      return super.handleCommand(channel, database, command, query);
    } finally {
      // Also after a failure: the first documents of a batch are kept when a later one is refused.
      if (!READS.contains(command.toLowerCase(Locale.ROOT))) {
        commit();
      }
    }
  }
}
