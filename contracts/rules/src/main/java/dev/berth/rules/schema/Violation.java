package dev.berth.rules.schema;

/// One way in which a document is not what its schema wants.
///
/// @param code the constant that tools know it by
/// @param field where it is: `(root).address.city`
/// @param message what is wrong; it names no value of the document
public record Violation(Code code, String field, String message) {

  /// The kinds of violations, spelt in lower case where tools read them.
  public enum Code {
    FALSE,
    REQUIRED,
    INVALID_TYPE,
    UNIQUE,
    MISSING_DEPENDENCY,
    INTERNAL,
    CONST,
    ENUM,
    NUMBER_ANY_OF,
    NUMBER_ONE_OF,
    NUMBER_ALL_OF,
    NUMBER_NOT,
    NUMBER_GTE,
    NUMBER_GT,
    NUMBER_LTE,
    NUMBER_LT,
    MULTIPLE_OF,
    ARRAY_NO_ADDITIONAL_ITEMS,
    ARRAY_MIN_ITEMS,
    ARRAY_MAX_ITEMS,
    CONTAINS,
    ARRAY_MIN_PROPERTIES,
    ARRAY_MAX_PROPERTIES,
    ADDITIONAL_PROPERTY_NOT_ALLOWED,
    INVALID_PROPERTY_PATTERN,
    INVALID_PROPERTY_NAME,
    STRING_GTE,
    STRING_LTE,
    PATTERN,
    FORMAT,
    CONDITION_THEN,
    CONDITION_ELSE
  }

  @Override
  public String toString() {
    return field + ": " + message;
  }
}
