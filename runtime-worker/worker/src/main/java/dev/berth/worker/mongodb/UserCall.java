package dev.berth.worker.mongodb;

import com.mongodb.reactivestreams.client.MongoCollection;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.rules.Candidates;
import dev.berth.rules.Deliberation;
import dev.berth.rules.Facts;
import dev.berth.rules.Functions;
import dev.berth.rules.access.CollectionRules;
import dev.berth.rules.access.DocumentAccess;
import dev.berth.rules.access.UserOperators;
import dev.berth.rules.schema.Schema;
import dev.berth.rules.schema.Violation;
import dev.berth.worker.access.AppRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A [Call] of a user, and what the rules of the collection permit.
record UserCall(Call call, AppRules app, Facts facts) {

  /// No function is called to decide about data, so what needs one is not permitted.
  private static final Functions FUNCTIONS =
      _ ->
          CompletableFuture.failedFuture(
              new IllegalStateException("rules of data call no functions"));

  static UserCall of(Call call, AppRules app) {
    return new UserCall(call, app, app.facts(call.scope().invocation()));
  }

  Arguments arguments() {
    return call.arguments();
  }

  MongoCollection<BsonDocument> collection() {
    return call.collection();
  }

  CollectionRules rules() {
    CollectionRules rules =
        app.rules(
            arguments().text("service"),
            arguments().text("database"),
            arguments().text("collection"));
    if (rules.isEmpty()) {
      throw new GuestServiceException(
          "NoMatchingRuleFound", "no rule exists for this collection", null);
    }
    return rules;
  }

  DocumentAccess access() {
    return new DocumentAccess(rules(), facts, FUNCTIONS);
  }

  /// The caller's query.
  Candidates query() {
    check(arguments().documentOrEmpty("query"), "query");
    BsonDocument query = call.query();
    return query.isEmpty() ? new Candidates.All() : new Candidates.Found(query);
  }

  /// An argument that the database is to understand.
  @Nullable BsonDocument checked(String name) {
    BsonDocument value = arguments().optionalDocument(name);
    if (value != null) {
      check(value, name);
    }
    return value;
  }

  private void check(BsonValue value, String name) {
    Optional<String> refused = UserOperators.refusedIn(value);
    if (refused.isPresent()) {
      throw refused(name, refused.get());
    }
  }

  List<BsonDocument> pipeline() {
    for (BsonDocument stage : arguments().documents("pipeline")) {
      Optional<String> refused = UserOperators.refusedInPipeline(stage);
      if (refused.isPresent()) {
        throw refused("pipeline", refused.get());
      }
    }
    return call.pipeline();
  }

  private GuestServiceException refused(String argument, String what) {
    return new GuestServiceException(
        "InvalidParameter",
        arguments().operation()
            + ": \""
            + argument
            + "\" has "
            + what
            + ", which is available to system functions only",
        null);
  }

  /// Refuses a document that the schema of the collection does not allow.
  CompletionStage<BsonDocument> valid(@Nullable BsonDocument before, BsonDocument after) {
    Optional<Schema> schema =
        app.schema(
            arguments().text("service"),
            arguments().text("database"),
            arguments().text("collection"));
    if (schema.isEmpty()) {
      return CompletableFuture.completedFuture(after);
    }
    return new Deliberation(facts, FUNCTIONS)
        .answer(truths -> schema.get().violations(truths, facts, before, after))
        .thenApply(
            violations -> {
              if (!violations.isEmpty()) {
                throw invalid(violations);
              }
              return after;
            });
  }

  private static GuestServiceException invalid(List<Violation> violations) {
    return new GuestServiceException(
        "SchemaValidationFailedWrite",
        "the document does not have the form that its schema asks for: "
            + String.join("; ", violations.stream().map(Violation::toString).toList()),
        null);
  }

  GuestServiceException denied(String operation) {
    return new GuestServiceException("NoMatchingRuleFound", operation + " not permitted", null);
  }
}
