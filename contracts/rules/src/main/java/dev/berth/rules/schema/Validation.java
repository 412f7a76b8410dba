package dev.berth.rules.schema;

import dev.berth.rules.Truths;
import dev.berth.rules.access.DocumentFacts;
import dev.berth.rules.schema.Violation.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One walk through a document with its schema.
final class Validation {

  private final Truths truths;
  private final DocumentFacts facts;
  private final boolean mayBeNull;
  private final List<Violation> violations = new ArrayList<>();

  Validation(Truths truths, DocumentFacts facts, boolean mayBeNull) {
    this.truths = truths;
    this.facts = facts;
    this.mayBeNull = mayBeNull;
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  void report(Code code, String field, String message) {
    if (violations.size() < Schema.MAX_VIOLATIONS) {
      violations.add(new Violation(code, field, message));
    }
  }

  /// Validates a value.
  ///
  /// @param before the value in its place before the change, or `null`
  void validate(String field, SchemaNode schema, @Nullable BsonValue before, BsonValue value) {
    if (!truths.spend(1)) {
      reportTooLong();
      return;
    }
    if (!schema.allowed()) {
      report(Code.FALSE, field, "no value is allowed here");
      return;
    }
    if (!schema.types().isEmpty()
        && schema.types().stream().noneMatch(type -> type.isTypeOf(value))) {
      report(Code.INVALID_TYPE, field, "must be of type " + types(schema));
      return;
    }
    checkValue(field, schema, value);
    switch (value) {
      case BsonDocument document ->
          new ObjectValidation(this, field).validate(schema.object(), before, document);
      case BsonArray array -> checkElements(field, schema.array(), before, array);
      case BsonString text -> checkText(field, schema.text(), text.getValue());
      case BsonNumber number -> checkNumber(field, schema.number(), number);
      default -> {}
    }
    checkCombinations(field, schema.combinations(), before, value);
    if (schema.validate() != null && !truths.holds(schema.validate(), facts.about(value, before))) {
      report(Code.FALSE, field, "the expression in \"validate\" is not true");
    }
  }

  private static String types(SchemaNode schema) {
    return ValueType.spellings(schema.types().stream().toList());
  }

  /// Whether a value may stand there because it is `null`.
  boolean isAllowedNull(BsonValue value, boolean isRequired) {
    return mayBeNull && value.isNull() && !isRequired;
  }

  private void checkValue(String field, SchemaNode schema, BsonValue value) {
    if (schema.oneOfValues() != null
        && schema.oneOfValues().stream().noneMatch(allowed -> truths.same(allowed, value))) {
      report(Code.ENUM, field, "must be one of the listed values");
    }
    if (schema.constant() != null && !truths.same(schema.constant(), value)) {
      report(Code.CONST, field, "must be the one value that is allowed");
    }
  }

  private void checkElements(
      String field, SchemaNode.ArrayRules rules, @Nullable BsonValue before, BsonArray array) {
    if (rules.min() != null && array.size() < rules.min()) {
      report(Code.ARRAY_MIN_ITEMS, field, "must have at least " + rules.min() + " elements");
    }
    if (rules.max() != null && array.size() > rules.max()) {
      report(Code.ARRAY_MAX_ITEMS, field, "must have at most " + rules.max() + " elements");
    }
    if (rules.unique() && hasTwins(array)) {
      report(Code.UNIQUE, field, "must not have the same element twice");
    }
    BsonArray old = before instanceof BsonArray elements ? elements : new BsonArray();
    for (int i = 0; i < array.size(); i++) {
      SchemaNode schema = i < rules.first().size() ? rules.first().get(i) : rest(rules);
      if (schema != null && !schema.allowed()) {
        report(Code.ARRAY_NO_ADDITIONAL_ITEMS, field, "must have no further elements");
        break;
      }
      if (schema != null) {
        validate(field + "." + i, schema, i < old.size() ? old.get(i) : null, array.get(i));
      }
    }
    if (rules.contains() != null
        && array.stream().noneMatch(element -> isValid(rules.contains(), null, element))) {
      report(Code.CONTAINS, field, "must have an element that the schema wants");
    }
  }

  private static @Nullable SchemaNode rest(SchemaNode.ArrayRules rules) {
    return rules.first().isEmpty() ? rules.rest() : rules.additional();
  }

  private boolean hasTwins(BsonArray array) {
    for (int i = 0; i < array.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!truths.spend(1)) {
          return true;
        }
        if (truths.same(array.get(i), array.get(j))) {
          return true;
        }
      }
    }
    return false;
  }

  private void checkText(String field, SchemaNode.TextRules rules, String text) {
    int length = text.codePointCount(0, text.length());
    if (rules.min() != null && length < rules.min()) {
      report(Code.STRING_GTE, field, "must have at least " + rules.min() + " characters");
    }
    if (rules.max() != null && length > rules.max()) {
      report(Code.STRING_LTE, field, "must have at most " + rules.max() + " characters");
    }
    if (rules.pattern() != null && !isFound(rules.pattern(), text)) {
      report(Code.PATTERN, field, "must match the pattern " + rules.pattern().pattern());
    }
    if (rules.format() != null && !rules.format().isFormOf(text)) {
      report(Code.FORMAT, field, "must be of the form " + rules.format().spelling());
    }
  }

  /// Whether a pattern is in a text. To be unable to tell is a violation of its own, which no
  /// negation undoes.
  boolean isFound(TextPattern pattern, String text) {
    Boolean found = truths.spend(text.length() / 8) ? pattern.isIn(text) : null;
    if (found == null) {
      reportTooLong();
    }
    return Boolean.TRUE.equals(found);
  }

  private void reportTooLong() {
    report(Code.INTERNAL, "(root)", "the document takes too long to validate");
  }

  private void checkNumber(String field, SchemaNode.NumberRules rules, BsonNumber number) {
    if (rules.min() != null) {
      Integer order = truths.compare(number, rules.min());
      if (order == null || order < 0 || (order == 0 && rules.excludesMin())) {
        report(
            rules.excludesMin() ? Code.NUMBER_GT : Code.NUMBER_GTE,
            field,
            "must be "
                + (rules.excludesMin() ? "greater than " : "at least ")
                + shown(rules.min()));
      }
    }
    if (rules.max() != null) {
      Integer order = truths.compare(number, rules.max());
      if (order == null || order > 0 || (order == 0 && rules.excludesMax())) {
        report(
            rules.excludesMax() ? Code.NUMBER_LT : Code.NUMBER_LTE,
            field,
            "must be " + (rules.excludesMax() ? "less than " : "at most ") + shown(rules.max()));
      }
    }
    if (rules.multipleOf() != null && !isMultiple(number, rules.multipleOf())) {
      report(Code.MULTIPLE_OF, field, "must be a multiple of " + shown(rules.multipleOf()));
    }
  }

  private static String shown(BsonNumber number) {
    return exactly(number).toPlainString();
  }

  private static boolean isMultiple(BsonNumber number, BsonNumber of) {
    try {
      BigDecimal step = exactly(of);
      return step.signum() != 0 && exactly(number).remainder(step).signum() == 0;
    } catch (NumberFormatException | ArithmeticException _) {
      // Infinite, or no number at all.
      return false;
    }
  }

  /// A double by its shortest decimal form, so that 0.3 is a multiple of 0.1.
  private static BigDecimal exactly(BsonNumber number) {
    return switch (number.getBsonType()) {
      case DOUBLE -> BigDecimal.valueOf(number.doubleValue());
      case DECIMAL128 -> number.decimal128Value().bigDecimalValue();
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private void checkCombinations(
      String field, SchemaNode.Combinations parts, @Nullable BsonValue before, BsonValue value) {
    if (!parts.all().stream().allMatch(part -> isValid(part, before, value))) {
      report(Code.NUMBER_ALL_OF, field, "must satisfy all schemas of allOf");
    }
    if (!parts.any().isEmpty()
        && parts.any().stream().noneMatch(part -> isValid(part, before, value))) {
      report(Code.NUMBER_ANY_OF, field, "must satisfy a schema of anyOf");
    }
    if (!parts.one().isEmpty()
        && parts.one().stream().filter(part -> isValid(part, before, value)).count() != 1) {
      report(Code.NUMBER_ONE_OF, field, "must satisfy exactly one schema of oneOf");
    }
    if (parts.not() != null && isValid(parts.not(), before, value)) {
      report(Code.NUMBER_NOT, field, "must not satisfy the schema of not");
    }
    if (parts.condition() == null) {
      return;
    }
    if (isValid(parts.condition(), before, value)) {
      if (parts.then() != null && !isValid(parts.then(), before, value)) {
        report(Code.CONDITION_THEN, field, "must satisfy the schema of then");
      }
    } else if (parts.otherwise() != null && !isValid(parts.otherwise(), before, value)) {
      report(Code.CONDITION_ELSE, field, "must satisfy the schema of else");
    }
  }

  /// Whether a part is satisfied. One that takes too long satisfies nothing and is not refuted
  /// either: the walk as a whole ends with a violation then.
  boolean isValid(SchemaNode schema, @Nullable BsonValue before, BsonValue value) {
    Validation part = new Validation(truths, facts, mayBeNull);
    part.validate("", schema, before, value);
    for (Violation violation : part.violations) {
      if (violation.code() == Code.INTERNAL) {
        reportTooLong();
      }
    }
    return part.violations.isEmpty();
  }
}
