package dev.berth.worker.mongodb;

import dev.berth.rules.access.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What the rules and the schema of a collection mean, straight from their files and one decision
/// after the other.
///
/// @param file `{roles: [...], filters: [...]}`
record PlainRules(BsonDocument file, @Nullable BsonDocument schema, BsonDocument user) {

  /// What an expression may look at: the document as it comes to be, and as it was; the same of
  /// the field that it is about.
  private record Look(
      @Nullable BsonValue root,
      @Nullable BsonValue prevRoot,
      @Nullable BsonValue field,
      @Nullable BsonValue prev) {

    static Look at(@Nullable BsonDocument root, @Nullable BsonDocument prevRoot) {
      return new Look(root, prevRoot, null, null);
    }

    Look about(@Nullable BsonValue value, @Nullable BsonValue before) {
      return new Look(root, prevRoot, value, before);
    }
  }

  private boolean holds(@Nullable BsonValue expression, Look look) {
    if (expression == null) {
      return false;
    }
    Map<String, BsonValue> facts =
        new HashMap<>(Map.of("user", user, "true", BsonBoolean.TRUE, "false", BsonBoolean.FALSE));
    Map<String, BsonValue> known = new HashMap<>();
    known.put("root", look.root());
    known.put("prevRoot", look.prevRoot());
    known.put("this", look.field());
    known.put("prev", look.prev());
    known.forEach(
        (name, value) -> {
          if (value != null) {
            facts.put(name, value);
          }
        });
    return new PlainTruth(facts).holds(expression);
  }

  /// The queries of the filters that apply.
  BsonDocument narrowed(BsonDocument query) {
    BsonArray all = new BsonArray(List.of(query));
    filters().forEach(filter -> all.add(resolved(filter.getDocument("query"))));
    return new BsonDocument("$and", all);
  }

  List<BsonDocument> projections() {
    return filters().stream().map(filter -> filter.getDocument("projection")).toList();
  }

  private List<BsonDocument> filters() {
    return file.getArray("filters", new BsonArray()).stream()
        .map(BsonValue::asDocument)
        .filter(filter -> holds(filter.get("apply_when"), Look.at(null, null)))
        .toList();
  }

  private BsonDocument resolved(BsonDocument query) {
    String text = query.toJson().replace("%%user.id", user.getString("id").getValue());
    return BsonDocument.parse(text);
  }

  private @Nullable BsonDocument role(Look look) {
    return file.getArray("roles").stream()
        .map(BsonValue::asDocument)
        .filter(role -> holds(role.get("apply_when", new BsonDocument()), look))
        .findFirst()
        .orElse(null);
  }

  private boolean isOpen(BsonDocument role, String gate, Look look) {
    BsonDocument gates = role.getDocument("document_filters", new BsonDocument());
    return !gates.containsKey(gate) || holds(gates.get(gate), look);
  }

  /// What of a document its caller sees; nothing where it is not there for the caller.
  @Nullable BsonDocument visible(BsonDocument stored) {
    Look reading = Look.at(stored, null);
    Look writing = Look.at(stored, stored);
    BsonDocument role = role(reading);
    if (role == null || !(isOpen(role, "read", reading) || isOpen(role, "write", writing))) {
      return null;
    }
    if (holds(role.get("read"), reading) || holds(role.get("write"), writing)) {
      return stored;
    }
    BsonDocument seen = new BsonDocument();
    if (!role.containsKey("read")) {
      stored.forEach((name, value) -> see(seen, name, value, rule(role, name), stored));
    }
    return seen.isEmpty() ? null : seen;
  }

  private void see(
      BsonDocument seen,
      String name,
      BsonValue value,
      @Nullable BsonDocument rule,
      BsonDocument stored) {
    BsonValue left = rule == null ? null : seen(value, rule, stored);
    if (left != null) {
      seen.append(name, left);
    }
  }

  private @Nullable BsonValue seen(BsonValue value, BsonDocument rule, BsonDocument stored) {
    if (holds(rule.get("read"), Look.at(stored, null).about(value, null))
        || holds(rule.get("write"), Look.at(stored, stored).about(value, value))) {
      return value;
    }
    if (rule.containsKey("read") || !rule.containsKey("fields")) {
      return null;
    }
    if (value instanceof BsonDocument document) {
      BsonDocument inner = new BsonDocument();
      document.forEach((name, part) -> see(inner, name, part, inside(rule, name), stored));
      return inner.isEmpty() ? null : inner;
    }
    List<BsonValue> elements = new ArrayList<>();
    if (value instanceof BsonArray array) {
      for (BsonValue element : array) {
        BsonValue left = element.isDocument() ? seen(element, rule, stored) : null;
        if (left != null) {
          elements.add(left);
        }
      }
    }
    return elements.isEmpty() ? null : new BsonArray(elements);
  }

  private static BsonDocument rule(BsonDocument role, String field) {
    BsonDocument listed = inside(role, field);
    return listed == null ? role.getDocument("additional_fields", new BsonDocument()) : listed;
  }

  private static @Nullable BsonDocument inside(BsonDocument rule, String field) {
    return rule.getDocument("fields", new BsonDocument()).getDocument(field, null);
  }

  private static Permission permission(boolean isPermitted) {
    return isPermitted ? Permission.PERMITTED : Permission.DENIED;
  }

