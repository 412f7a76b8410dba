package dev.berth.gateway.clientapi;

import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.invocation.DataOperation;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// The arguments of an operation on data: from the names that clients use to those of a
/// [DataOperation].
final class DataArguments {

  /// By the client's name. Clients call the same thing differently in different operations.
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("database", "database"),
          Map.entry("collection", "collection"),
          Map.entry("query", "query"),
          Map.entry("filter", "query"),
          Map.entry("project", "projection"),
          Map.entry("projection", "projection"),
          Map.entry("sort", "sort"),
          Map.entry("limit", "limit"),
          Map.entry("pipeline", "pipeline"),
          Map.entry("document", "document"),
          Map.entry("documents", "documents"),
          Map.entry("update", "update"),
          Map.entry("upsert", "upsert"),
          Map.entry("arrayFilters", "arrayFilters"),
          Map.entry("returnNewDocument", "returnNewDocument"));

  private DataArguments() {}

  /// The object that is the only argument of such a call.
  static BsonDocument given(BsonDocument call) throws MalformedBodyException {
    if (call.get("arguments") instanceof BsonArray arguments
        && arguments.size() == 1
        && arguments.getFirst().isDocument()) {
      return arguments.getFirst().asDocument();
    }
    throw MalformedBodyException.invalid("arguments", "an array of one object");
  }

  /// A client of the name `realm-web` asks for `findOneAndReplace` when it means
  /// `findOneAndDelete`, and then says nothing of a new document. Nobody means an empty one.
  static DataOperation meant(DataOperation asked, BsonDocument given) {
    return asked == DataOperation.FIND_ONE_AND_REPLACE && !given.containsKey("update")
        ? DataOperation.FIND_ONE_AND_DELETE
        : asked;
  }

  /// What watching takes: ids, or a filter of events, or neither.
  static BsonDocument ofWatch(BsonDocument given) throws MalformedBodyException {
    BsonDocument arguments = of(DataOperation.CHANGES, given);
    arguments.keySet().retainAll(Set.of("database", "collection", "query"));
    BsonValue ids = given.get("ids");
    if (ids != null && !ids.isNull()) {
      arguments.append("ids", ids);
    }
    return arguments;
  }

  /// What the operation gets. Nothing that is not listed gets through.
  static BsonDocument of(DataOperation operation, BsonDocument given)
      throws MalformedBodyException {
    BsonDocument arguments = new BsonDocument();
    for (Map.Entry<String, BsonValue> argument : given.entrySet()) {
      String name = NAMES.get(argument.getKey());
      if (name != null && !saysNothing(name, argument.getValue())) {
        if (arguments.put(name, argument.getValue()) != null) {
          throw MalformedBodyException.invalid(argument.getKey(), "given once");
        }
      }
    }
    requireText(arguments, "database");
    requireText(arguments, "collection");
    if (operation == DataOperation.AGGREGATE && !arguments.containsKey("pipeline")) {
      throw MalformedBodyException.missing("pipeline");
    }
    return arguments;
  }

  /// Clients send empty objects for what was not asked for.
  private static boolean saysNothing(String name, BsonValue value) {
    return (name.equals("sort") || name.equals("projection"))
        && value.isDocument()
        && value.asDocument().isEmpty();
  }

  private static void requireText(BsonDocument arguments, String name)
      throws MalformedBodyException {
    BsonValue value = arguments.get(name);
    if (value == null || value.isNull()) {
      throw MalformedBodyException.missing(name);
    }
    if (!value.isString()) {
      throw MalformedBodyException.invalid(name, "a string");
    }
  }
}
