package dev.berth.rules;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A key that begins with `%` or `$`; which of the two makes no difference.
enum Operator {
  AND("and"),
  OR("or"),
  NOR("nor"),
  NOT("not"),
  EQ("eq"),
  NE("ne"),
  GT("gt"),
  GTE("gte"),
  LT("lt"),
  LTE("lte"),
  IN("in"),
  NIN("nin"),
  ALL("all"),
  SIZE("size"),
  EXISTS("exists"),
  FUNCTION("function"),
  STRING_TO_OID("stringToOid"),
  OID_TO_STRING("oidToString"),
  STRING_TO_UUID("stringToUuid"),
  UUID_TO_STRING("uuidToString");

  private final String spelling;

  Operator(String spelling) {
    this.spelling = spelling;
  }

  /// Whether a key is meant as an operator, known or not.
  static boolean isOperator(String key) {
    return key.startsWith("$") || (key.startsWith("%") && !key.startsWith("%%"));
  }

  static @Nullable Operator find(String key) {
    return Arrays.stream(values())
        .filter(operator -> key.length() > 1 && operator.spelling.equals(key.substring(1)))
        .findFirst()
        .orElse(null);
  }

  /// For messages: every known one.
  static String known() {
    return Arrays.stream(values())
        .map(operator -> "%" + operator.spelling)
        .collect(Collectors.joining(", "));
  }

  /// Whether it says something about the value before it and cannot stand alone.
  boolean isTest() {
    return switch (this) {
      case EQ, NE, GT, GTE, LT, LTE, IN, NIN, ALL, SIZE, EXISTS -> true;
      case AND, OR, NOR, NOT -> false;
      case FUNCTION, STRING_TO_OID, OID_TO_STRING, STRING_TO_UUID, UUID_TO_STRING -> false;
    };
  }

  /// Whether it stands for a value.
  boolean isTerm() {
    return this == FUNCTION || converter() != null;
  }

  @Nullable Converter converter() {
    return switch (this) {
      case STRING_TO_OID -> Converter.STRING_TO_OID;
      case OID_TO_STRING -> Converter.OID_TO_STRING;
      case STRING_TO_UUID -> Converter.STRING_TO_UUID;
      case UUID_TO_STRING -> Converter.UUID_TO_STRING;
      case AND, OR, NOR, NOT, EQ, NE, GT, GTE, LT, LTE, IN, NIN, ALL, SIZE, EXISTS, FUNCTION ->
          null;
    };
  }
}
