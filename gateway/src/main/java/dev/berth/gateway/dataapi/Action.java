package dev.berth.gateway.dataapi;

import static dev.berth.gateway.dataapi.Parameter.optional;
import static dev.berth.gateway.dataapi.Parameter.required;

import dev.berth.gateway.dataapi.Parameter.Kind;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.invocation.DataOperation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What can be asked of the Data API: the bodies, and the shape of the answers.
enum Action {
  FIND_ONE(DataOperation.FIND_ONE, "document", Common.FILTER, Common.PROJECTION),
  FIND(
      DataOperation.FIND,
      "documents",
      Common.FILTER,
      Common.PROJECTION,
      optional("sort", "sort", Kind.OBJECT),
      optional("limit", "limit", Kind.COUNT),
      optional("skip", "skip", Kind.COUNT)),
  INSERT_ONE(DataOperation.INSERT_ONE, null, required("document", "document", Kind.OBJECT)),
  INSERT_MANY(DataOperation.INSERT_MANY, null, required("documents", "documents", Kind.OBJECTS)),
  UPDATE_ONE(
      DataOperation.UPDATE_ONE,
      null,
      Common.WANTED_FILTER,
      required("update", "update", Kind.UPDATE),
      Common.UPSERT),
  UPDATE_MANY(
      DataOperation.UPDATE_MANY,
      null,
      Common.WANTED_FILTER,
      required("update", "update", Kind.UPDATE),
      Common.UPSERT),
  REPLACE_ONE(
      DataOperation.REPLACE_ONE,
      null,
      Common.WANTED_FILTER,
      required("replacement", "update", Kind.OBJECT),
      Common.UPSERT),
  DELETE_ONE(DataOperation.DELETE_ONE, null, Common.WANTED_FILTER),
  DELETE_MANY(DataOperation.DELETE_MANY, null, Common.WANTED_FILTER),
  AGGREGATE(DataOperation.AGGREGATE, "documents", required("pipeline", "pipeline", Kind.OBJECTS));

  /// The field that every body has besides the [#parameters].
  static final Parameter DATA_SOURCE = required("dataSource", "dataSource", Kind.TEXT);

  /// As many documents as `find` gives to who does not say how many.
  static final int USUAL_LIMIT = 1000;

  private static final Map<String, Action> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(Action::wireName, Function.identity()));

  private final DataOperation operation;
  private final @Nullable String resultName;

  /// Nobody can change it.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Parameter> parameters;

  Action(DataOperation operation, @Nullable String resultName, Parameter... parameters) {
    this.operation = operation;
    this.resultName = resultName;
    this.parameters =
        Stream.concat(Stream.of(Common.DATABASE, Common.COLLECTION), Stream.of(parameters))
            .toList();
  }

  /// The action of a URL; `null` when there is none of that name.
  static @Nullable Action named(String name) {
    return BY_NAME.get(name);
  }

  String wireName() {
    return operation.wireName();
  }

  DataOperation operation() {
    return operation;
  }

  /// All fields of the body but `dataSource`.
  List<Parameter> parameters() {
    return parameters;
  }

  /// The fields of the answer.
  List<String> resultFields() {
    return switch (this) {
      case FIND_ONE, FIND, AGGREGATE -> List.of(String.valueOf(resultName));
      case INSERT_ONE -> List.of("insertedId");
      case INSERT_MANY -> List.of("insertedIds");
      case UPDATE_ONE, UPDATE_MANY, REPLACE_ONE ->
          List.of("matchedCount", "modifiedCount", "upsertedId");
      case DELETE_ONE, DELETE_MANY -> List.of("deletedCount");
    };
  }

  /// The arguments of the operation. What nobody asks for in the body is ignored.
  BsonDocument arguments(BsonDocument body) throws MalformedBodyException {
    BsonDocument arguments = new BsonDocument();
    for (Parameter parameter : parameters) {
      parameter.read(body, arguments);
    }
    if (this == FIND) {
      arguments.putIfAbsent("limit", new BsonInt32(USUAL_LIMIT));
    }
    return arguments;
  }

  /// The body of the answer.
  BsonValue answer(BsonValue result) {
    return resultName == null ? result : new BsonDocument(resultName, result);
  }

  /// Fields of several actions.
  private static final class Common {

    static final Parameter DATABASE = required("database", "database", Kind.TEXT);
    static final Parameter COLLECTION = required("collection", "collection", Kind.TEXT);
    static final Parameter FILTER = optional("filter", "query", Kind.OBJECT);

    /// Nobody changes or deletes everything by leaving something out.
    static final Parameter WANTED_FILTER = required("filter", "query", Kind.OBJECT);

    static final Parameter PROJECTION = optional("projection", "projection", Kind.OBJECT);
    static final Parameter UPSERT = optional("upsert", "upsert", Kind.FLAG);

    private Common() {}
  }
}
