package dev.berth.appmodel;

import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// Something that runs a function when it happens.
///
/// @param functionName `null` when events go to EventBridge instead
/// @param eventBridge the configuration of the other destination; `null` when there is none
/// @param errorFunction runs when an event could not be processed; `null` when none does
public record Trigger(
    String name,
    boolean disabled,
    @Nullable String functionName,
    @Nullable BsonDocument eventBridge,
    @Nullable String errorFunction,
    Event event) {

  /// What sets the trigger off.
  public sealed interface Event {}

  /// A change of a document, a collection or a database.
  ///
  /// @param database `null` watches the whole deployment
  /// @param collection `null` watches the whole database
  /// @param match a filter on the change event
  /// @param project a projection of the change event
  /// @param unordered whether events may be handled at the same time
  public record DatabaseChange(
      String dataSource,
      @Nullable String database,
      @Nullable String collection,
      Set<Operation> operations,
      boolean fullDocument,
      boolean fullDocumentBeforeChange,
      BsonDocument match,
      BsonDocument project,
      boolean unordered,
      boolean maximumThroughput,
      boolean skipCatchUpEvents,
      boolean tolerateResumeErrors)
      implements Event {

    public DatabaseChange {
      operations = Set.copyOf(operations);
    }
  }

  /// The kinds of change that a database trigger can watch for.
  public enum Operation {
    INSERT,
    UPDATE,
    REPLACE,
    DELETE,
    CREATE_COLLECTION,
    MODIFY_COLLECTION,
    RENAME_COLLECTION,
    DROP_COLLECTION,
    SHARD_COLLECTION,
    RESHARD_COLLECTION,
    REFINE_COLLECTION_SHARD_KEY,
    CREATE_INDEXES,
    DROP_INDEXES,
    DROP_DATABASE
  }

  /// A user signed in, was made or was deleted.
  ///
  /// @param providers the types of provider it counts for
  public record UserEvent(Set<UserOperation> operations, List<String> providers) implements Event {

    public UserEvent {
      operations = Set.copyOf(operations);
      providers = List.copyOf(providers);
    }
  }

  /// What can happen to a user.
  public enum UserOperation {
    LOGIN,
    CREATE,
    DELETE
  }

  /// A moment came.
  ///
  /// @param schedule five CRON fields, in UTC
  public record Schedule(String schedule, boolean skipCatchUpEvents) implements Event {}
}
