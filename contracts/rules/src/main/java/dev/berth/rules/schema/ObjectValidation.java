package dev.berth.rules.schema;

import dev.berth.rules.schema.SchemaNode.ObjectRules;
import dev.berth.rules.schema.Violation.Code;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The part of a [Validation] that is about the fields of one object.
record ObjectValidation(Validation validation, String field) {

  void validate(ObjectRules rules, @Nullable BsonValue before, BsonDocument document) {
    checkPresence(rules, document);
    checkDependencies(rules, before, document);
    BsonDocument old = before instanceof BsonDocument fields ? fields : new BsonDocument();
    for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
      String name = entry.getKey();
      if (rules.names() != null && !validation.isValid(rules.names(), null, new BsonString(name))) {
        validation.report(
            Code.INVALID_PROPERTY_NAME, inside(name), "the name of the field is not allowed");
      }
      if (!validation.isAllowedNull(entry.getValue(), rules.required().contains(name))) {
        checkField(rules, name, old.get(name), entry.getValue());
      }
    }
  }

  private String inside(String name) {
    return field + "." + name;
  }

  private void checkPresence(ObjectRules rules, BsonDocument document) {
    for (String name : rules.required()) {
      if (!document.containsKey(name)) {
        validation.report(Code.REQUIRED, inside(name), "is required and missing");
      }
    }
    if (rules.min() != null && document.size() < rules.min()) {
      validation.report(
          Code.ARRAY_MIN_PROPERTIES, field, "must have at least " + rules.min() + " fields");
    }
    if (rules.max() != null && document.size() > rules.max()) {
      validation.report(
          Code.ARRAY_MAX_PROPERTIES, field, "must have at most " + rules.max() + " fields");
    }
  }

  private void checkDependencies(
      ObjectRules rules, @Nullable BsonValue before, BsonDocument document) {
    for (Map.Entry<String, List<String>> dependency : rules.requiredBy().entrySet()) {
      for (String name : dependency.getValue()) {
        if (document.containsKey(dependency.getKey()) && !document.containsKey(name)) {
          validation.report(
              Code.MISSING_DEPENDENCY,
              inside(name),
              "is required beside \"" + dependency.getKey() + "\" and missing");
        }
      }
    }
    for (Map.Entry<String, SchemaNode> dependency : rules.schemaBy().entrySet()) {
      if (document.containsKey(dependency.getKey())) {
        validation.validate(field, dependency.getValue(), before, document);
      }
    }
  }

  private void checkField(
      ObjectRules rules, String name, @Nullable BsonValue before, BsonValue value) {
    SchemaNode listed = rules.properties().get(name);
    boolean isCovered = listed != null;
    if (listed != null) {
      validation.validate(inside(name), listed, before, value);
    }
    for (Map.Entry<TextPattern, SchemaNode> pattern : rules.patterns().entrySet()) {
      if (validation.isFound(pattern.getKey(), name)) {
        isCovered = true;
        if (!validation.isValid(pattern.getValue(), before, value)) {
          validation.report(
              Code.INVALID_PROPERTY_PATTERN,
              inside(name),
              "must satisfy the schema of the pattern " + pattern.getKey().pattern());
        }
      }
    }
    if (isCovered || rules.additional() == null) {
      return;
    }
    if (!rules.additional().allowed()) {
      validation.report(
          Code.ADDITIONAL_PROPERTY_NOT_ALLOWED, inside(name), "the field is not allowed");
    } else {
      validation.validate(inside(name), rules.additional(), before, value);
    }
  }
}
