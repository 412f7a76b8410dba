package dev.berth.rules.access;

import dev.berth.appmodel.Filter;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.DocumentFilters;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import dev.berth.rules.Facts;
import dev.berth.rules.FunctionCall;
import dev.berth.rules.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Rules as they stand in files, and who asks them.
final class Rules {

  private Rules() {}

  static BsonValue ejson(String text) {
    try {
      return Ejson.parse(text.replace('\'', '"'));
    } catch (EjsonParseException e) {
      throw new AssertionError(text, e);
    }
  }

  static BsonDocument document(String text) {
    return ejson(text).asDocument();
  }

  /// `{roles: [...], filters: [...]}`.
  static CollectionRules rules(String text) {
    return rules(document(text));
  }

  static CollectionRules rules(BsonDocument file) {
    List<Role> roles = new ArrayList<>();
    for (BsonValue role : file.getArray("roles", new BsonArray())) {
      roles.add(role(role.asDocument()));
    }
    List<Filter> filters = new ArrayList<>();
    for (BsonValue filter : file.getArray("filters", new BsonArray())) {
      filters.add(filter(filter.asDocument()));
    }
    return CollectionRules.of(roles, filters);
  }

  static Role role(BsonDocument role) {
    BsonDocument gate = role.getDocument("document_filters", null);
    return new Role(
        "role",
        role.get("apply_when", new BsonDocument()),
        gate == null ? null : new DocumentFilters(gate.get("read"), gate.get("write")),
        role.get("read"),
        role.get("write"),
        role.get("insert"),
        role.get("delete"),
        role.get("search"),
        permissions(role),
        permission(role.getDocument("additional_fields", new BsonDocument())));
  }

  private static Map<String, FieldPermission> permissions(BsonDocument fields) {
    Map<String, FieldPermission> permissions = new LinkedHashMap<>();
    fields
        .getDocument("fields", new BsonDocument())
        .forEach((name, member) -> permissions.put(name, permission(member.asDocument())));
    return permissions;
  }

  private static FieldPermission permission(BsonDocument fields) {
    return new FieldPermission(fields.get("read"), fields.get("write"), permissions(fields));
  }

  private static Filter filter(BsonDocument filter) {
    return new Filter(
        "filter",
        filter.get("apply_when", new BsonDocument()),
        filter.getDocument("query", new BsonDocument()),
        filter.getDocument("projection", new BsonDocument()));
  }

  static Facts user(String user) {
    return user(document(user));
  }

  static Facts user(BsonDocument user) {
    Map<Source, BsonValue> known = new EnumMap<>(Source.class);
    known.put(Source.USER, user);
    known.put(Source.VALUES, document("{'team': 'red', 'list': ['x', 'y']}"));
    return Facts.of(known);
  }

  static DocumentAccess access(String rules, Facts caller) {
    return access(rules(rules), caller);
  }

  static DocumentAccess access(CollectionRules rules, Facts caller) {
    return new DocumentAccess(rules, caller, Rules::answer);
  }

  static @Nullable BsonDocument visible(DocumentAccess access, BsonDocument stored) {
    return access.visible(stored).toCompletableFuture().join().orElse(null);
  }

  /// `owns` is true of a document that belongs to Ann; `yes` and `no` are what they are; others
  /// fail.
  static CompletionStage<BsonValue> answer(FunctionCall call) {
    return switch (call.function()) {
      case "yes" -> CompletableFuture.completedFuture(BsonBoolean.TRUE);
      case "no" -> CompletableFuture.completedFuture(BsonBoolean.FALSE);
      case "owns" ->
          CompletableFuture.supplyAsync(
              () ->
                  BsonBoolean.valueOf(
                      call.arguments().getFirst() instanceof BsonDocument document
                          && new BsonString("ann").equals(document.get("owner_id"))));
      default -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
    };
  }
}
