package dev.berth.rules.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What roles mean, said as plainly as possible and without a line of the engine: straight from
/// the files, one decision after the other.
///
/// @param file `{roles: [...]}`
record ReferenceRules(BsonDocument file, BsonDocument user) {

  private boolean holds(
      @Nullable BsonValue expression,
      @Nullable BsonValue root,
      @Nullable BsonValue prevRoot,
      @Nullable BsonValue field,
      @Nullable BsonValue prev) {
    Map<String, BsonValue> facts = new HashMap<>();
    facts.put("user", user);
    put(facts, "root", root);
    put(facts, "prevRoot", prevRoot);
    put(facts, "this", field);
    put(facts, "prev", prev);
    return expression != null
        && Boolean.TRUE.equals(new ReferenceExpressions(facts).of(expression));
  }

  private static void put(Map<String, BsonValue> facts, String name, @Nullable BsonValue value) {
    if (value != null) {
      facts.put(name, value);
    }
  }

  private @Nullable BsonDocument role(BsonDocument root, @Nullable BsonDocument prevRoot) {
    for (BsonValue role : file.getArray("roles")) {
      BsonValue when = role.asDocument().get("apply_when", new BsonDocument());
      if (holds(when, root, prevRoot, null, null)) {
        return role.asDocument();
      }
    }
    return null;
  }

  private boolean gate(
      BsonDocument role, String kind, BsonDocument root, @Nullable BsonDocument prevRoot) {
    BsonDocument gate = role.getDocument("document_filters", new BsonDocument());
    return !gate.containsKey(kind) || holds(gate.get(kind), root, prevRoot, null, null);
  }

  @Nullable BsonDocument visible(BsonDocument stored) {
    BsonDocument role = role(stored, null);
    if (role == null
        || !(gate(role, "read", stored, null) || gate(role, "write", stored, stored))) {
      return null;
    }
    if (holds(role.get("read"), stored, null, null, null)
        || holds(role.get("write"), stored, stored, null, null)) {
      return stored;
    }
    if (role.containsKey("read")) {
      return null;
    }
    BsonDocument visible = fields(stored, stored, role, true);
    return visible.isEmpty() ? null : visible;
  }

  private static @Nullable BsonDocument rule(BsonDocument parent, String name, boolean isTop) {
    BsonDocument fields = parent.getDocument("fields", new BsonDocument());
    if (fields.containsKey(name)) {
      return fields.getDocument(name);
    }
    return isTop ? parent.getDocument("additional_fields", new BsonDocument()) : null;
  }

  private BsonDocument fields(
      BsonDocument stored, BsonDocument part, BsonDocument parent, boolean isTop) {
    BsonDocument visible = new BsonDocument();
    part.forEach(
        (name, value) -> {
          BsonDocument rule = rule(parent, name, isTop);
          BsonValue left = rule == null ? null : field(stored, value, rule);
          if (left != null) {
            visible.append(name, left);
          }
        });
    return visible;
  }

  private @Nullable BsonValue field(BsonDocument stored, BsonValue value, BsonDocument rule) {
    if (holds(rule.get("read"), stored, null, value, null)
        || holds(rule.get("write"), stored, stored, value, value)) {
      return value;
    }
    if (rule.containsKey("read") || !rule.containsKey("fields")) {
      return null;
    }
    if (value instanceof BsonDocument document) {
      BsonDocument visible = fields(stored, document, rule, false);
      return visible.isEmpty() ? null : visible;
    }
    if (!(value instanceof BsonArray array)) {
      return null;
    }
    BsonArray visible = new BsonArray();
    for (BsonValue element : array) {
      if (element instanceof BsonDocument document) {
        BsonDocument left = fields(stored, document, rule, false);
        if (!left.isEmpty()) {
          visible.add(left);
        }
      }
    }
    return visible.isEmpty() ? null : visible;
  }

  Permission insert(BsonDocument document) {
    BsonDocument role = role(document, null);
    if (role == null) {
      return Permission.NO_ROLE;
    }
    boolean mayWrite =
        role.containsKey("write")
            ? holds(role.get("write"), document, null, null, null)
            : !document.isEmpty() && changes(document, null, new BsonDocument(), document, role);
    return Permission.of(
        gate(role, "write", document, null)
            && mayWrite
            && holds(orTrue(role, "insert"), document, null, null, null));
  }

