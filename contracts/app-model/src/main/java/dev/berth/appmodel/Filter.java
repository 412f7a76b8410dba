package dev.berth.appmodel;

import org.bson.BsonDocument;
import org.bson.BsonValue;

/// A query and a projection that are merged into what a user asks of a collection.
///
/// @param applyWhen an expression, evaluated once per request and without a document
public record Filter(
    String name, BsonValue applyWhen, BsonDocument query, BsonDocument projection) {}
