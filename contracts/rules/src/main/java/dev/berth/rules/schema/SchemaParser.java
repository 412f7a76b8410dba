package dev.berth.rules.schema;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.rules.Expression;
import dev.berth.rules.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Parses schemas.
final class SchemaParser {

  private final Keywords keywords = new Keywords();
  private final Set<String> functions = new LinkedHashSet<>();
  private int depth;

  Set<String> functions() {
    return functions;
  }

  List<Fault> faults() {
    return keywords.faults();
  }

  SchemaNode parseRoot(BsonDocument written) {
    SchemaNode root = node(written);
    if (!root.types().isEmpty() && !root.types().contains(ValueType.OBJECT)) {
      keywords.error("the root of a schema must be of type object");
    }
    return root;
  }

  private SchemaNode schema(BsonValue value) {
    return switch (value) {
      case BsonBoolean flag -> flag.getValue() ? SchemaNode.ANY : SchemaNode.NONE;
      case BsonDocument document when depth < Schema.MAX_DEPTH -> {
        depth++;
        SchemaNode node = node(document);
        depth--;
        yield node;
      }
      case BsonDocument _ ->
          faulty("schemas are nested deeper than " + Schema.MAX_DEPTH + " levels");
      default -> faulty("expected a schema");
    };
  }

  private SchemaNode faulty(String message) {
    keywords.error(message);
    return SchemaNode.NONE;
  }

  private SchemaNode node(BsonDocument written) {
    keywords.checkKnown(written);
    return new SchemaNode(
        true,
        types(written),
        keywords.valuesOrNull(written, "enum"),
        written.get("const"),
        keywords.read(written, "validate", this::expression),
        object(written),
        array(written),
        text(written),
        number(written),
        combinations(written));
  }

  private Set<ValueType> types(BsonDocument written) {
    Set<ValueType> types = EnumSet.noneOf(ValueType.class);
    types.addAll(keywords.types(written, "bsonType", ValueType.OF_BSON));
    types.addAll(keywords.types(written, "type", ValueType.OF_JSON));
    return types;
  }

  private Expression expression(BsonValue value) {
    Expression.Parsing parsing = Expression.parse(value, ExpressionScope.FIELD);
    parsing.faults().forEach(keywords::add);
    functions.addAll(parsing.expression().functions());
    return parsing.expression();
  }

  private SchemaNode.ObjectRules object(BsonDocument written) {
    Map<String, List<String>> requiredBy = new LinkedHashMap<>();
    Map<String, SchemaNode> schemaBy = new LinkedHashMap<>();
    keywords.forEach(
        written,
        "dependencies",
        (name, value) -> {
          if (value.isArray()) {
            requiredBy.put(name, keywords.texts(value));
          } else {
            schemaBy.put(name, schema(value));
          }
        });
    Map<TextPattern, SchemaNode> patterns = new LinkedHashMap<>();
    keywords.forEach(
        written,
        "patternProperties",
        (name, value) -> {
          TextPattern pattern = TextPattern.parse(name);
          if (pattern == null) {
            keywords.error("the name is no regular expression");
          } else {
            patterns.put(pattern, schema(value));
          }
        });
    List<String> required = keywords.read(written, "required", keywords::texts);
    return new SchemaNode.ObjectRules(
        required == null ? Set.of() : new LinkedHashSet<>(required),
        properties(written),
        patterns,
        child(written, "additionalProperties"),
        child(written, "propertyNames"),
        requiredBy,
        schemaBy,
        keywords.count(written, "minProperties"),
        keywords.count(written, "maxProperties"));
  }

  private Map<String, SchemaNode> properties(BsonDocument written) {
    Map<String, SchemaNode> properties = new LinkedHashMap<>();
    keywords.forEach(written, "properties", (name, value) -> properties.put(name, schema(value)));
    return properties;
  }

  private @Nullable SchemaNode child(BsonDocument written, String keyword) {
    return keywords.read(written, keyword, this::schema);
  }

  private List<SchemaNode> children(BsonDocument written, String keyword) {
    List<SchemaNode> children = new ArrayList<>();
    keywords.forEachElement(written, keyword, element -> children.add(schema(element)));
    return children;
  }

  private SchemaNode.ArrayRules array(BsonDocument written) {
    boolean isTuple = written.containsKey("items") && written.get("items").isArray();
    Boolean unique = keywords.read(written, "uniqueItems", keywords::flag);
    return new SchemaNode.ArrayRules(
        isTuple ? children(written, "items") : List.of(),
        isTuple ? null : child(written, "items"),
        isTuple ? child(written, "additionalItems") : null,
        child(written, "contains"),
        keywords.count(written, "minItems"),
        keywords.count(written, "maxItems"),
        Boolean.TRUE.equals(unique));
  }

  private SchemaNode.TextRules text(BsonDocument written) {
    return new SchemaNode.TextRules(
        keywords.count(written, "minLength"),
        keywords.count(written, "maxLength"),
        keywords.read(written, "pattern", this::pattern),
        keywords.read(written, "format", this::format));
  }

  private @Nullable TextPattern pattern(BsonValue value) {
    TextPattern pattern =
        value instanceof BsonString text ? TextPattern.parse(text.getValue()) : null;
    if (pattern == null) {
      keywords.error("expected a regular expression");
    }
    return pattern;
  }

  private @Nullable TextFormat format(BsonValue value) {
    TextFormat format = value instanceof BsonString text ? TextFormat.find(text.getValue()) : null;
    if (format == null) {
      keywords.warning("the format is not known here, so it is not checked");
    }
    return format;
  }

  private SchemaNode.NumberRules number(BsonDocument written) {
    BsonNumber min = keywords.number(written, "minimum");
    BsonNumber max = keywords.number(written, "maximum");
    BsonNumber above = exclusive(written, "exclusiveMinimum");
    BsonNumber below = exclusive(written, "exclusiveMaximum");
    return new SchemaNode.NumberRules(
        above == null ? min : above,
        above != null || keywords.isTrue(written, "exclusiveMinimum"),
        below == null ? max : below,
        below != null || keywords.isTrue(written, "exclusiveMaximum"),
        keywords.number(written, "multipleOf"));
  }

  /// The bound itself, where a later draft of JSON Schema wrote the schema.
  private @Nullable BsonNumber exclusive(BsonDocument written, String keyword) {
    BsonValue value = written.get(keyword);
    return value == null || value.isBoolean() ? null : keywords.number(written, keyword);
  }

  private SchemaNode.Combinations combinations(BsonDocument written) {
    return new SchemaNode.Combinations(
        children(written, "allOf"),
        children(written, "anyOf"),
        children(written, "oneOf"),
        child(written, "not"),
        child(written, "if"),
        child(written, "then"),
        child(written, "else"));
  }
}
