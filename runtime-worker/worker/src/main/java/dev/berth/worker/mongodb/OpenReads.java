package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// The queries that one invocation has under way, by cursor id where app code holds a cursor.
///
/// Ids mean something in here only, so an id of another invocation finds nothing. Safe for use by
/// any thread.
final class OpenReads {

  private final MongoLimits limits;
  private final ByteBudget budget;

  // Guarded by this.
  private final Set<DocumentStream> streams = new HashSet<>();
  private final Map<Integer, DocumentStream> cursors = new HashMap<>();
  private int lastId;
  private boolean ended;

  OpenReads(MongoLimits limits) {
    this.limits = limits;
    this.budget = new ByteBudget(limits.bytesInFlight());
  }

  /// Starts a query, which ends with the invocation at the latest.
  DocumentStream start(Publisher<RawBsonDocument> publisher) {
    return start(publisher, limits.documentsPerQuery());
  }

  /// The same for documents that are looked at and not handed over, however many.
  DocumentStream startPassing(Publisher<RawBsonDocument> publisher) {
    return start(publisher, Integer.MAX_VALUE);
  }

  private DocumentStream start(Publisher<RawBsonDocument> publisher, int documentLimit) {
    DocumentStream stream;
    synchronized (this) {
      stream = create(documentLimit);
    }
    publisher.subscribe(stream);
    return stream;
  }

  /// Starts a query and keeps it for later batches.
  Cursor openCursor(Publisher<RawBsonDocument> publisher) {
    Cursor cursor;
    synchronized (this) {
      if (cursors.size() >= limits.openCursors()) {
        throw refused(
            "more than " + limits.openCursors() + " open cursors; close or exhaust some of them");
      }
      lastId++;
      cursor = new Cursor(lastId, create(limits.documentsPerQuery()));
      cursors.put(cursor.id(), cursor.stream());
    }
    publisher.subscribe(cursor.stream());
    return cursor;
  }

  synchronized @Nullable DocumentStream cursor(int id) {
    return cursors.get(id);
  }

  /// Forgets a query and ends it when it has not ended itself; nothing happens the second time.
  void finish(DocumentStream stream) {
    synchronized (this) {
      streams.remove(stream);
      cursors.values().remove(stream);
    }
    stream.cancel();
  }

  /// Ends everything, and whatever is started later.
  void end() {
    List<DocumentStream> open;
    synchronized (this) {
      ended = true;
      open = List.copyOf(streams);
      streams.clear();
      cursors.clear();
    }
    open.forEach(DocumentStream::cancel);
  }

  /// Bytes held for the invocation right now.
  long bytesHeld() {
    return budget.held();
  }

  synchronized int size() {
    return streams.size();
  }

  private DocumentStream create(int documentLimit) {
    if (ended) {
      throw refused("the invocation has ended");
    }
    var stream = new DocumentStream(documentLimit, budget);
    streams.add(stream);
    return stream;
  }

  private static GuestServiceException refused(String message) {
    return new GuestServiceException("MongoDBError", message, null);
  }

  /// A query that app code reads batch by batch.
  record Cursor(int id, DocumentStream stream) {}
}
