package dev.berth.launcher.database;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  private final ChangeFeed feed;

  CommittingH2Backend(MVStore store) {
    // Before the superclass, which opens databases at once.
    this.feed = new ChangeFeed(InstantSource.system());
    super(store);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new WatchedH2Database(name, getMvStore(), getCursorRegistry(), feed);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    List<Document> stages = changeStream(command, query);
    if (!stages.isEmpty()) {
      int batch = query.get("cursor") instanceof Document cursor ? batchSize(cursor) : 0;
      return feed.answer(database, String.valueOf(query.get(command)), stages, batch);
    }
    try {
      return super.handleCommand(channel, database, command, query);
    } finally {
      // Also after a failure: the first documents of a batch are kept when a later one is refused.
      if (!READS.contains(command.toLowerCase(Locale.ROOT))) {
        commit();
      }
    }
  }

  /// The stages of an aggregation that begins with `$changeStream`; none of another command.
  private static List<Document> changeStream(String command, Document query) {
    if (!command.equalsIgnoreCase("aggregate")
        || !(query.get("pipeline") instanceof Collection<?> pipeline)) {
      return List.of();
    }
    List<Document> stages = new ArrayList<>();
    for (Object stage : pipeline) {
      if (stage instanceof Document document) {
        stages.add(document);
      }
    }
    return stages.size() == pipeline.size()
            && !stages.isEmpty()
            && stages.getFirst().get("$changeStream") instanceof Document
        ? stages
        : List.of();
  }

  private static int batchSize(Document cursor) {
    return cursor.get("batchSize") instanceof Number number ? number.intValue() : 0;
  }
}
