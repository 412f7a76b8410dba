package dev.berth.launcher.database;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.NoopOplog;
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

  private static final int COMMAND_NOT_SUPPORTED = 115;

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
    // With the greeting that every connection begins with.
    KeptBinaries.on(channel);
    requireNoCollation(query);
    List<Document> stages = stages(command, query);
    Object first = stages.isEmpty() ? null : stages.getFirst().get("$changeStream");
    if (first instanceof Document) {
      int batch = query.get("cursor") instanceof Document cursor ? batchSize(cursor) : 0;
      return feed.answer(database, String.valueOf(query.get(command)), stages, batch);
    }
    try {
      if (!stages.isEmpty() && stages.getFirst().containsKey("$documents")) {
        return computed(database, stages);
      }
      return super.handleCommand(channel, database, command, query);
    } finally {
      // Also after a failure: the first documents of a batch are kept when a later one is refused.
      if (!READS.contains(command.toLowerCase(Locale.ROOT))) {
        commit();
      }
    }
  }

  /// Texts compare in one way here. Who asks for another is told, and gets no wrong answer.
  private static void requireNoCollation(Document command) {
    if (command.get("collation") instanceof Document collation
        && !"simple".equals(collation.get("locale"))) {
      throw new MongoServerError(
          COMMAND_NOT_SUPPORTED,
          "CommandNotSupported",
          "the embedded database knows no collation; name a MongoDB with MONGODB_URI");
    }
    for (String list : List.of("updates", "deletes")) {
      if (command.get(list) instanceof Collection<?> parts) {
        for (Object part : parts) {
          if (part instanceof Document document) {
            requireNoCollation(document);
          }
        }
      }
    }
  }

  /// The stages of an aggregation; none of another command.
  private static List<Document> stages(String command, Document query) {
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
    return stages.size() == pipeline.size() ? stages : List.of();
  }

  /// An aggregation of documents that stand in its first stage, which this server does not know
  /// by itself.
  private Document computed(String database, List<Document> stages) {
    Object given = Expression.evaluateDocument(stages.getFirst().get("$documents"), new Document());
    if (!(given instanceof Collection<?> documents)
        || !documents.stream().allMatch(Document.class::isInstance)) {
      throw new MongoServerError(5858203, "an array is expected, and every element an object");
    }
    Aggregation rest =
        Aggregation.fromPipeline(
            stages.subList(1, stages.size()),
            this::resolveDatabase,
            resolveDatabase(database),
            null,
            NoopOplog.get());
    List<Document> answer =
        rest.runStages(documents.stream().map(Document.class::cast).map(Document::cloneDeeply));
    return new Document(
            "cursor",
            new Document("id", 0L)
                .append("ns", database + ".$cmd.aggregate")
                .append("firstBatch", answer))
        .append("ok", 1.0);
  }

  private static int batchSize(Document cursor) {
    return cursor.get("batchSize") instanceof Number number ? number.intValue() : 0;
  }
}
