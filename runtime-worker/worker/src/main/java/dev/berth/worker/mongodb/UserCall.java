package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.rules.Candidates;
import dev.berth.rules.Deliberation;
import dev.berth.rules.Facts;
import dev.berth.rules.Functions;
import dev.berth.rules.access.CollectionRules;
import dev.berth.rules.access.DocumentAccess;
import dev.berth.rules.access.Narrowing;
import dev.berth.rules.access.Projection;
import dev.berth.rules.access.UserOperators;
import dev.berth.rules.schema.Schema;
import dev.berth.rules.schema.Violation;
import dev.berth.worker.access.AppRules;
import dev.berth.worker.access.FunctionsOfRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A [Call] of a user, and what the rules of the collection permit.
///
/// @param functions that the rules call
record UserCall(Call call, AppRules app, Facts facts, Functions functions) {

  static UserCall of(Call call, AppRules app, FunctionsOfRules functions) {
    return new UserCall(
        call, app, app.facts(call.scope().invocation()), functions.of(call.scope(), app));
  }

  Arguments arguments() {
    return call.arguments();
  }

  SessionCollection collection() {
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
    return new DocumentAccess(rules(), facts, functions);
  }

  /// The caller's query.
  Candidates query() {
    requireAllowedQuery();
    BsonDocument query = call.query();
    return query.isEmpty() ? new Candidates.All() : new Candidates.Found(query);
  }

  /// Refuses a query with what users may not use.
  void requireAllowedQuery() {
    check(arguments().documentOrEmpty("query"), "query");
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
    arguments().documents("pipeline").forEach(stage -> checkStage(stage, "pipeline"));
    return call.pipeline();
  }

  /// The change of an update. Of operators only the conditions of `$pull` and of array filters
  /// are queries; everything else is stored.
  Change change() {
    List<BsonDocument> filters = arguments().optionalDocuments("arrayFilters");
    if (filters != null) {
      filters.forEach(filter -> check(filter, "arrayFilters"));
    }
    Change change = call.change(arguments());
    switch (change) {
      case Change.Operators(var update) -> check(update.get("$pull", new BsonDocument()), "update");
      case Change.Pipeline(var stages) -> stages.forEach(stage -> checkStage(stage, "update"));
    }
    return change;
  }

  private void checkStage(BsonDocument stage, String name) {
    Optional<String> refused = UserOperators.refusedInPipeline(stage);
    if (refused.isPresent()) {
      throw refused(name, refused.get());
    }
  }

  /// The same call with other arguments: a part of a list of operations.
  UserCall part(String name, BsonDocument values) {
    BsonDocument all = new BsonDocument();
    for (String target : List.of("service", "database", "collection", "session")) {
      if (arguments().has(target)) {
        all.append(target, arguments().value(target));
      }
    }
    all.putAll(values);
    return new UserCall(call.with(arguments().inside(name, all)), app, facts, functions);
  }

  /// What the caller sees of a stored document, whatever it asks for.
  CompletionStage<BsonDocument> seen(BsonDocument stored) {
    DocumentAccess access = access();
    return access
        .narrowing()
        .thenCombine(
            access.visible(stored),
            (narrowing, visible) ->
                visible
                    .map(Projection.of(narrowing.projections())::of)
                    .orElseGet(BsonDocument::new));
  }

  /// Which fields the caller wants to see of what it reads, as far as the filters leave them.
  Projection projection(Narrowing narrowing) {
    List<BsonDocument> projections = new ArrayList<>(narrowing.projections());
    BsonDocument own = arguments().optionalDocument("projection");
    if (own != null) {
      projections.add(own);
    }
    return Projection.of(projections);
  }

  /// What is to be shown of a document that the caller writes, before anything is written: of
  /// what filters leave, the fields that the caller wants.
  CompletionStage<UnaryOperator<BsonDocument>> projection() {
    BsonDocument own = arguments().optionalDocument("projection");
    Projection wanted = Projection.of(own == null ? List.of() : List.of(own));
    return access()
        .narrowing()
        .thenApply(narrowing -> Projection.of(narrowing.projections()))
        .thenApply(left -> document -> wanted.of(left.of(document)));
  }

  /// What the caller may see of a document that it has written.
  CompletionStage<BsonValue> shown(
      Optional<BsonDocument> document, UnaryOperator<BsonDocument> projection) {
    return document.isEmpty()
        ? Results.done(BsonNull.VALUE)
        : access()
            .visible(document.get())
            .thenApply(
                visible ->
                    visible.map(projection).map(BsonValue.class::cast).orElse(BsonNull.VALUE));
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
    return new Deliberation(facts, functions)
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
