package dev.berth.invocation;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a [Invocation.DataCall] may do to a collection, whoever asks for it.
///
/// All take `database` and `collection`; what else they know of stands beside each.
public enum DataOperation {
  /// `query`, `projection`, `sort`, `skip`, `limit`; gives an array.
  FIND("find"),
  /// `query`, `projection`, `sort`; gives a document or `null`.
  FIND_ONE("findOne"),
  /// `pipeline`; gives an array.
  AGGREGATE("aggregate"),
  /// `query`, `limit`; gives a number.
  COUNT("count"),
  /// `document`; gives `insertedId`.
  INSERT_ONE("insertOne"),
  /// `documents`; gives `insertedIds`.
  INSERT_MANY("insertMany"),
  /// `query`, `update`, `upsert`, `arrayFilters`; gives `matchedCount`, `modifiedCount` and, when
  /// there is one, `upsertedId`.
  UPDATE_ONE("updateOne"),
  /// As [#UPDATE_ONE].
  UPDATE_MANY("updateMany"),
  /// `query`, `update` (the new document), `upsert`; gives what [#UPDATE_ONE] gives.
  REPLACE_ONE("replaceOne"),
  /// `query`; gives `deletedCount`.
  DELETE_ONE("deleteOne"),
  /// As [#DELETE_ONE].
  DELETE_MANY("deleteMany"),
  /// `query`, `update`, `projection`, `sort`, `upsert`, `arrayFilters`, `returnNewDocument`;
  /// gives
  /// a document or `null`.
  FIND_ONE_AND_UPDATE("findOneAndUpdate"),
  /// As [#FIND_ONE_AND_UPDATE]; `update` is the new document.
  FIND_ONE_AND_REPLACE("findOneAndReplace"),
  /// `query`, `projection`, `sort`; gives a document or `null`.
  FIND_ONE_AND_DELETE("findOneAndDelete"),
  /// `position`, and `ids` or `query`, which is about the events; gives `events` and `position`:
  /// what has changed since a position that it gave earlier. Without one it gives no events. It
  /// waits for nothing; who watches asks again and again.
  CHANGES("changes");

  private static final Map<String, DataOperation> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(DataOperation::wireName, Function.identity()));

  private final String wireName;

  DataOperation(String wireName) {
    this.wireName = wireName;
  }

  /// As clients and functions call it.
  public String wireName() {
    return wireName;
  }

  /// The operation that clients call so.
  public static Optional<DataOperation> named(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }
}
