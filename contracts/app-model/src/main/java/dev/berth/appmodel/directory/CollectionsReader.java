package dev.berth.appmodel.directory;

import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.Relationship;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.directory.LocatedDocument.Kind;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/// Reads what is said of single collections: rules, schema and relationships.
final class CollectionsReader {

  private static final Pattern REFERENCE =
      Pattern.compile("#/relationship/([^/]+)/([^/]+)/([^/]+)");

  private final Reading reading;

  CollectionsReader(Reading reading) {
    this.reading = reading;
  }

  /// From `<data source>/<database>/<collection>/`, a file for each.
  List<CollectionDefinition> readFolders(String dataSourceFolder) {
    List<CollectionDefinition> collections = new ArrayList<>();
    for (String database : reading.files().folders(dataSourceFolder)) {
      for (String name : reading.files().folders(dataSourceFolder + "/" + database)) {
        String folder = dataSourceFolder + "/" + database + "/" + name;
        collections.add(collection(folder, database, name));
      }
    }
    return collections;
  }

  private CollectionDefinition collection(String folder, String database, String name) {
    ObjectReader rules = file(folder, "rules.json");
    ObjectReader schema = file(folder, "schema.json");
    ObjectReader relationships = file(folder, "relationships.json");
    checkComplete(folder);
    if (rules != null && rules.isEmpty()) {
      reading.error(rules.place(), "found an empty object; expected database, collection, roles");
    }
    BsonDocument schemaDocument = schema == null ? null : schema.toDocument(Kind.SCHEMA);
    return new CollectionDefinition(
        textOr(rules, "database", database),
        textOr(rules, "collection", name),
        rules == null ? null : new RulesReader(reading).read(rules),
        schemaDocument,
        relationships == null ? List.of() : relationships(relationships, schemaDocument));
  }

  private @Nullable ObjectReader file(String folder, String name) {
    return reading.object(folder + "/" + name);
  }

  /// The original demanded relationships beside a schema, yet later exports leave empty ones out.
  private void checkComplete(String folder) {
    if (reading.files().exists(folder + "/rules.json")) {
      return;
    }
    if (!reading.files().exists(folder + "/schema.json")) {
      reading.error(
          Place.of(folder),
          "expected rules.json, or both schema.json and relationships.json; found neither rules"
              + " nor a schema");
    } else if (!reading.files().exists(folder + "/relationships.json")) {
      reading.warning(
          Place.of(folder), "relationships.json is missing beside schema.json; read as {}");
    }
  }

  private static String textOr(@Nullable ObjectReader fields, String field, String absent) {
    String text = fields == null ? null : fields.text(field);
    return text == null ? absent : text;
  }

  /// From `rules/<database>.<collection>.json`, one file for everything.
  List<CollectionDefinition> readFiles(String rulesFolder) {
    List<CollectionDefinition> collections = new ArrayList<>();
    for (String file : reading.files().jsonFiles(rulesFolder)) {
      ObjectReader fields = reading.object(file);
      if (fields != null) {
        collections.add(collection(fields, file));
      }
    }
    return collections;
  }

  private CollectionDefinition collection(ObjectReader fields, String file) {
    String name = file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
    int dot = name.indexOf('.');
    RuleSet rules = new RulesReader(reading).read(fields);
    BsonDocument schema = fields.has("schema") ? fields.document("schema", Kind.SCHEMA) : null;
    return new CollectionDefinition(
        textOr(fields, "database", dot < 0 ? name : name.substring(0, dot)),
        textOr(fields, "collection", name.substring(dot + 1)),
        rules.roles().isEmpty() && rules.filters().isEmpty() ? null : rules,
        schema,
        relationships(fields.object("relationships"), schema));
  }

  private List<Relationship> relationships(ObjectReader fields, @Nullable BsonDocument schema) {
    List<Relationship> relationships = new ArrayList<>();
    for (Map.Entry<String, ObjectReader> entry : fields.members().entrySet()) {
      Relationship relationship = relationship(entry.getKey(), entry.getValue(), schema);
      if (relationship != null) {
        relationships.add(relationship);
      }
    }
    return relationships;
  }

  private @Nullable Relationship relationship(
      String key, ObjectReader fields, @Nullable BsonDocument schema) {
    String reference = fields.requiredText("ref");
    String foreignKey = fields.requiredText("foreign_key");
    if (reference == null || foreignKey == null) {
      return null;
    }
    Matcher parts = REFERENCE.matcher(reference);
    if (!parts.matches()) {
      fields.error(
          "ref",
          "found \"" + reference + "\"; expected #/relationship/<data source>/<database>/<name>");
      return null;
    }
    reading.references().dataSource(fields.place("ref"), parts.group(1));
    String sourceKey = textOr(fields, "source_key", key);
    if (sourceKey.equals("_id") || isRequired(sourceKey, schema)) {
      reading.warning(
          fields.place(), "\"" + sourceKey + "\" is _id or a required field; neither should refer");
    }
    return new Relationship(
        sourceKey,
        parts.group(1),
        parts.group(2),
        parts.group(3),
        foreignKey,
        fields.flag("is_list"));
  }

  private static boolean isRequired(String field, @Nullable BsonDocument schema) {
    return schema != null
        && schema.get("required") instanceof BsonArray required
        && required.contains(new BsonString(field));
  }
}
