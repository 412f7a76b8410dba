package dev.berth.rules.access;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.rules.Expression;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What a role says of the fields of a document, or of those inside a field.
///
/// @param listed by name; a name with a dot is one name
/// @param additional for all others; `null` permits nothing
record FieldRules(Map<String, FieldRule> listed, @Nullable FieldRule additional) {

  FieldRules {
    listed = Map.copyOf(listed);
  }

  static FieldRules of(Map<String, FieldPermission> listed, @Nullable FieldPermission additional) {
    Map<String, FieldRule> rules = new HashMap<>();
    listed.forEach((name, permission) -> rules.put(name, FieldRule.of(permission)));
    return new FieldRules(rules, additional == null ? null : FieldRule.of(additional));
  }

  @Nullable FieldRule find(String field) {
    FieldRule rule = listed.get(field);
    return rule == null ? additional : rule;
  }

  /// Whether some field may turn out to be readable.
  boolean mayPermitReading() {
    return (additional != null && additional.mayPermitReading())
        || listed.values().stream().anyMatch(FieldRule::mayPermitReading);
  }

  /// What a role says of one field. A permission that is not mentioned is `null`, and leaves the
  /// decision to the fields inside.
  record FieldRule(@Nullable Expression read, @Nullable Expression write, FieldRules inside) {

    static FieldRule of(FieldPermission permission) {
      return new FieldRule(
          parsed(permission.read()),
          parsed(permission.write()),
          FieldRules.of(permission.fields(), null));
    }

    private boolean mayPermitReading() {
      return read != null || write != null || inside.mayPermitReading();
    }

    /// One with faults comes from a deployment that knew less of expressions: it is never true.
    private static @Nullable Expression parsed(@Nullable BsonValue written) {
      return written == null ? null : Expression.parse(written, ExpressionScope.FIELD).expression();
    }
  }
}
