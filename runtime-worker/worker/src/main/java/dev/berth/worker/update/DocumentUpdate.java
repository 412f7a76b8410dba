package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Operators of an update, parsed, and what they make of a document: the same as the database
/// does with them, to be judged before it is written. Immutable.
///
/// What is not known is refused by name. Messages name fields and types, never values, because
/// who updates a document may not see all of it.
public final class DocumentUpdate {

  private static final String ID = "_id";

  /// One operator on one path.
  ///
  /// @param onlyOnInsert whether it does nothing to a document that is there already
  private record Part(FieldPath path, FieldChange change, boolean onlyOnInsert) {}

  /// One operator on one field of one document.
  private record Placed(List<String> path, FieldChange change) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Renaming> renamings = new ArrayList<>();
  private final ArrayFilters filters;
  private final BsonDocument query;

  private DocumentUpdate(ArrayFilters filters, BsonDocument query) {
    this.filters = filters;
    this.query = query;
  }

  /// Parses an update.
  ///
  /// @param update operators with the fields they work on
  /// @param query of the caller, for the element of an array that `$` means
  /// @throws UpdateRefused when it can be applied to no document
  public static DocumentUpdate parse(
      BsonDocument update, List<BsonDocument> arrayFilters, BsonDocument query) {
    var parsed = new DocumentUpdate(ArrayFilters.parse(arrayFilters), query);
    for (Map.Entry<String, BsonValue> operator : update.entrySet()) {
      if (!(operator.getValue() instanceof BsonDocument fields)) {
        throw UpdateRefused.unparsable(
            "Modifiers operate on fields but we found type "
                + FieldChange.typeName(operator.getValue())
                + " instead, for "
                + operator.getKey());
      }
      fields.forEach((path, operand) -> parsed.add(operator.getKey(), path, operand));
    }
    parsed.check();
    return parsed;
  }

  private void add(String operator, String text, BsonValue operand) {
    FieldPath path = FieldPath.parse(text);
    if (operator.equals("$rename")) {
      renamings.add(Renaming.parse(path, operand));
    } else {
      parts.add(new Part(path, change(operator, operand), operator.equals("$setOnInsert")));
    }
  }

  private static FieldChange change(String operator, BsonValue operand) {
    return switch (operator) {
      case "$set", "$setOnInsert" -> new ValueChange.Set(operand);
      case "$unset" -> new ValueChange.Unset();
      case "$min" -> new ValueChange.Extreme(operand, false);
      case "$max" -> new ValueChange.Extreme(operand, true);
      case "$inc", "$mul" -> ValueChange.Arithmetic.parse(operator, operand);
      case "$currentDate" -> ValueChange.CurrentDate.parse(operand);
      case "$bit" -> BitChange.parse(operand);
      case "$addToSet" -> ArrayChange.AddToSet.parse(operand);
      case "$pop" -> ArrayChange.Pop.parse(operand);
      case "$pull" -> ArrayChange.Pull.where(operand);
      case "$pullAll" -> ArrayChange.Pull.all(operand);
      case "$push" -> Push.parse(operand);
      default -> throw UpdateRefused.unparsable("Unknown modifier: " + operator);
    };
  }

  private void check() {
    var paths = new PathSet();
    parts.forEach(part -> paths.add(part.path().parts()));
    for (Renaming renaming : renamings) {
      paths.add(renaming.from().parts());
      paths.add(renaming.to().parts());
    }
    List<FieldPath> all = parts.stream().map(Part::path).toList();
    all.forEach(filters::check);
    filters.checkUse(all);
  }

  /// What becomes of a document that is stored.
  ///
  /// @param stored is not changed
  /// @param nowMillis the time of the update
  /// @throws UpdateRefused when the update cannot be applied to this one
  public BsonDocument applyTo(BsonDocument stored, long nowMillis) {
    BsonDocument after = applied(stored, nowMillis, false);
    if (!Objects.equals(stored.get(ID), after.get(ID))) {
      throw immutable();
    }
    return after;
  }

  /// The document that an upsert inserts, with an `_id` when the query or the update says one.
  ///
  /// @throws UpdateRefused when there can be none
  public BsonDocument inserted(long nowMillis) {
    BsonDocument seed = UpsertSeed.of(query);
    BsonDocument after = applied(seed, nowMillis, true);
    if (seed.containsKey(ID) && !Objects.equals(seed.get(ID), after.get(ID))) {
      throw immutable();
    }
    return after;
  }

  private static UpdateRefused immutable() {
    return new UpdateRefused(
        UpdateRefused.IMMUTABLE,
        "Performing an update on the path '_id' would modify the immutable field '_id'");
  }

  private BsonDocument applied(BsonDocument before, long nowMillis, boolean isInsert) {
    var effort = new Effort();
    BsonDocument after = before.clone();
    var edit = new Edit(after, nowMillis, effort);
    placed(before, isInsert, effort).forEach(placed -> edit.apply(placed.path, placed.change));
    DocumentSize.check(after);
    return after;
  }

  /// Everything that is to be done to a document, in the order in which the database does it.
  private List<Placed> placed(BsonDocument before, boolean isInsert, Effort effort) {
    var places = new Places(before, filters, matching(before, isInsert, effort), effort);
    List<Placed> all = new ArrayList<>();
    for (Part part : parts) {
      if (isInsert || !part.onlyOnInsert()) {
        places.of(part.path()).forEach(path -> all.add(new Placed(path, part.change())));
      }
    }
    for (Renaming renaming : renamings) {
      BsonValue moved = renaming.moved(before);
      if (moved != null) {
        all.add(new Placed(renaming.to().parts(), new ValueChange.Set(moved)));
        all.add(new Placed(renaming.from().parts(), new ValueChange.Unset()));
      }
    }
    var paths = new PathSet();
    all.forEach(placed -> paths.add(placed.path()));
    all.sort((a, b) -> FieldPath.compare(a.path(), b.path()));
    return all;
  }

  /// Where the query found something; nowhere unless a path asks for it.
  private @Nullable Matching matching(BsonDocument before, boolean isInsert, Effort effort) {
    boolean isWanted =
        !isInsert && parts.stream().anyMatch(part -> part.path().parts().contains("$"));
    if (!isWanted) {
      return null;
    }
    var matching = new Matching(effort);
    return Condition.query(query).matches(before, matching) ? matching : null;
  }

  /// Whether it has a `$rename`.
  public boolean moves() {
    return !renamings.isEmpty();
  }

  /// Whether what it moves is the same in both documents.
  public boolean movesAlike(BsonDocument stored, BsonDocument seen) {
    return renamings.stream()
        .allMatch(renaming -> isSame(alone(renaming.moved(stored)), alone(renaming.moved(seen))));
  }

  private static BsonDocument alone(@Nullable BsonValue value) {
    return value == null ? new BsonDocument() : new BsonDocument("value", value);
  }

  /// Whether two documents are the same to the last byte of what the database would store.
  public static boolean isSame(BsonDocument a, BsonDocument b) {
    return Identity.same(a, b);
  }
}
