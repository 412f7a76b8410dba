package dev.berth.appmodel.directory;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.Filter;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.DocumentFilters;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.directory.LocatedDocument.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the roles and filters of a collection or of a data source's default rule.
final class RulesReader {

  private final Reading reading;

  RulesReader(Reading reading) {
    this.reading = reading;
  }

  RuleSet read(ObjectReader fields) {
    List<Role> roles = new ArrayList<>();
    Set<String> roleNames = new HashSet<>();
    for (ObjectReader role : fields.objects("roles")) {
      roles.add(role(role, name(role, roleNames)));
    }
    if (roles.size() > RuleSet.MAX_ROLES) {
      fields.error("roles", "a collection may have at most " + RuleSet.MAX_ROLES + " roles");
    }
    List<Filter> filters = new ArrayList<>();
    Set<String> filterNames = new HashSet<>();
    for (ObjectReader filter : fields.objects("filters")) {
      filters.add(filter(filter, name(filter, filterNames)));
    }
    return new RuleSet(roles, filters);
  }

  private String name(ObjectReader fields, Set<String> taken) {
    String name = fields.requiredText("name");
    if (name == null) {
      return "";
    }
    Names.ROLE.check(name, fields.place("name"), reading);
    if (!taken.add(name)) {
      fields.error("name", "the name \"" + name + "\" is used twice");
    }
    return name;
  }

  private Role role(ObjectReader fields, String name) {
    ObjectReader gate = fields.object("document_filters");
    return new Role(
        name,
        fields.expression("apply_when", ExpressionScope.DOCUMENT),
        fields.has("document_filters")
            ? new DocumentFilters(
                gate.expressionOrNull("read", ExpressionScope.DOCUMENT),
                gate.expressionOrNull("write", ExpressionScope.DOCUMENT))
            : null,
        fields.expressionOrNull("read", ExpressionScope.DOCUMENT),
        fields.expressionOrNull("write", ExpressionScope.DOCUMENT),
        fields.expressionOrNull("insert", ExpressionScope.DOCUMENT),
        fields.expressionOrNull("delete", ExpressionScope.DOCUMENT),
        fields.expressionOrNull("search", ExpressionScope.DOCUMENT),
        fieldPermissions(fields),
        permission(fields.object("additional_fields")));
  }

  private static Map<String, FieldPermission> fieldPermissions(ObjectReader fields) {
    Map<String, FieldPermission> permissions = new LinkedHashMap<>();
    fields
        .object("fields")
        .members()
        .forEach((name, member) -> permissions.put(name, permission(member)));
    return permissions;
  }

  private static FieldPermission permission(ObjectReader fields) {
    return new FieldPermission(
        fields.expressionOrNull("read", ExpressionScope.FIELD),
        fields.expressionOrNull("write", ExpressionScope.FIELD),
        fieldPermissions(fields));
  }

  private static Filter filter(ObjectReader fields, String name) {
    return new Filter(
        name,
        fields.expression("apply_when", ExpressionScope.REQUEST),
        fields.document("query", Kind.FILTER_QUERY),
        fields.document(
            fields.has("projection") ? "projection" : "project", Kind.FILTER_PROJECTION));
  }
}