  Permission update(BsonDocument before, BsonDocument after) {
    BsonDocument role = role(before, before);
    if (role == null) {
      return Permission.NO_ROLE;
    }
    boolean mayWrite =
        role.containsKey("write")
            ? holds(role.get("write"), after, before, null, null)
            : changes(after, before, before, after, role);
    return Permission.of(
        gate(role, "write", before, before) && gate(role, "write", after, before) && mayWrite);
  }

  Permission delete(BsonDocument stored) {
    BsonDocument role = role(stored, stored);
    if (role == null) {
      return Permission.NO_ROLE;
    }
    boolean mayWrite =
        role.containsKey("write")
            ? holds(role.get("write"), stored, stored, null, null)
            : !stored.isEmpty()
                && stored.entrySet().stream()
                    .allMatch(
                        field -> whole(stored, field.getValue(), rule(role, field.getKey(), true)));
    return Permission.of(
        gate(role, "write", stored, stored)
            && mayWrite
            && holds(orTrue(role, "delete"), stored, stored, null, null));
  }

  private static BsonValue orTrue(BsonDocument role, String permission) {
    return role.get(permission, new BsonDocument());
  }

  /// Whether every part of a field that is to be deleted may be written.
  private boolean whole(BsonDocument stored, BsonValue value, @Nullable BsonDocument rule) {
    if (rule == null) {
      return false;
    }
    if (rule.containsKey("write")) {
      return holds(rule.get("write"), stored, stored, value, value);
    }
    if (value instanceof BsonArray array) {
      return !array.isEmpty()
          && array.stream()
              .allMatch(element -> element.isDocument() && whole(stored, element, rule));
    }
    return value instanceof BsonDocument document
        && !document.isEmpty()
        && document.entrySet().stream()
            .allMatch(field -> whole(stored, field.getValue(), rule(rule, field.getKey(), false)));
  }

  private boolean changes(
      BsonDocument root,
      @Nullable BsonDocument prevRoot,
      BsonDocument before,
      BsonDocument after,
      BsonDocument role) {
    return names(before, after).stream()
        .allMatch(
            name ->
                change(root, prevRoot, before.get(name), after.get(name), rule(role, name, true)));
  }

  private static TreeSet<String> names(BsonDocument before, BsonDocument after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }

  private boolean change(
      BsonDocument root,
      @Nullable BsonDocument prevRoot,
      @Nullable BsonValue before,
      @Nullable BsonValue after,
      @Nullable BsonDocument rule) {
    if (String.valueOf(before).equals(String.valueOf(after))) {
      return true;
    }
    if (rule == null) {
      return false;
    }
    if (rule.containsKey("write")) {
      return holds(rule.get("write"), root, prevRoot, after, before);
    }
    if (!rule.containsKey("fields")) {
      return false;
    }
    return switch (before == null ? after : before) {
      case BsonDocument _ -> objects(root, prevRoot, before, after, rule);
      case BsonArray _ -> arrays(root, prevRoot, before, after, rule);
      case null, default -> false;
    };
  }

  /// An object that comes or goes must have fields, all of which may come or go.
  private boolean objects(
      BsonDocument root,
      @Nullable BsonDocument prevRoot,
      @Nullable BsonValue before,
      @Nullable BsonValue after,
      BsonDocument rule) {
    if ((before != null && !before.isDocument()) || (after != null && !after.isDocument())) {
      return false;
    }
    BsonDocument old = before == null ? new BsonDocument() : before.asDocument();
    BsonDocument now = after == null ? new BsonDocument() : after.asDocument();
    if ((before == null && now.isEmpty()) || (after == null && old.isEmpty())) {
      return false;
    }
    return names(old, now).stream()
        .allMatch(
            name -> change(root, prevRoot, old.get(name), now.get(name), rule(rule, name, false)));
  }

  private boolean arrays(
      BsonDocument root,
      @Nullable BsonDocument prevRoot,
      @Nullable BsonValue before,
      @Nullable BsonValue after,
      BsonDocument rule) {
    if ((before != null && !before.isArray()) || (after != null && !after.isArray())) {
      return false;
    }
    List<BsonValue> old = before == null ? List.of() : before.asArray();
    List<BsonValue> now = after == null ? List.of() : after.asArray();
    if ((before == null && now.isEmpty()) || (after == null && old.isEmpty())) {
      return false;
    }
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      BsonValue was = i < old.size() ? old.get(i) : null;
      BsonValue is = i < now.size() ? now.get(i) : null;
      if (!String.valueOf(was).equals(String.valueOf(is))
          && !objects(root, prevRoot, was, is, rule)) {
        return false;
      }
    }
    return true;
  }
}
