package dev.berth.rules.access;

import dev.berth.rules.Truths;
import dev.berth.rules.access.FieldRules.FieldRule;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Whether field rules permit every difference between a document before and after a change.
///
/// @param facts of the change
record ChangedFields(Truths truths, DocumentFacts facts) {

  /// Compares field by field; where a field is missing on one side, it was added or removed.
  boolean arePermitted(BsonDocument before, BsonDocument after, FieldRules rules) {
    for (String name : names(before, after)) {
      if (!isPermitted(before.get(name), after.get(name), rules.find(name))) {
        return false;
      }
    }
    return true;
  }

  /// Whether every field may be written, changed or not; what has no fields may not.
  boolean areAllWritable(@Nullable BsonValue before, BsonDocument after, FieldRules rules) {
    BsonDocument old = before instanceof BsonDocument document ? document : new BsonDocument();
    return !after.isEmpty()
        && after.entrySet().stream()
            .allMatch(
                field ->
                    isWritable(
                        old.get(field.getKey()), field.getValue(), rules.find(field.getKey())));
  }

  private static Set<String> names(BsonDocument before, BsonDocument after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }

  private boolean isPermitted(
      @Nullable BsonValue before, @Nullable BsonValue after, @Nullable FieldRule rule) {
    if (Sameness.same(before, after)) {
      return true;
    }
    if (rule == null || !truths.spend(1)) {
      return false;
    }
    if (rule.write() != null) {
      return truths.holds(rule.write(), facts.about(after, before));
    }
    return !rule.inside().listed().isEmpty() && isPermittedInside(before, after, rule.inside());
  }

  private boolean isPermittedInside(
      @Nullable BsonValue before, @Nullable BsonValue after, FieldRules rules) {
    if (before instanceof BsonDocument old && after instanceof BsonDocument now) {
      return arePermitted(old, now, rules);
    }
    if (before instanceof BsonArray old && after instanceof BsonArray now) {
      return areElementsPermitted(old, now, rules);
    }
    if (before == null && after != null) {
      return isAdded(after, rules);
    }
    return after == null && before != null && isRemoved(before, rules);
  }

  private boolean areElementsPermitted(BsonArray before, BsonArray after, FieldRules rules) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      BsonValue old = i < before.size() ? before.get(i) : null;
      BsonValue now = i < after.size() ? after.get(i) : null;
      boolean mayBe =
          Sameness.same(old, now)
              || ((old == null || old.isDocument())
                  && (now == null || now.isDocument())
                  && isPermittedInside(old, now, rules));
      if (!mayBe) {
        return false;
      }
    }
    return true;
  }

  private boolean isAdded(BsonValue value, FieldRules rules) {
    return switch (value) {
      case BsonDocument document -> areAllAdded(document, rules);
      case BsonArray array ->
          !array.isEmpty()
              && array.stream()
                  .allMatch(
                      element ->
                          element instanceof BsonDocument document && areAllAdded(document, rules));
      default -> false;
    };
  }

  private boolean areAllAdded(BsonDocument document, FieldRules rules) {
    return !document.isEmpty() && arePermitted(new BsonDocument(), document, rules);
  }

  private boolean isRemoved(BsonValue value, FieldRules rules) {
    return switch (value) {
      case BsonDocument document -> areAllRemoved(document, rules);
      case BsonArray array ->
          !array.isEmpty()
              && array.stream()
                  .allMatch(
                      element ->
                          element instanceof BsonDocument document
                              && areAllRemoved(document, rules));
      default -> false;
    };
  }

  private boolean areAllRemoved(BsonDocument document, FieldRules rules) {
    return !document.isEmpty() && arePermitted(document, new BsonDocument(), rules);
  }

  private boolean isWritable(
      @Nullable BsonValue before, BsonValue value, @Nullable FieldRule rule) {
    if (rule == null || !truths.spend(1)) {
      return false;
    }
    if (rule.write() != null) {
      return truths.holds(rule.write(), facts.about(value, before));
    }
    return switch (value) {
      case BsonDocument document -> areAllWritable(before, document, rule.inside());
      case BsonArray array -> !array.isEmpty() && areElementsWritable(before, array, rule.inside());
      default -> false;
    };
  }

  private boolean areElementsWritable(
      @Nullable BsonValue before, BsonArray array, FieldRules rules) {
    BsonArray old = before instanceof BsonArray values ? values : new BsonArray();
    for (int i = 0; i < array.size(); i++) {
      BsonValue was = i < old.size() ? old.get(i) : null;
      if (!(array.get(i) instanceof BsonDocument document)
          || !areAllWritable(was, document, rules)) {
        return false;
      }
    }
    return true;
  }
}
