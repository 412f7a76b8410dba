package dev.berth.worker.mongodb;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.FindOneAndDeleteOptions;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.InsertManyResult;
import com.mongodb.client.result.InsertOneResult;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.AggregatePublisher;
import com.mongodb.reactivestreams.client.ClientSession;
import com.mongodb.reactivestreams.client.DistinctPublisher;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// A collection, inside of a transaction or of none.
///
/// @param session whose transaction; `null` for none
record SessionCollection(
    MongoCollection<BsonDocument> collection, @Nullable ClientSession session) {

  /// Without its database.
  String name() {
    return collection.getNamespace().getCollectionName();
  }

  FindPublisher<BsonDocument> find() {
    return find(new BsonDocument(), BsonDocument.class);
  }

  <T> FindPublisher<T> find(BsonDocument query, Class<T> type) {
    return session == null ? collection.find(query, type) : collection.find(session, query, type);
  }

  <T> AggregatePublisher<T> aggregate(List<BsonDocument> pipeline, Class<T> type) {
    return session == null
        ? collection.aggregate(pipeline, type)
        : collection.aggregate(session, pipeline, type);
  }

  /// An aggregation of the database, in the same transaction.
  <T> AggregatePublisher<T> inDatabase(
      MongoDatabase database, List<BsonDocument> pipeline, Class<T> type) {
    return session == null
        ? database.aggregate(pipeline, type)
        : database.aggregate(session, pipeline, type);
  }

  Publisher<Long> countDocuments(BsonDocument query, CountOptions options) {
    return session == null
        ? collection.countDocuments(query, options)
        : collection.countDocuments(session, query, options);
  }

  DistinctPublisher<BsonValue> distinct(String field, BsonDocument query) {
    return session == null
        ? collection.distinct(field, query, BsonValue.class)
        : collection.distinct(session, field, query, BsonValue.class);
  }

  Publisher<InsertOneResult> insertOne(BsonDocument document, InsertOneOptions options) {
    return session == null
        ? collection.insertOne(document, options)
        : collection.insertOne(session, document, options);
  }

  Publisher<InsertManyResult> insertMany(List<BsonDocument> documents, InsertManyOptions options) {
    return session == null
        ? collection.insertMany(documents, options)
        : collection.insertMany(session, documents, options);
  }

  Publisher<UpdateResult> updateOne(BsonDocument query, Change change, UpdateOptions options) {
    return switch (change) {
      case Change.Operators(var update) ->
          session == null
              ? collection.updateOne(query, update, options)
              : collection.updateOne(session, query, update, options);
      case Change.Pipeline(var stages) ->
          session == null
              ? collection.updateOne(query, stages, options)
              : collection.updateOne(session, query, stages, options);
    };
  }

  Publisher<UpdateResult> updateMany(BsonDocument query, Change change, UpdateOptions options) {
    return switch (change) {
      case Change.Operators(var update) ->
          session == null
              ? collection.updateMany(query, update, options)
              : collection.updateMany(session, query, update, options);
      case Change.Pipeline(var stages) ->
          session == null
              ? collection.updateMany(query, stages, options)
              : collection.updateMany(session, query, stages, options);
    };
  }

  Publisher<UpdateResult> replaceOne(
      BsonDocument query, BsonDocument replacement, ReplaceOptions options) {
    return session == null
        ? collection.replaceOne(query, replacement, options)
        : collection.replaceOne(session, query, replacement, options);
  }

  Publisher<DeleteResult> deleteOne(BsonDocument query, DeleteOptions options) {
    return session == null
        ? collection.deleteOne(query, options)
        : collection.deleteOne(session, query, options);
  }

  Publisher<DeleteResult> deleteMany(BsonDocument query, DeleteOptions options) {
    return session == null
        ? collection.deleteMany(query, options)
        : collection.deleteMany(session, query, options);
  }

  Publisher<BsonDocument> findOneAndUpdate(
      BsonDocument query, Change change, FindOneAndUpdateOptions options) {
    return switch (change) {
      case Change.Operators(var update) ->
          session == null
              ? collection.findOneAndUpdate(query, update, options)
              : collection.findOneAndUpdate(session, query, update, options);
      case Change.Pipeline(var stages) ->
          session == null
              ? collection.findOneAndUpdate(query, stages, options)
              : collection.findOneAndUpdate(session, query, stages, options);
    };
  }

  Publisher<BsonDocument> findOneAndReplace(
      BsonDocument query, BsonDocument replacement, FindOneAndReplaceOptions options) {
    return session == null
        ? collection.findOneAndReplace(query, replacement, options)
        : collection.findOneAndReplace(session, query, replacement, options);
  }

  Publisher<BsonDocument> findOneAndDelete(BsonDocument query, FindOneAndDeleteOptions options) {
    return session == null
        ? collection.findOneAndDelete(query, options)
        : collection.findOneAndDelete(session, query, options);
  }

  Publisher<?> bulkWrite(List<WriteModel<BsonDocument>> models, BulkWriteOptions options) {
    return session == null
        ? collection.bulkWrite(models, options)
        : collection.bulkWrite(session, models, options);
  }
}
