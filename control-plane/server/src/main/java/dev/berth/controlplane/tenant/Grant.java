package dev.berth.controlplane.tenant;

import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// A role in one organization or project.
///
/// @param scopeId of an organization when the role is its owner's, of a project otherwise
public record Grant(String scopeId, Role role) {

  public static Grant ownerOfOrganization(String organizationId) {
    return new Grant(organizationId, Role.ORGANIZATION_OWNER);
  }

  static JsonArray documents(List<Grant> grants) {
    JsonArray documents = new JsonArray();
    grants.forEach(
        grant ->
            documents.add(
                new JsonObject().put("scopeId", grant.scopeId).put("role", grant.role.name())));
    return documents;
  }

  static List<Grant> of(JsonObject document) {
    return DocumentCollection.objects(document, "grants").stream()
        .map(grant -> new Grant(grant.getString("scopeId"), Role.valueOf(grant.getString("role"))))
        .toList();
  }
}
