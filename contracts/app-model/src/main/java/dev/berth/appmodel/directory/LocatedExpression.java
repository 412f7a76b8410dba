package dev.berth.appmodel.directory;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.json.JsonNode;
import org.bson.BsonValue;

/// An expression of an app directory and where it stands, for whoever knows what expressions
/// mean.
///
/// @param expression with its templates replaced
/// @param written the same in the file
public record LocatedExpression(ExpressionScope scope, BsonValue expression, JsonNode written)
    implements Located {}
