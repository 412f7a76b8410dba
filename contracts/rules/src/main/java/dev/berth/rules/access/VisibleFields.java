package dev.berth.rules.access;

import dev.berth.rules.Truths;
import dev.berth.rules.access.FieldRules.FieldRule;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Takes out of a document what field rules hide.
///
/// @param read the facts of `read`: nothing was before
/// @param write the facts of `write`, which implies reading: would it permit a change that leaves
///     the field as it is
record VisibleFields(Truths truths, DocumentFacts read, DocumentFacts write) {

  /// The fields that may be seen; an empty document when there are none.
  BsonDocument of(BsonDocument document, FieldRules rules) {
    BsonDocument visible = new BsonDocument();
    for (Map.Entry<String, BsonValue> field : document.entrySet()) {
      FieldRule rule = rules.find(field.getKey());
      BsonValue value = rule == null ? null : visible(field.getValue(), rule);
      if (value != null) {
        visible.append(field.getKey(), value);
      }
    }
    return visible;
  }

  private @Nullable BsonValue visible(BsonValue value, FieldRule rule) {
    if (!truths.spend(1)) {
      return null;
    }
    if (rule.read() != null && truths.holds(rule.read(), read.about(value, null))) {
      return value;
    }
    if (rule.write() != null && truths.holds(rule.write(), write.about(value, value))) {
      return value;
    }
    return rule.read() == null ? inside(value, rule.inside()) : null;
  }

  private @Nullable BsonValue inside(BsonValue value, FieldRules rules) {
    if (rules.listed().isEmpty()) {
      return null;
    }
    return switch (value) {
      case BsonDocument document -> orNull(of(document, rules));
      case BsonArray array -> elements(array, rules);
      default -> null;
    };
  }

  private static @Nullable BsonDocument orNull(BsonDocument visible) {
    return visible.isEmpty() ? null : visible;
  }

  /// What is no object has no fields that anything could be said of, so it is hidden.
  private @Nullable BsonArray elements(BsonArray array, FieldRules rules) {
    BsonArray visible = new BsonArray();
    for (BsonValue element : array) {
      BsonDocument fields =
          element instanceof BsonDocument document ? orNull(of(document, rules)) : null;
      if (fields != null) {
        visible.add(fields);
      }
    }
    return visible.isEmpty() ? null : visible;
  }
}
