package dev.berth.worker.mongodb;

import java.util.List;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What updates make of a document, as far as generated ones go.
///
/// @param filters of elements, one for `e` at most
/// @param inserts whether the document is not stored yet
record PlainUpdate(BsonValue update, @Nullable BsonArray filters, boolean inserts) {

  /// An update that cannot be made to a document.
  static final class Impossible extends Exception {

    private static final long serialVersionUID = 1L;

    Impossible(String why) {
      super(why);
    }

    Impossible() {
      this(PlainCollection.OF_THE_DATABASE);
    }
  }

  /// @param seen what of it the caller sees: all that a pipeline computes with, and all that is
  ///     moved
  BsonDocument of(BsonDocument stored, BsonDocument seen) throws Impossible {
    BsonDocument after = stored.clone();
    if (update instanceof BsonArray stages) {
      for (BsonValue stage : stages) {
        compute(after, seen, stage.asDocument());
      }
      return after;
    }
    BsonDocument operators = update.asDocument();
    for (String operator : operators.keySet()) {
      BsonDocument fields = operators.getDocument(operator);
      for (String path : fields.keySet()) {
        if (operator.equals("$rename") && !Objects.equals(stored.get(path), seen.get(path))) {
          throw new Impossible("update not permitted");
        }
        apply(after, operator, path, fields.get(path));
      }
    }
    return after;
  }

  /// A stage sets one field, to a constant or to another field, or unsets one.
  private static void compute(BsonDocument after, BsonDocument seen, BsonDocument stage)
      throws Impossible {
    if (stage.isString("$unset")) {
      unset(after, seen, stage.getString("$unset").getValue());
      return;
    }
    BsonDocument set = stage.getDocument("$set");
    BsonValue value = set.values().iterator().next();
    boolean isField = value.isString() && value.asString().getValue().startsWith("$");
    BsonValue computed = isField ? seen.get(value.asString().getValue().substring(1)) : value;
    if (computed == null) {
      // A field that is set to what is missing is missing then.
      unset(after, seen, set.getFirstKey());
    } else {
      after.put(set.getFirstKey(), computed);
    }
  }

  private static void unset(BsonDocument after, BsonDocument seen, String name) throws Impossible {
    if (seen.containsKey(name) && !seen.get(name).equals(after.remove(name))) {
      throw new Impossible("update not permitted");
    }
  }

  private void apply(BsonDocument after, String operator, String path, BsonValue operand)
      throws Impossible {
    List<String> names = List.of(path.split("\\."));
    if (names.contains("$[e]") || names.contains("$[]")) {
      setInElements(after, names, operand);
      return;
    }
    if (names.size() == 2) {
      applyInside(after, operator, names, operand);
      return;
    }
    BsonValue old = after.get(path);
    switch (operator) {
      case "$set" -> set(after, path, operand);
      case "$setOnInsert" -> {
        if (inserts) {
          set(after, path, operand);
        }
      }
      case "$unset" -> after.remove(path);
      case "$inc" -> after.put(path, sum(old, operand));
      case "$push" -> after.put(path, with(old, operand, false));
      case "$addToSet" -> after.put(path, with(old, operand, true));
      case "$pull" -> {
        if (old != null) {
          after.put(path, without(old, operand));
        }
      }
      case "$rename" -> {
        if (old != null) {
          after.remove(path);
          after.put(operand.asString().getValue(), old);
        }
      }
      default -> throw new AssertionError(operator);
    }
  }

  private static void set(BsonDocument after, String name, BsonValue value) throws Impossible {
    BsonValue old = after.put(name, value);
    if (name.equals("_id") && old != null && !old.equals(value)) {
      throw new Impossible();
    }
  }

  private static void applyInside(
      BsonDocument after, String operator, List<String> names, BsonValue operand)
      throws Impossible {
    BsonValue outer = after.get(names.getFirst());
    if (operator.equals("$unset")) {
      if (outer instanceof BsonDocument document) {
        document.remove(names.getLast());
      }
      return;
    }
    if (outer == null) {
      outer = new BsonDocument();
      after.put(names.getFirst(), outer);
    }
    if (!(outer instanceof BsonDocument document)) {
      throw new Impossible();
    }
    document.put(names.getLast(), operand);
  }

  private void setInElements(BsonDocument after, List<String> names, BsonValue operand)
      throws Impossible {
    if (!(after.get(names.getFirst()) instanceof BsonArray elements)) {
      throw new Impossible();
    }
    for (BsonValue element : elements) {
      if (!isMeant(element)) {
        continue;
      }
      if (!element.isDocument()) {
        throw new Impossible();
      }
      element.asDocument().put(names.getLast(), operand);
    }
  }

  private boolean isMeant(BsonValue element) {
    if (filters == null) {
      return true;
    }
    BsonDocument filter = filters.getFirst().asDocument();
    String field = filter.getFirstKey().substring("e.".length());
    return element.isDocument()
        && PlainTruth.finds(
            new BsonDocument(field, filter.values().iterator().next()), element.asDocument());
  }

  private static BsonValue sum(@Nullable BsonValue old, BsonValue operand) throws Impossible {
    if (old != null && !old.isInt32()) {
      throw new Impossible();
    }
    int before = old == null ? 0 : old.asInt32().getValue();
    return new BsonInt32(before + operand.asInt32().getValue());
  }

  private static BsonArray with(@Nullable BsonValue old, BsonValue element, boolean once)
      throws Impossible {
    if (old != null && !old.isArray()) {
      throw new Impossible();
    }
    BsonArray elements = old == null ? new BsonArray() : old.asArray();
    if (!once || !elements.contains(element)) {
      elements.add(element);
    }
    return elements;
  }

  private static BsonArray without(BsonValue old, BsonValue element) throws Impossible {
    if (!old.isArray()) {
      throw new Impossible();
    }
    BsonArray left = new BsonArray();
    old.asArray().stream().filter(each -> !each.equals(element)).forEach(left::add);
    return left;
  }

  /// What an upsert begins with: what its query asks for by equality.
  static BsonDocument seed(BsonDocument query) {
    BsonDocument seed = new BsonDocument();
    query.forEach(
        (path, test) -> {
          if (test.isDocument() || test.isArray()) {
            return;
          }
          List<String> names = List.of(path.split("\\."));
          if (names.size() == 1) {
            seed.put(path, test);
          } else {
            seed.put(names.getFirst(), new BsonDocument(names.getLast(), test));
          }
        });
    return seed;
  }

  /// The same with the `_id` that somebody makes up.
  static BsonDocument identified(BsonDocument document) {
    BsonDocument identified =
        new BsonDocument("_id", document.get("_id", new BsonString("made up")));
    document.forEach(identified::putIfAbsent);
    return identified;
  }
}
