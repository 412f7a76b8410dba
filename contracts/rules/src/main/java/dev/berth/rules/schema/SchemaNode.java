package dev.berth.rules.schema;

import dev.berth.rules.Expression;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A schema of one value, and of what is inside it. `null` and empty where a keyword is not
/// given.
///
/// @param types one of which the value must have; empty for any
/// @param allowed whether any value is; only `additionalProperties: false` and its like say no
record SchemaNode(
    boolean allowed,
    Set<ValueType> types,
    @Nullable List<BsonValue> oneOfValues,
    @Nullable BsonValue constant,
    @Nullable Expression validate,
    ObjectRules object,
    ArrayRules array,
    TextRules text,
    NumberRules number,
    Combinations combinations) {

  static final SchemaNode ANY = literal(true);
  static final SchemaNode NONE = literal(false);

  private static SchemaNode literal(boolean allowed) {
    return new SchemaNode(
        allowed,
        Set.of(),
        null,
        null,
        null,
        new ObjectRules(Set.of(), Map.of(), Map.of(), null, null, Map.of(), Map.of(), null, null),
        new ArrayRules(List.of(), null, null, null, null, null, false),
        new TextRules(null, null, null, null),
        new NumberRules(null, false, null, false, null),
        new Combinations(List.of(), List.of(), List.of(), null, null, null, null));
  }

  /// What a schema wants of objects.
  ///
  /// @param patterns schemas of the fields whose names have a pattern
  /// @param requiredBy the fields that another field demands, by the name of that field
  /// @param schemaBy the schema of the whole object that a field demands
  record ObjectRules(
      Set<String> required,
      Map<String, SchemaNode> properties,
      Map<TextPattern, SchemaNode> patterns,
      @Nullable SchemaNode additional,
      @Nullable SchemaNode names,
      Map<String, List<String>> requiredBy,
      Map<String, SchemaNode> schemaBy,
      @Nullable Integer min,
      @Nullable Integer max) {

    ObjectRules {
      required = new LinkedHashSet<>(required);
      properties = new LinkedHashMap<>(properties);
      patterns = new LinkedHashMap<>(patterns);
    }
  }

  /// What a schema wants of arrays.
  ///
  /// @param first schemas of the first elements, one each
  /// @param rest the schema of all elements after them
  record ArrayRules(
      List<SchemaNode> first,
      @Nullable SchemaNode rest,
      @Nullable SchemaNode additional,
      @Nullable SchemaNode contains,
      @Nullable Integer min,
      @Nullable Integer max,
      boolean unique) {}

  record TextRules(
      @Nullable Integer min,
      @Nullable Integer max,
      @Nullable TextPattern pattern,
      @Nullable TextFormat format) {}

  record NumberRules(
      @Nullable BsonNumber min,
      boolean excludesMin,
      @Nullable BsonNumber max,
      boolean excludesMax,
      @Nullable BsonNumber multipleOf) {}

  /// Schemas that are combined into one.
  record Combinations(
      List<SchemaNode> all,
      List<SchemaNode> any,
      List<SchemaNode> one,
      @Nullable SchemaNode not,
      @Nullable SchemaNode condition,
      @Nullable SchemaNode then,
      @Nullable SchemaNode otherwise) {}
}
