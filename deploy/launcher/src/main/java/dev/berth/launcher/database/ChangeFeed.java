package dev.berth.launcher.database;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The latest changes of collections that somebody watches, for change streams.
///
/// A collection that nobody has asked about for a minute costs nothing: its changes are not kept.
/// Safe from any thread.
final class ChangeFeed {

  /// Whoever asks less often than this has lost the thread.
  static final Duration KEPT = Duration.ofMinutes(1);

  /// Of one collection.
  static final int MAX_CHANGES = 1000;

  /// Of the changes of one collection, roughly in bytes.
  private static final long MAX_WEIGHT = 16L * 1024 * 1024;

  private static final int HISTORY_LOST = 286;
  private static final int INVALID_TOKEN = 260;

  /// @param number counts the changes of this process
  /// @param document as it is afterwards; `null` after a deletion
  private record Change(
      long number,
      long seconds,
      String type,
      Object id,
      @Nullable Document document,
      @Nullable Document description,
      long weight) {}

  private static final class Watched {

    private final Deque<Change> changes = new ArrayDeque<>();
    private long weight;
    private long askedAtMillis;

    /// What came with or before this number may be missing.
    private long forgottenUpTo;

    private void add(Change change) {
      changes.addLast(change);
      weight += change.weight();
      while (changes.size() > MAX_CHANGES || weight > MAX_WEIGHT) {
        Change oldest = changes.removeFirst();
        weight -= oldest.weight();
        forgottenUpTo = oldest.number();
      }
    }
  }

  private final InstantSource clock;

  /// A position that another process gave is none here: what happened since is not known.
  private final String process;

  private final ConcurrentMap<String, Watched> watched = new ConcurrentHashMap<>();
  private final DefaultQueryMatcher matcher = new DefaultQueryMatcher();
  private long last;

  ChangeFeed(InstantSource clock) {
    this.clock = clock;
    this.process = "%016x".formatted(clock.instant().toEpochMilli());
  }

  void inserted(String namespace, Document document) {
    if (watched.containsKey(namespace)) {
      add(namespace, "insert", document, document, null);
    }
  }

  void updated(String namespace, Document before, Document after) {
    if (watched.containsKey(namespace) && !before.equals(after)) {
      add(namespace, "update", after, after, description(before, after));
    }
  }

  void deleted(String namespace, Document before) {
    if (watched.containsKey(namespace)) {
      add(namespace, "delete", before, null, null);
    }
  }

  /// Who watches is told by the error that their position is lost.
  synchronized void dropped(String namespace) {
    last++;
    watched.remove(namespace);
  }

  private synchronized void add(
      String namespace,
      String type,
      Document subject,
      @Nullable Document document,
      @Nullable Document description) {
    Watched collection = watched.get(namespace);
    Object id = subject.get("_id");
    if (collection == null || id == null) {
      return;
    }
    if (clock.instant().toEpochMilli() - collection.askedAtMillis > KEPT.toMillis()) {
      watched.remove(namespace);
      return;
    }
    last++;
    collection.add(
        new Change(
            last,
            clock.instant().getEpochSecond(),
            type,
            id,
            document == null ? null : document.cloneDeeply(),
            description,
            weight(document) + weight(description)));
  }

  private static long weight(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Document document ->
          document.entrySet().stream()
              .mapToLong(field -> 32 + field.getKey().length() + weight(field.getValue()))
              .sum();
      case Collection<?> list -> list.stream().mapToLong(it -> 16 + weight(it)).sum();
      case String text -> 2L * text.length();
      case BinData binary -> binary.getData().length;
      case byte[] bytes -> bytes.length;
      default -> 32;
    };
  }

  private static Document description(Document before, Document after) {
    Document updated = new Document();
    List<Object> removed = new ArrayList<>();
    for (Map.Entry<String, Object> field : after.entrySet()) {
      if (!before.containsKey(field.getKey())
          || !Objects.equals(before.get(field.getKey()), field.getValue())) {
        updated.put(field.getKey(), field.getValue());
      }
    }
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        removed.add(name);
      }
    }
    return new Document("updatedFields", updated.cloneDeeply()).append("removedFields", removed);
  }

  /// Answers an aggregation that begins with `$changeStream`: with the changes after the position
  /// that it names and with the position after those, and never with an open cursor.
  ///
  /// @param stages the first one is `$changeStream`; besides it only `$match` is understood
  synchronized Document answer(
      String database, String collection, List<Document> stages, int most) {
    String namespace = database + "." + collection;
    long now = clock.instant().toEpochMilli();
    Document stream = (Document) Objects.requireNonNull(stages.getFirst().get("$changeStream"));
    Document position = (Document) stream.get("resumeAfter");
    Watched changes = watched.get(namespace);
    if (changes == null) {
      changes = new Watched();
      changes.forgottenUpTo = last;
      watched.put(namespace, changes);
    }
    changes.askedAtMillis = now;
    long after = position == null ? last : number(position);
    if (after < changes.forgottenUpTo) {
      throw new MongoServerError(
          HISTORY_LOST, "ChangeStreamHistoryLost", "the change stream has lost its position");
    }
    List<Document> events = new ArrayList<>();
    for (Change change : changes.changes) {
      if (change.number() > after && events.size() < most) {
        after = change.number();
        Document event = event(change, database, collection);
        if (stages.stream().skip(1).allMatch(stage -> matches(stage, event))) {
          events.add(event);
        }
      }
    }
    if (events.size() < most) {
      after = Math.max(after, last);
    }
    return new Document(
            "cursor",
            new Document("id", 0L)
                .append("ns", namespace)
                .append("firstBatch", events)
                .append("postBatchResumeToken", token(after)))
        .append("ok", 1.0);
  }

  private boolean matches(Document stage, Document event) {
    Object query = stage.get("$match");
    if (stage.size() != 1 || !(query instanceof Document wanted)) {
      throw new MongoServerError(
          40324, "a change stream of this database is filtered by $match and nothing else");
    }
    return matcher.matches(event, wanted);
  }

  private Document event(Change change, String database, String collection) {
    Document event =
        new Document("_id", token(change.number()))
            .append("operationType", change.type())
            .append(
                "clusterTime",
                new BsonTimestamp((change.seconds() << 32) | (change.number() & 0xffff_ffffL)))
            .append("ns", new Document("db", database).append("coll", collection))
            .append("documentKey", new Document("_id", change.id()));
    if (change.document() != null) {
      event.append("fullDocument", change.document());
    }
    if (change.description() != null) {
      event.append("updateDescription", change.description());
    }
    return event;
  }

  private Document token(long number) {
    return new Document("_data", process + "%016x".formatted(number));
  }

  private long number(Document token) {
    if (!(token.get("_data") instanceof String text)
        || text.length() != 32
        || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new MongoServerError(INVALID_TOKEN, "InvalidResumeToken", "not a resume token");
    }
    if (!text.startsWith(process)) {
      throw new MongoServerError(
          HISTORY_LOST, "ChangeStreamHistoryLost", "the change stream has lost its position");
    }
    return Long.parseUnsignedLong(text, 16, 32, 16);
  }
}
