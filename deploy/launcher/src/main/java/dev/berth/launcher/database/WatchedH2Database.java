package dev.berth.launcher.database;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.NoSuchElementException;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/// A database whose collections tell a [ChangeFeed] of each change, whichever command made it.
final class WatchedH2Database extends H2Database {

  private final MVStore store;
  private final ChangeFeed feed;

  WatchedH2Database(String name, MVStore store, CursorRegistry cursors, ChangeFeed feed) {
    // Before the superclass, which opens collections at once.
    this.store = store;
    this.feed = feed;
    super(name, store, cursors);
  }

  /// The maps are those of the superclass, by the same names.
  @Override
  protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
    String namespace = getFullCollectionNamespace(name);
    MVMap<Object, Document> data = store.openMap("databases." + namespace);
    MVMap<String, Object> meta = store.openMap("meta." + namespace);
    return new WatchedH2Collection(name, options, data, meta);
  }

  @Override
  public void dropCollection(String name, Oplog oplog) {
    super.dropCollection(name, oplog);
    feed.dropped(getFullCollectionNamespace(name));
  }

  /// Called within the lock of the collection, so changes come in the order in which they are.
  private final class WatchedH2Collection extends H2Collection {

    WatchedH2Collection(
        String name,
        CollectionOptions options,
        MVMap<Object, Document> data,
        MVMap<String, Object> meta) {
      super(
          WatchedH2Database.this, name, options, data, meta, WatchedH2Database.this.cursorRegistry);
    }

    @Override
    protected Object addDocumentInternal(Document document) {
      Object position = super.addDocumentInternal(document);
      feed.inserted(getFullName(), document);
      return position;
    }

    @Override
    protected void handleUpdate(Object position, Document before, Document after) {
      super.handleUpdate(position, before, after);
      feed.updated(getFullName(), before, after);
    }

    @Override
    protected void removeDocument(Object position) {
      Document before = getDocument(position);
      if (before == null) {
        throw new NoSuchElementException("there is no document at " + position);
      }
      super.removeDocument(position);
      feed.deleted(getFullName(), before);
    }
  }
}