  /// @param written what the caller gave, without an `_id` that was made
  Permission insert(BsonDocument document, BsonDocument written) {
    Look look = Look.at(document, null);
    BsonDocument role = role(look);
    if (role == null) {
      return Permission.NO_ROLE;
    }
    boolean mayWrite =
        role.containsKey("write")
            ? holds(role.get("write"), look)
            : !written.isEmpty()
                && written.entrySet().stream()
                    .allMatch(
                        field -> mayTurn(null, field.getValue(), rule(role, field.getKey()), look));
    return permission(
        isOpen(role, "write", look)
            && mayWrite
            && holds(role.get("insert", new BsonDocument()), look));
  }

  Permission update(BsonDocument before, BsonDocument after) {
    Look asItWas = Look.at(before, before);
    Look look = Look.at(after, before);
    BsonDocument role = role(asItWas);
    if (role == null) {
      return Permission.NO_ROLE;
    }
    boolean mayWrite =
        role.containsKey("write")
            ? holds(role.get("write"), look)
            : names(before, after).stream()
                .allMatch(
                    name -> mayTurn(before.get(name), after.get(name), rule(role, name), look));
    return permission(isOpen(role, "write", asItWas) && isOpen(role, "write", look) && mayWrite);
  }

  Permission delete(BsonDocument stored) {
    Look look = Look.at(stored, stored);
    BsonDocument role = role(look);
    if (role == null) {
      return Permission.NO_ROLE;
    }
    boolean mayWrite =
        role.containsKey("write")
            ? holds(role.get("write"), look)
            : stored.entrySet().stream()
                .allMatch(field -> mayGo(field.getValue(), rule(role, field.getKey()), look));
    return permission(
        isOpen(role, "write", look)
            && mayWrite
            && holds(role.get("delete", new BsonDocument()), look));
  }

  private boolean mayGo(BsonValue value, @Nullable BsonDocument rule, Look look) {
    if (rule == null) {
      return false;
    }
    if (rule.containsKey("write")) {
      return holds(rule.get("write"), look.about(value, value));
    }
    return switch (value) {
      case BsonDocument inner ->
          !inner.isEmpty()
              && inner.entrySet().stream()
                  .allMatch(part -> mayGo(part.getValue(), inside(rule, part.getKey()), look));
      case BsonArray array ->
          !array.isEmpty()
              && array.stream().allMatch(each -> each.isDocument() && mayGo(each, rule, look));
      default -> false;
    };
  }

  private boolean mayTurn(
      @Nullable BsonValue before,
      @Nullable BsonValue after,
      @Nullable BsonDocument rule,
      Look look) {
    if (before == null ? after == null : before.equals(after)) {
      return true;
    }
    if (rule == null) {
      return false;
    }
    if (rule.containsKey("write")) {
      return holds(rule.get("write"), look.about(after, before));
    }
    if (!rule.containsKey("fields")) {
      return false;
    }
    BsonValue some = before == null ? after : before;
    if (some instanceof BsonArray) {
      return mayTurnElements(before, after, rule, look);
    }
    return mayTurnInside(before, after, rule, look);
  }

  private boolean mayTurnInside(
      @Nullable BsonValue before, @Nullable BsonValue after, BsonDocument rule, Look look) {
    if ((before != null && !before.isDocument()) || (after != null && !after.isDocument())) {
      return false;
    }
    BsonDocument old = before == null ? new BsonDocument() : before.asDocument();
    BsonDocument now = after == null ? new BsonDocument() : after.asDocument();
    boolean comesOrGoesEmpty = (before == null || after == null) && old.isEmpty() && now.isEmpty();
    return !comesOrGoesEmpty
        && names(old, now).stream()
            .allMatch(name -> mayTurn(old.get(name), now.get(name), inside(rule, name), look));
  }

  private boolean mayTurnElements(
      @Nullable BsonValue before, @Nullable BsonValue after, BsonDocument rule, Look look) {
    if ((before != null && !before.isArray()) || (after != null && !after.isArray())) {
      return false;
    }
    List<BsonValue> old = before == null ? List.of() : before.asArray();
    List<BsonValue> now = after == null ? List.of() : after.asArray();
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      BsonValue was = i < old.size() ? old.get(i) : null;
      BsonValue is = i < now.size() ? now.get(i) : null;
      boolean isSame = was != null && was.equals(is);
      if (!isSame && !mayTurnInside(was, is, rule, look)) {
        return false;
      }
    }
    return (before != null && after != null) || old.size() + now.size() > 0;
  }

  private static TreeSet<String> names(BsonDocument before, BsonDocument after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }

  /// Whether the schema allows what a document is to be: one of the few forms that are generated.
  boolean isValid(@Nullable BsonDocument before, BsonDocument after) {
    if (schema == null) {
      return true;
    }
    BsonDocument properties = schema.getDocument("properties", new BsonDocument());
    Look look = Look.at(after, before);
    return schema.getArray("required", new BsonArray()).stream()
            .allMatch(name -> after.containsKey(name.asString().getValue()))
        && (!schema.containsKey("validate") || holds(schema.get("validate"), look))
        && properties.entrySet().stream()
            .allMatch(
                property ->
                    !after.containsKey(property.getKey())
                        || isValid(
                            property.getValue().asDocument(),
                            before == null ? null : before.get(property.getKey()),
                            after.get(property.getKey()),
                            look));
  }

  private boolean isValid(
      BsonDocument form, @Nullable BsonValue before, BsonValue value, Look look) {
    return (!form.containsKey("bsonType") || value.isInt32())
        && (!form.containsKey("maximum")
            || !value.isInt32()
            || value.asInt32().getValue() <= form.getInt32("maximum").getValue())
        && (!form.containsKey("validate")
            || holds(form.get("validate"), look.about(value, before)));
  }
}
